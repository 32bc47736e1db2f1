"""Texts of the demo city into the platform: the original on the thing, the others as its translations."""

from datetime import UTC, date, datetime, time

from django.db.models import Model

from vuoksi.base.people.models import User
from vuoksi.base.texts.actions import translate
from vuoksi.base.texts.models import Translation
from vuoksi.site.demo_data.shapes import Text

# The languages of the interface; the rest of a text's languages are kept as well.
NOON = time(12, 0, tzinfo=UTC)


def at_noon(day: date) -> datetime:
    """The moment on `day` at which the demo says that something happened."""
    return datetime.combine(day, NOON)


def add_translations(thing: Model, texts: dict[str, Text], by: User, at: datetime) -> None:
    """Translate the fields of `thing` into every language that the demo's texts have beside its own."""
    written_in = getattr(thing, "language", "")
    languages = {language for text in texts.values() for language in text.words} - {written_in}
    for language in sorted(languages):
        words = {
            field: text.words[language] for field, text in texts.items() if language in text.words
        }
        translate(
            thing=thing,
            language=language,
            texts=words,
            state=Translation.State.MACHINE,
            by=by,
            at=at,
        )


def slug_of(key: str) -> str:
    """The address of a thing with this key in the data files."""
    return key.replace(".", "-").replace("_", "-")
