"""What people and robots send that no form expects."""

from collections.abc import Callable, Iterable, Iterator

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.site.robot.reader import Field, Form

Sent = dict[str, list[object]]
SCRIPT = "<script>robot()</script>"
NULL = "nu\0ll"
# What stands in every field at once: in that of a day, of a moment, and in any other.
TYPED = {
    "html": (SCRIPT, SCRIPT, SCRIPT),
    "no such day": ("32.13.2026", "2026-02-30T25:61", "NaN"),
    "end of time, huge": ("9999-12-31", "9999-12-31T23:59", "1" + "0" * 400),
    "begin of time, negative": ("0001-01-01", "0001-01-01T00:00", "-99999999999999999999"),
    "null": (NULL, NULL, NULL),
    "long": ("ä" * 30_000,) * 3,
}


def sendings(form: Form) -> Iterator[tuple[str, Sent]]:
    """Give what to send to a form, each under the name of what is wrong with it; nothing twice."""
    before: list[Sent] = []
    for name, sent in _sendings(form):
        if sent not in before:
            before.append(sent)
            yield name, sent


def _sendings(form: Form) -> Iterator[tuple[str, Sent]]:
    visible = [row for row in form.fields.values() if row.kind != "hidden"]
    yield "as it stands", _each(form, lambda row: row.values)
    if len(visible) < len(form.fields):
        yield "hidden", _each(form, _tampered)
    if not visible:
        return
    yield "empty", _each(form, lambda row: row.values if row.kind == "hidden" else [])
    for name, values in TYPED.items():
        yield name, _each(form, lambda row, values=values: _typed(row, values))
    if any(row.kind == "file" for row in visible):
        for name, make in FILES.items():
            yield name, _each(form, lambda row, make=make: _file(row, make))


def _each(form: Form, values: Callable[[Field], Iterable[object]]) -> Sent:
    return {row.name: found for row in form.fields.values() if (found := list(values(row)))}


def _tampered(row: Field) -> Iterable[object]:
    # How many rows a form has is no text: without it nothing of the rows can be read.
    is_count = row.name.endswith("_FORMS")
    return [NULL] if row.kind == "hidden" and not is_count else row.values


def _typed(row: Field, values: tuple[str, str, str]) -> Iterable[object]:
    if row.kind == "hidden":
        return row.values
    if row.kind == "file":
        return []
    return [values[{"date": 0, "datetime-local": 1}.get(row.kind, 2)]]


def _file(row: Field, make: Callable[[], SimpleUploadedFile]) -> Iterable[object]:
    return [make()] if row.kind == "file" else row.values


FILES = {
    "a disguised file": lambda: SimpleUploadedFile("seal.png", b"MZ\x90\x00" * 50, "image/png"),
    "a table that is none": lambda: SimpleUploadedFile("rows.csv", b"\xff\xfe\x00\x01;;\n\x00"),
    "a workbook that is none": lambda: SimpleUploadedFile("rows.xlsx", b"PK\x03\x04 no more"),
    "an empty file": lambda: SimpleUploadedFile("rows.csv", b""),
    "a large file": lambda: SimpleUploadedFile("rows.csv", b"1;2;3;4;5;6;7\n" * 1_500_000),
}
