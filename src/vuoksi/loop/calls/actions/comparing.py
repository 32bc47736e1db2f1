"""The words of public things, kept for comparing. Made from the things, so its writes leave no audit row."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do
from vuoksi.base.people.models import User
from vuoksi.base.search.queries import AT_A_TIME, documents_of, public_parts
from vuoksi.base.search.registry import SEARCHABLE
from vuoksi.loop.calls.engine import similarity
from vuoksi.loop.calls.models import Compared, Posting
from vuoksi.loop.calls.queries import term_key
from vuoksi.loop.calls.registry import COMPARABLE


@action
def refresh_compared(*, at: datetime) -> int:
    """Bring the words to what is public now; give the number of texts that changed. Only these are read anew."""
    changed = sum(_refresh(kind) for kind in COMPARABLE)
    stray, _models = Compared.objects.exclude(kind__in=COMPARABLE).delete()
    nothing_to_do()
    return changed + stray


@action
def forget_words(*, user: User, keep_texts: bool, at: datetime) -> None:
    """Take what was erased with a person out of the words, now and not at the next tick."""
    refresh_compared(at=at)
    nothing_to_do()


@action
def refresh_words(*, kind: str, keys: Sequence[Any], at: datetime) -> int:
    """Bring the words of some things up to date now and not at the next tick; give the number of texts that changed."""
    nothing_to_do()
    return _refresh(kind, keys)


def _refresh(kind: str, keys: Sequence[Any] | None = None) -> int:
    rows = Compared.objects.filter(kind=kind)
    if keys is not None:
        rows = rows.filter(object_id__in=[str(key) for key in keys])
    known = {(row.object_id, row.language): row for row in rows.iterator(AT_A_TIME)}
    count = 0
    for part in public_parts(SEARCHABLE[kind], keys):
        fresh = []
        for key, language, title, text in documents_of(SEARCHABLE[kind], part):
            digest = sha256(f"{title}\n{text}".encode()).hexdigest()
            row = known.pop((key, language), None)
            if row is None or row.digest != digest:
                row = row or Compared(kind=kind, object_id=key, language=language)
                row.digest = digest
                fresh.append((row, f"{title} {text}"))
        _write(fresh)
        count += len(fresh)
    gone = [row.pk for row in known.values()]
    for start in range(0, len(gone), AT_A_TIME):
        Compared.objects.filter(pk__in=gone[start : start + AT_A_TIME]).delete()
    return count + len(gone)


def _write(texts: list[tuple[Compared, str]]) -> None:
    """Keep these texts and their words. A title says what a thing is about: `text` begins with it, so it counts twice."""
    changed = [row for row, _text in texts if row.pk is not None]
    Posting.objects.filter(text__in=changed).delete()
    Compared.objects.bulk_update(changed, ["digest"], batch_size=AT_A_TIME)
    Compared.objects.bulk_create(row for row, _text in texts if row.pk is None)
    Posting.objects.bulk_create(
        (
            Posting(text=row, term=term_key(term, row.language), weight=weight)
            for row, text in texts
            for term, weight in similarity.weights(similarity.terms(text, row.language)).items()
        ),
        batch_size=AT_A_TIME,
    )
