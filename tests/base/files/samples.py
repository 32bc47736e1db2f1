"""Small files of each kind, made here."""

import io
import zipfile

from PIL import Image


def picture(kind, image=None, **more):
    """A picture as a file of `kind` ("PNG", "JPEG", "WEBP"); `more` is what Pillow writes beside the pixels."""
    stream = io.BytesIO()
    (image or Image.new("RGB", (6, 4), "teal")).save(stream, kind, **more)
    return stream.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG, JPEG, WEBP = picture("PNG"), picture("JPEG"), picture("WEBP")
EXE = b"MZ\x90\x00" + bytes(100)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
CSV = "päivä;määrä\n2026-01-01;3\n".encode()


def _undated(name: str) -> zipfile.ZipInfo:
    """The same bytes at every start: a test's name may hold them, and all workers must see the same tests."""
    part = zipfile.ZipInfo(name)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def zipped(**parts: str) -> bytes:
    """A zip file of parts; "__" in a name stands for "/" and "_dot_" for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(_undated(name.replace("__", "/").replace("_dot_", ".")), text)
    return stream.getvalue()


def office(part: str, **more: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"[Content_Types].xml": "<Types/>", part: "<x/>", **more}.items():
            archive.writestr(_undated(name), text)
    return stream.getvalue()


DOCX = office("word/document.xml")
XLSX = office("xl/workbook.xml")
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<x/>")
ODS = zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet")
