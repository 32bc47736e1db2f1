"""Which texts the interface says, found in Python files and templates."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

# A name that marks a text, and which of its arguments are the text; "c" is the context.
_TEXT = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None}
_PLURAL = {"ngettext": (1, 2), "ngettext_lazy": (1, 2)}
_IN_CONTEXT: dict[str, Any] = {
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
KEYWORDS: dict[str, Any] = {**_TEXT, **_PLURAL, **_IN_CONTEXT}
NOTES = ("Translators:", "Translators")
# Babel asks for a line number; the files are named without it, so that a moved line changes no catalogue.
ANY_LINE = 1


def source_catalogue(source: Path) -> Catalog:
    """Every text below `source`, each with the files that say it."""
    catalogue = Catalog(domain="django", project="Vuoksi", fuzzy=False)
    for path in source_files(source):
        for message, comments, context in texts_of(path):
            catalogue.add(
                message,
                locations=[(path.relative_to(source).as_posix(), ANY_LINE)],
                auto_comments=comments,
                context=context,
            )
    return catalogue


def source_files(source: Path) -> Iterator[Path]:
    for path in sorted(source.rglob("*")):
        is_template = path.suffix in {".html", ".txt"} and "templates" in path.parts
        is_python = path.suffix == ".py" and "migrations" not in path.parts
        if is_template or is_python:
            yield path


def texts_of(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """Each text of one file with the notes for translators and its context."""
    opened = _python_of_template(path) if path.suffix != ".py" else BytesIO(path.read_bytes())
    found = extract("python", opened, KEYWORDS, NOTES, {"encoding": "utf-8"})
    for _line, message, comments, context in found:
        yield message, comments, context


def _python_of_template(path: Path) -> BinaryIO:
    """Turn a template into calls of gettext; lines lose their indentation, which Python would stumble over."""
    calls = templatize(path.read_text(), origin=str(path))
    return BytesIO("\n".join(line.strip() for line in calls.splitlines()).encode())
