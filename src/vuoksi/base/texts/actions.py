from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from vuoksi.base.audit.actions import Actor, action, record
from vuoksi.base.texts.models import Translation
from vuoksi.base.texts.queries import digest, text_fields


@action
def translate(
    *, thing: Model, language: str, texts: dict[str, str], state: str, by: Actor, at: datetime
) -> None:
    """Save the texts of `thing` in one more language; an empty text removes the translation of that field.

    Raises ValueError for a field that is not a text of the thing.
    """
    stray = set(texts) - set(text_fields(thing))
    if stray:
        raise ValueError(f"{thing._meta.label} has no texts named {sorted(stray)}")
    kind = ContentType.objects.get_for_model(thing)
    for field, text in texts.items():
        where: dict[str, Any] = {
            "content_type": kind,
            "object_id": str(thing.pk),
            "field": field,
            "language": language,
        }
        if not text.strip():
            Translation.objects.filter(**where).delete()
            continue
        Translation.objects.update_or_create(
            **where,
            defaults={
                "text": text,
                "state": Translation.State(state),
                "source_digest": digest(getattr(thing, field)),
                "edited_at": at,
            },
        )
    record(
        actor=by,
        verb="texts.translate",
        thing=thing,
        at=at,
        language=language,
        fields=sorted(texts),
    )
