"""Finding: the index says which things may fit, the things themselves say whether the reader may see them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Min, QuerySet, Value, When
from django.utils import translation

from vuoksi.base.people.rules import Person
from vuoksi.base.search.models import Document
from vuoksi.base.search.registry import SEARCHABLE, Searchable
from vuoksi.base.texts.models import Translation
from vuoksi.base.texts.queries import attach, in_language, text_fields
from vuoksi.lib.folding import spans, words_of

AROUND = 80
# How many things the index reads at once.
AT_A_TIME = 500
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `hit` says that it is what was searched for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found, in `language`: where it is and what of its text fits."""

    kind: str
    url: str
    title: list[Piece]
    excerpt: list[Piece]
    language: str

    @property
    def plain_title(self) -> str:
        return "".join(piece.text for piece in self.title)

    @property
    def plain_excerpt(self) -> str:
        return "".join(piece.text for piece in self.excerpt)


def counts_by_kind(query: str) -> dict[str, int]:
    """How many things of each kind fit, for the kinds that have any."""
    rows = _matching(query).values("kind").annotate(n=Count("object_id", distinct=True))
    return {row["kind"]: row["n"] for row in rows.order_by("kind") if row["kind"] in SEARCHABLE}


def hits(query: str, kind: str, person: Person, *, offset: int, limit: int) -> list[Hit]:
    """Give one page of the things of a kind that fit, those first whose title fits."""
    words = words_of(query)
    if not words:
        return []
    in_title = Case(When(title__contains=words[0], then=Value(0)), default=Value(1))
    found = (
        _matching(query)
        .filter(kind=kind)
        .values("object_id")
        .annotate(rank=Min(in_title), first=Min("title"))
        .order_by("rank", "first", "object_id")
    )
    keys = [row["object_id"] for row in found[offset : offset + limit]]
    searchable = SEARCHABLE[kind]
    # The index may be a minute old: a thing that was hidden since is not shown.
    rows = {str(row.pk): row for row in searchable.queryset(person).filter(pk__in=keys)}
    attach(rows.values())
    language = translation.get_language() or "en"
    return [_hit(searchable, rows[key], words, language) for key in keys if key in rows]


def public_parts(searchable: Searchable, keys: Sequence[Any] | None = None) -> Iterator[list[Any]]:
    """What everybody may read, or these of it, some rows at a time."""
    rows = searchable.queryset(AnonymousUser())
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    ordered = rows.order_by("pk").iterator(AT_A_TIME)
    while part := list(islice(ordered, AT_A_TIME)):
        yield part


def documents_of(
    searchable: Searchable, rows: Sequence[Any]
) -> Iterable[tuple[str, str, str, str]]:
    """Give (object id, language, title, text) of rows: in their own language and in each translation."""
    for row in rows:
        own = {name: getattr(row, name) for name in searchable.fields}
        more = searchable.text(row)
        yield _document(searchable, row, getattr(row, "language", ""), own, more)
    for row, language, texts in _translated(searchable, rows):
        yield _document(searchable, row, language, texts, "")


def _matching(query: str) -> QuerySet[Document]:
    documents = Document.objects.all()
    words = words_of(query)
    for word in words:
        documents = documents.filter(text__contains=word)
    return documents if words else documents.none()


def _hit(searchable: Searchable, row: Any, words: list[str], language: str) -> Hit:
    texts = [_text(row, name) for name in searchable.fields]
    title, *others = (text for text, _language in texts)
    body = " ".join([*others, searchable.text(row)])
    return Hit(
        kind=searchable.key,
        url=searchable.url(row),
        title=pieces(title, words),
        excerpt=pieces(_around(body, words), words),
        language=texts[0][1] or language,
    )


def _text(row: Any, name: str) -> tuple[str, str]:
    if name not in text_fields(row):
        return str(getattr(row, name)), ""
    shown = in_language(row, name)
    return shown.text, shown.language


def pieces(text: str, words: list[str]) -> list[Piece]:
    """Cut a text into what fits and what does not, so that a template can escape and mark each."""
    cut: list[Piece] = []
    last = 0
    for start, end in spans(text, words):
        cut += [Piece(text[last:start]), Piece(text[start:end], hit=True)]
        last = end
    return [piece for piece in [*cut, Piece(text[last:])] if piece.text]


def _around(text: str, words: list[str]) -> str:
    found = spans(text, words)
    start = 0
    if found and found[0][0] > AROUND:
        # At the beginning of a word, if there is one before what was found.
        start = found[0][0] - AROUND
        start = text.find(" ", start, found[0][0]) + 1 or start
    part = text[start : start + LONGEST]
    return f"{'…' if start else ''}{part}{'…' if start + LONGEST < len(text) else ''}"


def _document(
    searchable: Searchable, row: Any, language: str, texts: dict[str, str], more: str
) -> tuple[str, str, str, str]:
    title = str(texts.get(searchable.fields[0], ""))
    text = " ".join([*(str(text) for text in texts.values()), more])
    return str(row.pk), language, title, text


def _translated(
    searchable: Searchable, rows: Sequence[Any]
) -> Iterable[tuple[Any, str, dict[str, str]]]:
    if not rows:
        return
    by_key = {str(row.pk): row for row in rows}
    found: dict[tuple[str, str], dict[str, str]] = {}
    for row in Translation.objects.filter(
        content_type=ContentType.objects.get_for_model(rows[0]),
        object_id__in=list(by_key),
        field__in=searchable.fields,
    ).order_by("object_id", "language", "field"):
        found.setdefault((row.object_id, row.language), {})[row.field] = row.text
    for (key, language), texts in found.items():
        yield by_key[key], language, texts
