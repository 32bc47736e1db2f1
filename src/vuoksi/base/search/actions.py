"""The index is made from the things themselves and can be made again, so its writes leave no audit row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do
from vuoksi.base.people.models import User
from vuoksi.base.search.models import Document
from vuoksi.base.search.queries import AT_A_TIME, documents_of, public_parts
from vuoksi.base.search.registry import SEARCHABLE, Searchable
from vuoksi.lib.folding import fold


@action
def refresh_index(*, at: datetime) -> int:
    """Bring the index to what is public now; give the number of texts that were changed."""
    changed = sum(_refresh(searchable) for searchable in SEARCHABLE.values())
    stray, _models = Document.objects.exclude(kind__in=SEARCHABLE).delete()
    nothing_to_do()
    return changed + stray


@action
def refresh_things(*, kind: str, keys: Sequence[Any], at: datetime) -> int:
    """Bring some things of a kind up to date now and not at the next tick; give the number of texts that changed."""
    nothing_to_do()
    return _refresh(SEARCHABLE[kind], keys)


def _refresh(searchable: Searchable, keys: Sequence[Any] | None = None) -> int:
    rows = Document.objects.filter(kind=searchable.key)
    if keys is not None:
        rows = rows.filter(object_id__in=[str(key) for key in keys])
    known = {(row.object_id, row.language): row for row in rows.iterator(AT_A_TIME)}
    new: list[Document] = []
    changed: list[Document] = []
    for part in public_parts(searchable, keys):
        for key, language, title, text in documents_of(searchable, part):
            document = known.pop((key, language), None)
            folded = {"title": fold(title), "text": fold(text)}
            if document is None:
                new.append(
                    Document(kind=searchable.key, object_id=key, language=language, **folded)
                )
            elif (document.title, document.text) != (folded["title"], folded["text"]):
                document.title, document.text = folded["title"], folded["text"]
                changed.append(document)
    Document.objects.bulk_create(new, batch_size=AT_A_TIME)
    Document.objects.bulk_update(changed, ["title", "text"], batch_size=AT_A_TIME)
    gone = [document.pk for document in known.values()]
    for start in range(0, len(gone), AT_A_TIME):
        Document.objects.filter(pk__in=gone[start : start + AT_A_TIME]).delete()
    return len(new) + len(changed) + len(gone)


@action
def forget_person(*, user: User, keep_texts: bool, at: datetime) -> None:
    """Take a person's name and texts out of the index, now and not at the next tick."""
    refresh_index(at=at)
    nothing_to_do()
