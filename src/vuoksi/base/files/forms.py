from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from vuoksi.base.files import engine, rules
from vuoksi.base.files.refusals import MESSAGES

ACCEPTED = ",".join(f".{extension}" for kind in engine.TYPES for extension in kind.extensions)


class UploadField(forms.FileField):
    """A file that `attach_file` will take, as far as can be seen before: type by name and content, size."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("label", _("File"))
        more.setdefault(
            "help_text",
            _("PDF, PNG, JPEG, WebP, DOCX, XLSX, ODT, CSV or TXT, at most 10 MB."),
        )
        more.setdefault("allow_empty_file", True)
        more.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        super().__init__(**more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            _check(upload)
        return upload


def _check(upload: "UploadedFile[Any]") -> None:
    if (upload.size or 0) > rules.MOST_BYTES:
        raise ValidationError(str(MESSAGES["too_large"]), code="too_large")
    try:
        engine.recognise(engine.safe_name(upload.name or ""), upload.read())
    except engine.Unacceptable as unacceptable:
        raise ValidationError(
            str(MESSAGES[unacceptable.code]), code=unacceptable.code
        ) from unacceptable
    finally:
        upload.seek(0)
