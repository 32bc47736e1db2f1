"""Texts in the reader's language, with the honest mark when there is none.

A model with texts declares `TEXT_FIELDS = ("title", "summary")` and has a field `language`.
`attach(things, language)` gives each thing `.texts`, a mapping from field to `Rendered`, in one query for all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Model, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import translation

from vuoksi.base.lists.columns import Reading
from vuoksi.base.texts.models import Translation

M = TypeVar("M", bound=Model)
# The state of a text that a reader wants to see as it was written, though there is a translation.
ORIGINAL = "original"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as it is shown: `language` is what it is written in, `wanted` what was asked for.

    A translation also knows its `source`, and in which language that was written.
    """

    text: str
    language: str
    wanted: str
    state: str = ""
    is_behind: bool = False
    source: str = ""
    source_language: str = ""

    @property
    def is_translated(self) -> bool:
        return self.language == self.wanted

    @property
    def is_by_machine(self) -> bool:
        return self.state == Translation.State.MACHINE

    @property
    def original(self) -> "Rendered":
        """The text as it was written; itself if it is no translation."""
        if not self.state:
            return self
        return Rendered(self.source, self.source_language, self.wanted, ORIGINAL)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Work:
    """One text and its translation as they stand, for the one who translates."""

    field: str
    label: str
    source: str
    source_digest: str
    text: str
    state: str
    # What a later save is compared with: it tells whether somebody else changed the translation.
    seal: str
    is_behind: bool
    is_short: bool
    max_length: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a translator had before them when beginning to write."""

    seal: str
    source_digest: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a thing is translated into one language."""

    language: str
    total: int
    translated: int
    behind: int
    by_machine: int


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def attach(things: Iterable[M], language: str | None = None) -> list[M]:
    """Give each of `things` its `.texts` in `language` (default: the active one). One query a model, whatever the number."""
    rows = list(things)
    wanted = language or translation.get_language() or "en"
    # Rows of two models may have the same key, so each model's are asked for by themselves.
    for model in dict.fromkeys(type(row) for row in rows):
        _attach_alike([row for row in rows if type(row) is model], wanted)
    return rows


def attach_with(things: Iterable[M], *steps: str) -> list[M]:
    """`attach`, also for what the things lead to by these foreign keys: `attach_with(ideas, "call")`."""
    rows = attach(things)
    for step in steps:
        attach(there for row in rows if (there := getattr(row, step)) is not None)
    return rows


def text_of(field: str) -> Callable[[Any], str]:
    """Give what a list's column shows: `text_of("title")`; of what a row leads to, if anywhere, `text_of("call__title")`."""
    *way, name = field.split("__")

    def shown(row: Any) -> str:
        for step in way:
            row = getattr(row, step, None)
        return str(in_language(row, name)) if row is not None else ""

    return shown


def _attach_alike(rows: Sequence[Model], wanted: str) -> None:
    names = text_fields(rows[0])
    if not names:
        return
    found = _translations(rows, wanted)
    for thing in rows:
        thing.texts = {  # type: ignore[attr-defined]  # shown by templates; no model knows its readers
            name: _rendered(thing, name, wanted, found[str(thing.pk)].get(name)) for name in names
        }


def as_read(*fields: str) -> Reading:
    """Let a list be searched and sorted by these fields as its reader reads them: `as_read("title", "call__title")`."""
    names = {field: f"read_{field.replace('__', '_')}" for field in fields}

    def apply(rows: QuerySet[Any], wanted: Iterable[str]) -> QuerySet[Any]:
        texts = {names[one]: _as_read(rows.model, one) for one in wanted}
        read: QuerySet[Any] = rows.alias(**texts)
        return read

    return Reading(names, apply)


def _as_read(model: type[Model], field: str) -> Coalesce:
    *way, name = field.split("__")
    for step in way:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]  # a foreign key has a model
    translated = Translation.objects.filter(
        content_type=ContentType.objects.get_for_model(model),
        object_id=Cast(OuterRef("__".join([*way, "pk"])), CharField()),
        field=name,
        language=translation.get_language() or "en",
    )
    return Coalesce(Subquery(translated.values("text")[:1]), F(field), output_field=TextField())


