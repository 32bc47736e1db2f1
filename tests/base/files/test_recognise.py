import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.base.files import samples
from vuoksi.base.files.engine import TYPES, Unacceptable, recognise, safe_name
from vuoksi.base.files.engine.recognise import LONGEST_NAME, MOST_UNPACKED_BYTES


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("plan.pdf", samples.PDF, "application/pdf"),
        ("map.png", samples.PNG, "image/png"),
        ("photo.jpg", samples.JPEG, "image/jpeg"),
        ("photo.JPEG", samples.JPEG, "image/jpeg"),
        ("photo.webp", samples.WEBP, "image/webp"),
        (
            "text.docx",
            samples.DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "sum.xlsx",
            samples.XLSX,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("text.odt", samples.ODT, "application/vnd.oasis.opendocument.text"),
        ("rows.csv", samples.CSV, "text/csv"),
        ("note.txt", "ä\n\tx".encode("cp1252"), "text/plain"),
        ("bmi.csv", b"BMI;year\n22;2026\n", "text/csv"),
    ],
)
def test_a_file_that_is_what_it_says(name, content, media_type):
    assert recognise(name, content).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tool.exe", samples.EXE, "kind"),
        ("drawing.svg", samples.SVG, "kind"),
        ("page.html", samples.HTML, "kind"),
        ("archive.zip", samples.DOCX, "kind"),
        ("noextension", samples.PDF, "kind"),
        ("pdf", samples.PDF, "kind"),
        ("plan.pdf.exe", samples.PDF, "kind"),
        ("plan.pdf", b"", "empty"),
        ("plan.pdf", samples.EXE, "disguised"),
        ("plan.pdf", samples.HTML, "disguised"),
        ("map.png", samples.JPEG, "disguised"),
        ("map.png", samples.SVG, "disguised"),
        ("photo.jpg", samples.PNG, "disguised"),
        ("rows.csv", samples.HTML, "disguised"),
        ("rows.csv", samples.EXE, "disguised"),
        ("note.txt", b"\xef\xbb\xbf  <svg/>", "disguised"),
        ("note.txt", samples.PDF, "disguised"),
        ("note.txt", b"#!/bin/sh\n", "disguised"),
        ("text.docx", samples.XLSX, "disguised"),
        ("text.docx", samples.PDF, "disguised"),
        ("sum.xlsx", samples.ODT, "disguised"),
        ("text.odt", samples.ODS, "disguised"),
        ("text.odt", samples.DOCX, "disguised"),
        ("text.docx", samples.DOCX[:40], "disguised"),
        (
            "text.docx",
            samples.office("word/document.xml", **{"word/vbaProject.bin": "x"}),
            "macros",
        ),
    ],
)
def test_a_file_that_is_not_taken(name, content, code):
    with pytest.raises(Unacceptable) as refused:
        recognise(name, content)

    assert refused.value.code == code


def test_a_document_that_unpacks_to_fill_a_disk_is_not_taken():
    bomb = samples.office("word/document.xml", **{"word/x": "0" * (MOST_UNPACKED_BYTES + 1)})

    with pytest.raises(Unacceptable, match="unpacked"):
        recognise("text.docx", bomb)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        ("a\nb.pdf", "ab.pdf"),
        (".pdf", "file.pdf"),
        ("", "file"),
        ("suunnitelma ä.pdf", "suunnitelma ä.pdf"),
    ],
)
def test_safe_names(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_a_safe_name_is_always_short_and_printable(name):
    safe = safe_name(name)

    assert 1 <= len(safe) <= LONGEST_NAME
    assert "/" not in safe
    assert safe_name(safe) == safe


@given(st.sampled_from(TYPES), st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused(kind, content):
    assert said_of(f"x.{kind.extensions[0]}", content) in {
        kind.media_type,
        "empty",
        "disguised",
        "macros",
        "unpacked",
    }


def said_of(name, content):
    try:
        return recognise(name, content).media_type
    except Unacceptable as refused:
        return refused.code
