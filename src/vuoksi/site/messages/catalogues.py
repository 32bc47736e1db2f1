"""Catalogues on the disk: read, brought up to date with the source, compiled."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LINE_WIDTH = 100
# The header must hold a date; a fixed one keeps a catalogue unchanged when no text has changed.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def catalogue_path(locale: Path, language: str) -> Path:
    return locale / language / "LC_MESSAGES" / "django.po"


def read_catalogue(locale: Path, language: str) -> Catalog:
    """Read a catalogue; give an empty one for a language that has none yet."""
    path = catalogue_path(locale, language)
    if not path.exists():
        return Catalog(locale=language, domain="django", project="Vuoksi", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def brought_up_to_date(catalogue: Catalog, source: Catalog) -> str:
    """Give the text of `catalogue` with exactly the texts of `source`: new ones are empty, dropped ones are gone."""
    catalogue.update(source, no_fuzzy_matching=True, update_creation_date=False)
    for message in catalogue:
        # Babel calls a new plural fuzzy in a language that has more than two forms.
        if message.id and not any(message.string or ()):
            message.flags.discard("fuzzy")
    return as_text(catalogue)


def as_text(catalogue: Catalog) -> str:
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    catalogue.last_translator = catalogue.language_team = "Vuoksi"
    written = BytesIO()
    write_po(
        written,
        catalogue,
        width=LINE_WIDTH,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    # Babel names its own version in the header, which would change with the package.
    lines = written.getvalue().decode().splitlines()
    return "\n".join(line for line in lines if not line.startswith('"Generated-By:')) + "\n"


def compile_catalogue(path: Path) -> Path | None:
    """Compile one catalogue if it is newer than what was compiled; give what was written."""
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
        return None
    with path.open("rb") as file:
        catalogue = read_po(file)
    written = BytesIO()
    write_mo(written, catalogue)
    # Written aside and moved: a process that starts meanwhile reads the old one or the new one.
    aside = compiled.with_suffix(".new")
    aside.write_bytes(written.getvalue())
    aside.replace(compiled)
    return compiled


def compile_all(locale: Path) -> list[Path]:
    """Compile every catalogue that needs it."""
    paths = sorted(locale.glob("*/LC_MESSAGES/*.po"))
    return [compiled for path in paths if (compiled := compile_catalogue(path))]
