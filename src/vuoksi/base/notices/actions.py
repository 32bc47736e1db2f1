from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record
from vuoksi.base.notices import links
from vuoksi.base.notices.kinds import Kind
from vuoksi.base.notices.models import Notice, Preference
from vuoksi.base.people.models import User
from vuoksi.base.talk.queries import people_behind


@action
def tell_upstream(*, kind: Kind, thing: Model, by: Actor, at: datetime, **details: Any) -> int:
    """Tell everyone upstream of `thing` what happened to it; give the number of people told.

    Each person is told once, with the nearest thing of their own as the reason. Who did it is not told.
    """
    reasons: dict[int, Model] = {}
    for source in links.everything_upstream(thing):
        people = {*links.authors(source), *people_behind([source])}
        for person in people:
            reasons.setdefault(person.pk, source)
    reasons.pop(by.pk if by is not None else None, None)  # type: ignore[arg-type]  # nobody has the key None
    return _tell(reasons, kind, thing, by, at, details)


@action
def tell(
    *, people: Iterable[User], kind: Kind, thing: Model, by: Actor, at: datetime, **details: Any
) -> int:
    """Tell these people; give the number told."""
    return _tell({person.pk: thing for person in people}, kind, thing, by, at, details)


@action
def mark_read(*, user: User, at: datetime, notice: Notice | None = None) -> None:
    """Mark one notice, or all of them, as read."""
    unread = Notice.objects.filter(user=user, read_at=None)
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    count = unread.update(read_at=at)
    if not count:
        return nothing_to_do()
    record(actor=user, verb="notices.mark_read", thing=user, at=at, count=count)


@action
def set_preference(*, user: User, kind: str, way: str, at: datetime) -> None:
    Preference.objects.update_or_create(user=user, kind=kind, defaults={"way": Preference.Way(way)})
    record(actor=user, verb="notices.set_preference", thing=user, at=at, kind=kind, way=way)


def _tell(
    reasons: dict[int, Model],
    kind: Kind,
    thing: Model,
    by: Actor,
    at: datetime,
    details: dict[str, Any],
) -> int:
    silent = set(
        Preference.objects.filter(kind=kind.key, way=Preference.Way.NOTHING).values_list(
            "user_id", flat=True
        )
    )
    told = {user: source for user, source in reasons.items() if user not in silent}
    Notice.objects.bulk_create(
        _notice(user, source, kind, thing, at, details) for user, source in told.items()
    )
    record(actor=by, verb=f"notices.{kind.key}", thing=thing, at=at, told=len(told))
    return len(told)


def _notice(
    user: int, source: Model, kind: Kind, thing: Model, at: datetime, details: dict[str, Any]
) -> Notice:
    return Notice(
        user_id=user,
        kind=kind.key,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=str(thing.pk),
        because_type=ContentType.objects.get_for_model(source),
        because_id=str(source.pk),
        details=details,
        at=at,
    )
