"""Tell what a file is by its name and by what is in it; both must say the same.

A short list is accepted. Anything that a browser would run (HTML, SVG) is not on it.
"""

import io
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import puremagic

LONGEST_NAME = 160
# A document that is much larger inside than outside is made to fill a disk.
MOST_UNPACKED_BYTES = 200 * 1024 * 1024
ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "application/vnd.openxmlformats-officedocument."


class Unacceptable(ValueError):
    """The file is not accepted; `code` says why: a key of `refusals.MESSAGES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class FileType:
    """`is_true(content)` says whether the content is of this type."""

    label: str
    extensions: tuple[str, ...]
    media_type: str
    is_true: Callable[[bytes], bool]


def recognise(name: str, content: bytes) -> FileType:
    """Give the type of a file. Raises Unacceptable."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    found = next((one for one in TYPES if extension in one.extensions), None)
    if found is None:
        raise Unacceptable("kind")
    if not content:
        raise Unacceptable("empty")
    if not found.is_true(content):
        raise Unacceptable("disguised")
    return found


def safe_name(name: str) -> str:
    """Give `name` without folders and without characters that cannot be seen or turn the writing round."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    stem, dot, extension = seen.strip().rpartition(".")
    if not dot:
        return extension[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(extension) - 1] or 'file'}.{extension}"


def _begins_as(*media_types: str) -> Callable[[bytes], bool]:
    def is_true(content: bytes) -> bool:
        try:
            matches = puremagic.magic_string(content)
        except (puremagic.PureError, ValueError):
            return False
        return any(match.mime_type in media_types for match in matches)

    return is_true


def _is_text(content: bytes) -> bool:
    """Plain text: no control characters, and not the beginning of something that is run or drawn."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in content):
        return False
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:100].lower()
    return not start.startswith((b"<", b"%pdf", b"#!"))


def _has_part(part: str) -> Callable[[bytes], bool]:
    def is_true(content: bytes) -> bool:
        names = _names_inside(content)
        return {"[Content_Types].xml", part} <= names

    return is_true


def _is_odt(content: bytes) -> bool:
    if "mimetype" not in _names_inside(content):
        return False
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("mimetype") as file:
        return file.read(len(ODT) + 1).decode("ascii", "replace") == ODT


def _names_inside(content: bytes) -> set[str]:
    """Names in a zip file; none when it is no zip file. Raises Unacceptable for macros and for zip bombs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return set()
    names = {entry.filename for entry in entries}
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        raise Unacceptable("macros")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise Unacceptable("unpacked")
    return names


TYPES = (
    FileType("PDF", ("pdf",), "application/pdf", _begins_as("application/pdf")),
    FileType("PNG", ("png",), "image/png", _begins_as("image/png")),
    FileType("JPEG", ("jpg", "jpeg"), "image/jpeg", _begins_as("image/jpeg")),
    FileType("WebP", ("webp",), "image/webp", _begins_as("image/webp")),
    FileType(
        "DOCX", ("docx",), f"{OFFICE}wordprocessingml.document", _has_part("word/document.xml")
    ),
    FileType("XLSX", ("xlsx",), f"{OFFICE}spreadsheetml.sheet", _has_part("xl/workbook.xml")),
    FileType("CSV", ("csv",), "text/csv", _is_text),
    FileType("ODT", ("odt",), ODT, _is_odt),
    FileType("TXT", ("txt",), "text/plain", _is_text),
)
