from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from vuoksi.base.audit.actions import Actor, EditedMeanwhile, action, record
from vuoksi.base.texts.models import Translation
from vuoksi.base.texts.queries import Seen, digest, seal, text_fields


@action
def translate(
    *,
    thing: Model,
    language: str,
    texts: Mapping[str, str],
    state: str | Mapping[str, str],
    by: Actor,
    at: datetime,
    seen: Mapping[str, Seen] | None = None,
) -> None:
    """Save the texts of `thing` in one more language; an empty text removes the translation of that field.

    `state` is one for all, or one a field. With `seen` (what the writer had before them, by field) a translation that
    somebody else changed meanwhile is not overwritten: raises EditedMeanwhile with the thing, and saves nothing.
    Raises ValueError for a field that is not a text of the thing, and for the thing's own language.
    """
    stray = set(texts) - set(text_fields(thing))
    if stray:
        raise ValueError(f"{thing._meta.label} has no texts named {sorted(stray)}")
    if language == getattr(thing, "language", None):
        raise ValueError(f"{thing._meta.label} {thing.pk} is written in {language!r} itself")
    states = dict.fromkeys(texts, state) if isinstance(state, str) else state
    for field, text in texts.items():
        _save(thing, field, language, text, states[field], at, (seen or {}).get(field))
    record(
        actor=by,
        verb="texts.translate",
        thing=thing,
        at=at,
        language=language,
        fields=sorted(texts),
    )


def _save(
    thing: Model,
    field: str,
    language: str,
    text: str,
    state: str,
    at: datetime,
    seen: Seen | None,
) -> None:
    where: dict[str, Any] = {
        "content_type": ContentType.objects.get_for_model(thing),
        "object_id": str(thing.pk),
        "field": field,
        "language": language,
    }
    filled: dict[str, Any] = {
        "text": text,
        "state": Translation.State(state),
        "source_digest": seen.source_digest if seen else digest(getattr(thing, field)),
        "edited_at": at,
    }
    rows = Translation.objects.select_for_update().filter(**where)
    row, is_new = rows.first(), False
    if row is None and text.strip():
        # Of two who are first in the same moment one finds the other's row, and is told below.
        row, is_new = rows.get_or_create(**where, defaults=filled)
    stands = seal(row.text, row.state) if row and not is_new else ""
    # Two people who write the same are in no conflict.
    if seen is not None and stands not in {seen.seal, seal(text, state)}:
        raise EditedMeanwhile(thing)
    if not text.strip():
        rows.delete()
    elif not is_new:
        rows.update(**filled)