def text_fields(thing: Model) -> tuple[str, ...]:
    fields: tuple[str, ...] = getattr(thing, "TEXT_FIELDS", ())
    return fields


def in_language(thing: Model, field: str, language: str | None = None) -> Rendered:
    """Give one field of one thing; uses what `attach` found, else asks."""
    wanted = language or translation.get_language() or "en"
    texts: dict[str, Rendered] | None = getattr(thing, "texts", None)
    if texts is None or (field in texts and texts[field].wanted != wanted):
        attach([thing], wanted)
        texts = thing.texts  # type: ignore[attr-defined]  # attached just now
    return texts[field]


def translations_of(thing: Model) -> list[Translation]:
    kind = ContentType.objects.get_for_model(thing)
    return list(
        Translation.objects.filter(content_type=kind, object_id=str(thing.pk)).order_by(
            "field", "language"
        )
    )


def works_of(thing: Model, language: str) -> list[Work]:
    """Give the texts of `thing` that have something to translate, or a translation, into `language`."""
    rows = {row.field: row for row in translations_of(thing) if row.language == language}
    works = [_work(thing, name, rows.get(name)) for name in text_fields(thing)]
    return [work for work in works if work.source or work.text]


def coverage_of(thing: Model, languages: Iterable[str]) -> list[Coverage]:
    """Say for each language but the thing's own how much of it is translated. One query."""
    filled = [name for name in text_fields(thing) if getattr(thing, name)]
    rows = [row for row in translations_of(thing) if row.field in filled]
    return [
        _coverage(thing, language, [row for row in rows if row.language == language], len(filled))
        for language in languages
        if language != _written_in(thing)
    ]


def seal(text: str, state: str) -> str:
    """Give the digest of a translation with its state; empty for none."""
    return digest(f"{state}\n{one_newline(text)}") if text.strip() else ""


def one_newline(text: str) -> str:
    """Browsers send line ends as CR LF; texts keep LF."""
    return text.replace("\r\n", "\n").strip()


def _coverage(thing: Model, language: str, rows: list[Translation], total: int) -> Coverage:
    return Coverage(
        language=language,
        total=total,
        translated=len(rows),
        behind=sum(row.source_digest != digest(getattr(thing, row.field)) for row in rows),
        by_machine=sum(row.state == Translation.State.MACHINE for row in rows),
    )


def _work(thing: Model, name: str, row: Translation | None) -> Work:
    source: str = getattr(thing, name)
    column: Any = thing._meta.get_field(name)
    source_digest = digest(source)
    return Work(
        field=name,
        label=str(column.verbose_name),
        source=source,
        source_digest=source_digest,
        text=row.text if row else "",
        state=row.state if row else "",
        seal=seal(row.text, row.state) if row else "",
        is_behind=row is not None and row.source_digest != source_digest,
        is_short=column.get_internal_type() == "CharField",
        max_length=column.max_length,
    )


def _translations(things: Sequence[Model], language: str) -> dict[str, dict[str, Translation]]:
    kind = ContentType.objects.get_for_model(things[0])
    keys = list(dict.fromkeys(str(row.pk) for row in things if _written_in(row) != language))
    found: dict[str, dict[str, Translation]] = defaultdict(dict)
    if keys:
        for row in Translation.objects.filter(
            content_type=kind, object_id__in=keys, language=language
        ):
            found[row.object_id][row.field] = row
    return found


def _rendered(thing: Model, field: str, wanted: str, row: Translation | None) -> Rendered:
    source: str = getattr(thing, field)
    if row is not None:
        is_behind = row.source_digest != digest(source)
        return Rendered(row.text, wanted, wanted, row.state, is_behind, source, _written_in(thing))
    # An empty text needs no translation and no mark.
    return Rendered(source, _written_in(thing) if source else wanted, wanted)


def _written_in(thing: Any) -> str:
    language: str = thing.language
    return language
