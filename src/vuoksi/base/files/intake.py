"""What is done with a file before it is kept: is it small enough, is it what it says, and what hides in it?"""

from threading import Lock
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from vuoksi.base.files import engine, rules
from vuoksi.base.files.refusals import refusal

# The pixels of a picture take hundreds of megabytes for a moment: in one process, those of one picture at a time.
_one_picture = Lock()


class Examined(SimpleUploadedFile):
    """A file that may be kept: recognised, and without hidden data if it is a picture."""

    def __init__(self, name: str, content: bytes, kind: engine.FileType) -> None:
        super().__init__(name, content, kind.media_type)
        self.kind = kind


def examine(upload: "UploadedFile[Any]") -> Examined:
    """Examine a file; one that a form has examined already is given back. Raises FileRefused.

    It takes up to seconds, so forms do it before an action begins its transaction.
    """
    if isinstance(upload, Examined):
        return upload
    if (upload.size or 0) > rules.MOST_BYTES:
        raise refusal("too_large")
    name = engine.safe_name(upload.name or "")
    upload.seek(0)
    content = upload.read()
    try:
        kind = engine.recognise(name, content)
        with _one_picture:
            return Examined(name, engine.without_hidden_data(content, kind.media_type), kind)
    except engine.Unacceptable as unacceptable:
        raise refusal(unacceptable.code) from unacceptable
