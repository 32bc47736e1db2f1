"""What is like an idea that somebody writes: other ideas, pilots with their results, practices; and why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, F, FloatField, Sum, Value, When
from django.utils.functional import Promise

from vuoksi.base.search.queries import Piece
from vuoksi.base.search.registry import SEARCHABLE
from vuoksi.base.texts.queries import attach, in_language, text_fields
from vuoksi.loop.calls.engine import similarity
from vuoksi.loop.calls.models import Compared, Posting
from vuoksi.loop.calls.registry import COMPARABLE, Note

# Candidates are looked at more closely than are shown: some may be hidden since, or share one word alone.
CANDIDATES = 24
MOST, MOST_OF_A_KIND = 6, 3
# Below this two texts share words, but not what they are about.
LEAST_SCORE = 0.1
AROUND, LONGEST = 60, 220


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has written so far; `own` is the key of the entry itself, which is like nothing else."""

    title: str
    text: str
    language: str
    own: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """One public thing that is like the draft, and the words that both share as the thing writes them."""

    label: "str | Promise"
    url: str
    title: list[Piece]
    excerpt: list[Piece]
    language: str
    words: list[str]
    note: Note | None
    score: float


@dataclass(frozen=True, slots=True)
class _Found:
    kind: str
    row: Any
    score: float


def term_key(stem: str, language: str) -> str:
    """Words of different languages never meet, though they be written alike."""
    return f"{language}:{stem}"


def similar_to(draft: Draft) -> list[Likeness]:
    """Give the public things most like `draft`, the most alike first, at most three of a kind."""
    counts = Counter(similarity.terms(draft.title, draft.language))
    counts.update(similarity.terms(f"{draft.title} {draft.text}", draft.language))
    wanted = _telling(counts, draft.language)
    shown = _best(_visible(_candidates(wanted, draft)))
    found: list[Likeness] = []
    for kind in dict.fromkeys(one.kind for one in shown):
        mine = [one for one in shown if one.kind == kind]
        rows = attach([one.row for one in mine], draft.language)
        notes = COMPARABLE[kind].notes(rows)
        found += [_likeness(one, notes.get(one.row.pk), wanted, draft.language) for one in mine]
    return sorted(found, key=lambda one: -one.score)


def _telling(counts: Mapping[str, int], language: str) -> dict[str, float]:
    keys = {term_key(term, language): term for term in counts}
    rows = Posting.objects.filter(term__in=list(keys)).values_list("term").annotate(n=Count("pk"))
    holding = {keys[key]: n for key, n in rows}
    texts = Compared.objects.filter(language=language).count()
    return similarity.telling(counts, holding, texts)


def _candidates(wanted: Mapping[str, float], draft: Draft) -> list[tuple[Compared, float]]:
    if not wanted:
        return []
    weight = Case(
        *(When(term=term_key(term, draft.language), then=Value(w)) for term, w in wanted.items()),
        output_field=FloatField(),
    )
    keys = [term_key(term, draft.language) for term in wanted]
    scored = (
        Posting.objects.filter(term__in=keys)
        .values("text")
        .annotate(score=Sum(F("weight") * weight), shared=Count("pk"))
        .filter(shared__gte=similarity.FEWEST_SHARED, score__gte=LEAST_SCORE)
        .order_by("-score", "text")
    )
    scores = {row["text"]: row["score"] for row in scored[:CANDIDATES]}
    texts = Compared.objects.filter(pk__in=scores, kind__in=COMPARABLE)
    return [
        (text, scores[text.pk])
        for text in texts
        if (text.kind, text.object_id) != ("entries", draft.own)
    ]


def _visible(candidates: Sequence[tuple[Compared, float]]) -> list[_Found]:
    """The index may be a tick old: what was hidden or sealed since is left out. The most alike first."""
    by_kind: dict[str, dict[str, float]] = defaultdict(dict)
    for text, score in candidates:
        by_kind[text.kind][text.object_id] = score
    found = [
        _Found(kind, row, scores[str(row.pk)])
        for kind, scores in by_kind.items()
        for row in SEARCHABLE[kind].queryset(AnonymousUser()).filter(pk__in=list(scores))
    ]
    return sorted(found, key=lambda one: (-one.score, one.kind, one.row.pk))


def _best(found: Sequence[_Found]) -> list[_Found]:
    taken: Counter[str] = Counter()
    best = []
    for one in found:
        taken[one.kind] += 1
        if taken[one.kind] <= MOST_OF_A_KIND:
            best.append(one)
    return best[:MOST]


def _likeness(one: _Found, note: Note | None, wanted: Iterable[str], language: str) -> Likeness:
    known = SEARCHABLE[one.kind]
    title, *others = (_said(one.row, name, language) for name in known.fields)
    body = " ".join(text for text in others if text)
    shared = _shared((title, body), wanted, language)
    if len(shared) < similarity.FEWEST_SHARED:
        # The rest is in names and answers, which are not shown here.
        shared = _shared((title, body, known.text(one.row)), wanted, language)
    return Likeness(
        label=COMPARABLE[one.kind].label,
        url=known.url(one.row),
        title=_pieces(title, wanted, language),
        excerpt=_pieces(_around(body, wanted, language), wanted, language),
        language=language,
        words=list(shared.values()),
        note=note,
        score=one.score,
    )


def _shared(texts: Iterable[str], wanted: Iterable[str], language: str) -> dict[str, str]:
    """The words in common by their stem, as they are first written."""
    shared: dict[str, str] = {}
    for text in texts:
        for start, end in similarity.spans(text, language, wanted):
            word = text[start:end].lower()
            shared.setdefault(similarity.stem(word, language), word)
    return shared


def _said(row: Any, name: str, language: str) -> str:
    return str(in_language(row, name, language) if name in text_fields(row) else getattr(row, name))


def _pieces(text: str, wanted: Iterable[str], language: str) -> list[Piece]:
    cut: list[Piece] = []
    last = 0
    for start, end in similarity.spans(text, language, wanted):
        cut += [Piece(text[last:start]), Piece(text[start:end], hit=True)]
        last = end
    return [piece for piece in [*cut, Piece(text[last:])] if piece.text]


def _around(text: str, wanted: Iterable[str], language: str) -> str:
    found = similarity.spans(text, language, wanted)
    start = max(found[0][0] - AROUND, 0) if found else 0
    part = text[start : start + LONGEST]
    return f"{'…' if start else ''}{part}{'…' if start + LONGEST < len(text) else ''}"
