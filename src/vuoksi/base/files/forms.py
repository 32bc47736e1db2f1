from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from vuoksi.base.files import engine
from vuoksi.base.files.intake import examine
from vuoksi.base.files.refusals import FileRefused

ACCEPTED = ",".join(f".{extension}" for kind in engine.TYPES for extension in kind.extensions)


class UploadField(forms.FileField):
    """A file that `attach_file` will take: of a known type, not too large, pictures without their hidden data."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("File"))
        more.setdefault(
            "help_text",
            _(
                "PDF, PNG, JPEG, WebP, DOCX, XLSX, ODT, CSV or TXT, at most 10 MB. From a picture we remove where it was"
                " taken and other hidden data. Other files are kept as they are, hidden data too, such as the name of"
                " the author."
            ),
        )
        more.setdefault("allow_empty_file", True)
        more.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        super().__init__(**more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            return examine(upload)
        except FileRefused as refused:
            raise ValidationError(str(refused.message), code=refused.code) from refused
