"""What a decision does to the thing itself, whatever its kind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model

from vuoksi.base.audit.actions import Actor, action, record
from vuoksi.base.files.actions import remove_file
from vuoksi.base.files.queries import attachments_of
from vuoksi.base.moderation.models import Outcome
from vuoksi.base.moderation.registry import KINDS
from vuoksi.base.texts.models import Translation, Visibility

VISIBILITY = {
    Outcome.KEEP: Visibility.SHOWN,
    Outcome.HIDE: Visibility.HIDDEN,
    Outcome.MEND: Visibility.MEND,
    Outcome.REMOVE: Visibility.REMOVED,
}


@action
def apply_outcome(
    *, thing: Model, ruling_outcome: Outcome, reason: str, by: Actor, at: datetime
) -> None:
    """Show, hide or erase a thing. Its place stays, with the reason and the day."""
    kind = KINDS[type(thing)]
    was_held = getattr(thing, "visibility", "") == Visibility.HELD
    visibility = VISIBILITY[ruling_outcome]
    hidden = {} if ruling_outcome == Outcome.KEEP else {"hidden_at": at, "hidden_reason": reason}
    _update(thing, **{"visibility": visibility, "hidden_at": None, "hidden_reason": "", **hidden})
    if ruling_outcome == Outcome.REMOVE:
        rewrite(thing=thing, texts={part.key: "" for part in kind.parts(thing)}, by=by, at=at)
        for attachment in attachments_of([thing]).get(str(thing.pk), []):
            remove_file(attachment=attachment, by=by, at=at)
    record(actor=by, verb=f"moderation.{ruling_outcome}", thing=thing, at=at, reason=reason)
    if was_held and ruling_outcome == Outcome.KEEP:
        kind.when_shown(thing, at)


@action
def rewrite(*, thing: Model, texts: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Put other words in the place of a thing's own (by the key of each part); translations of the old ones go."""
    for part in KINDS[type(thing)].parts(thing):
        if part.key not in texts or texts[part.key] == part.text:
            continue
        _update(part.row, **{part.field: texts[part.key]})
        Translation.objects.filter(
            content_type=ContentType.objects.get_for_model(part.row),
            object_id=str(part.row.pk),
            field=part.field,
        ).delete()
    thing.refresh_from_db()
    record(actor=by, verb="moderation.rewrite", thing=thing, at=at)


def _update(row: Model, **changes: Any) -> None:
    fields = {field.name for field in row._meta.get_fields()}
    if "version" in fields:
        # Whoever is writing the same thing now is told, instead of bringing the old words back.
        changes["version"] = F("version") + 1
    type(row)._default_manager.filter(pk=row.pk).update(**changes)
    row.refresh_from_db()
