"""Why a file is not taken, in words for the one who sent it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FileRefused(ValueError):
    """`code` is for programs, `message` for people."""

    def __init__(self, code: str, message: "str | Promise") -> None:
        super().__init__(code)
        self.code = code
        self.message = message


MESSAGES: dict[str, "str | Promise"] = {
    "too_large": _("The file is larger than 10 MB. Make it smaller or share a part of it."),
    "too_many": _("There are five files already. Remove one before you add another."),
    "empty": _("The file is empty."),
    "kind": _(
        "Files of this kind are not accepted. Send one of these: PDF, PNG, JPEG, WebP, DOCX, XLSX, ODT, CSV, TXT."
    ),
    "disguised": _(
        "What is in the file is not what its name says. Save it again in the right format, and send that file."
    ),
    "macros": _("The document has macros in it. Save it without macros, and send that file."),
    "unpacked": _("The document is too large when unpacked."),
    "broken": _("The picture is broken or not complete. Save it again, and send that file."),
    "pixels": _(
        "The picture has more than 50 million pixels. Make it smaller, and send that file."
    ),
    "animated": _("The picture moves. Send a picture that stands still."),
}


def refusal(code: str) -> FileRefused:
    return FileRefused(code, MESSAGES[code])
