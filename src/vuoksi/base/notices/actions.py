from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record
from vuoksi.base.notices import kinds, links, queries
from vuoksi.base.notices.kinds import Kind
from vuoksi.base.notices.models import Digest, Letter, Notice, Preference, Silence, WeeklyDay
from vuoksi.base.people.models import User
from vuoksi.base.talk.models import Comment
from vuoksi.base.talk.queries import ties_to

# A sender that has not come back after this long is taken to have died; its digest is sent again.
CLAIM_HOLDS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why a person is told: the path from the thing up to their own, and what ties them to that."""

    path: tuple[Model, ...]
    tie: str


@action
def tell_upstream(
    *,
    kind: Kind,
    thing: Model,
    by: Actor,
    at: datetime,
    also: Iterable[Model] = (),
    **details: Any,
) -> int:
    """Tell everyone upstream of `thing`, and of what it `also` came from this once, what happened to it.

    `details` are what the sentence says besides; a thing among them is named in the language of each reader.
    Gives the number of people told. Each is told once, with the nearest thing of their own as the reason. Who did it
    is not told. Those without an account get a letter.
    """
    reasons: dict[int, _Reason] = {}
    paths = links.paths_upstream(thing, also)
    _write_letters(paths, kind, thing, by, at, details)
    for path in paths:
        for person, tie in _ties(path[-1]).items():
            reasons.setdefault(person, _Reason(path, tie))
    return _tell(reasons, kind, thing, by, at, details)


@action
def tell(
    *, people: Iterable[User], kind: Kind, thing: Model, by: Actor, at: datetime, **details: Any
) -> int:
    """Tell these people; give the number told. Who did it is told too, if they are among them."""
    reasons = {person.pk: _Reason((thing,), "") for person in people if person.is_active}
    return _tell(reasons, kind, thing, None, at, details, recorded_by=by)


@action
def write_to_authors(
    *, of: Iterable[Model], kind: Kind, thing: Model, by: Actor, at: datetime, **details: Any
) -> int:
    """Write to those who wrote the things in `of` without an account what happened to `thing`, which came of them."""
    count = _write_letters([(thing, source) for source in of], kind, thing, by, at, details)
    if not count:
        nothing_to_do()
    return count


@action
def tell_of_comment(*, comment: Comment, at: datetime) -> int:
    """Tell the one who was answered, and those who wrote or follow what the comment is about."""
    thing = comment.thing
    if not isinstance(thing, Model):
        nothing_to_do()
        return 0
    told = 0
    answered = comment.reply_to.author if comment.reply_to is not None else None
    if answered is not None and answered.pk != comment.author_id:
        told = tell(
            people=[answered], kind=kinds.COMMENT_ANSWERED, thing=thing, by=comment.author, at=at
        )
    reasons = {
        person: _Reason((thing,), tie)
        for person, tie in _ties(thing).items()
        if tie in {Notice.Tie.WROTE, Notice.Tie.FOLLOW}
    }
    if answered is not None:
        reasons.pop(answered.pk, None)
    return told + _tell(reasons, kinds.COMMENT_WRITTEN, thing, comment.author, at, {})


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


@action
def set_preferences(*, user: User, ways: Mapping[str, str], at: datetime) -> None:
    """Keep how a person wants to hear of several kinds."""
    known = queries.ways_of(user)
    changed = {
        kind: way for kind, way in ways.items() if known.get(kind, Preference.Way.DIGEST) != way
    }
    if not changed:
        return nothing_to_do()
    for kind, way in changed.items():
        set_preference(user=user, kind=kind, way=way, at=at)


@action
def set_weekday(*, user: User, weekday: int, at: datetime) -> None:
    """Keep the day of the week (Monday: 0) of a person's weekly e-mail."""
    if queries.weekday_of(user) == weekday:
        return nothing_to_do()
    WeeklyDay.objects.update_or_create(user=user, defaults={"weekday": WeeklyDay.Day(weekday)})
    record(actor=user, verb="notices.set_weekday", thing=user, at=at, weekday=weekday)


@action
def claim_at_once(*, at: datetime) -> list[Notice]:
    """Take the notices that go out at once, so that nobody else sends them; what led to nothing is taken again later."""
    nothing_to_do()
    free = Q(claimed_at=None) | Q(claimed_at__lte=at - CLAIM_HOLDS)
    rows = queries.to_mail_at_once(at).filter(free, user__is_active=True).exclude(user__email="")
    notices = list(rows.select_related("user").select_for_update(of=("self",)))
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(claimed_at=at)
    return notices


@action
def settle_at_once(*, user: User, notices: list[Notice], at: datetime) -> None:
    """Keep that these notices were mailed."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=at)
    record(actor=None, verb="notices.settle_at_once", thing=user, at=at, count=len(notices))


@action
def claim_digest(*, user: User, day: date, at: datetime) -> list[Notice] | None:
    """Take the sending of a person's digest of `day`, and give what to send.

    None when it was sent, or another sender has it in hand. A claim that led to nothing can be taken again later.
    """
    digest, is_new = Digest.objects.get_or_create(user=user, day=day, defaults={"claimed_at": at})
    if not is_new:
        free = Digest.objects.filter(
            pk=digest.pk, sent_at=None, claimed_at__lte=at - CLAIM_HOLDS
        ).update(claimed_at=at)
        if not free:
            nothing_to_do()
            return None
    record(actor=None, verb="notices.claim_digest", thing=digest, at=at)
    return list(queries.to_mail(user, at))


@action
def settle_digest(*, user: User, day: date, notices: list[Notice], at: datetime) -> None:
    """Keep that the digest was sent: none of its notices is mailed again."""
    digest = Digest.objects.get(user=user, day=day)
    digest.sent_at, digest.count = at, len(notices)
    digest.save(update_fields=["sent_at", "count"])
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=at)
    record(actor=None, verb="notices.settle_digest", thing=digest, at=at, count=len(notices))


@action
def claim_letters(*, at: datetime) -> list[Letter]:
    """Take the letters that wait, so that nobody else sends them too; those that led to nothing are taken again later."""
    nothing_to_do()
    free = Q(claimed_at=None) | Q(claimed_at__lte=at - CLAIM_HOLDS)
    letters = list(queries.letters_to_send(at).filter(free).select_for_update())
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(claimed_at=at)
    return letters


@action
def settle_letters(*, letters: list[Letter], is_sent: bool, at: datetime) -> None:
    """Keep that the letters were sent, or that nobody wants them any more."""
    Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(settled_at=at)
    for letter in letters:
        record(actor=None, verb="notices.settle_letter", thing=letter, at=at, is_sent=is_sent)


@action
def stop_letters(*, thing: Model, at: datetime) -> None:
    """No more letters to the one who wrote `thing` without an account."""
    kind = ContentType.objects.get_for_model(thing)
    _silence, is_new = Silence.objects.get_or_create(
        content_type=kind, object_id=str(thing.pk), defaults={"at": at}
    )
    if not is_new:
        return nothing_to_do()
    record(actor=None, verb="notices.stop_letters", thing=thing, at=at)


@action
def start_letters(*, thing: Model, at: datetime) -> None:
    """Write letters about `thing` again."""
    kind = ContentType.objects.get_for_model(thing)
    count, _models = Silence.objects.filter(content_type=kind, object_id=str(thing.pk)).delete()
    if not count:
        return nothing_to_do()
    record(actor=None, verb="notices.start_letters", thing=thing, at=at)


def _write_letters(
    paths: Iterable[tuple[Model, ...]],
    kind: Kind,
    thing: Model,
    by: Actor,
    at: datetime,
    details: dict[str, Any],
) -> int:
    """Write one letter to each address, because of the nearest thing that came from it."""
    letters: dict[str, Letter] = {}
    for path in paths:
        found = links.reachable(path[-1])
        if found is not None and found.email not in letters:
            reason = _Reason(path, Notice.Tie.WROTE)
            letters[found.email] = Letter(**_news(reason, kind, thing, at, details))
    if letters:
        Letter.objects.bulk_create(letters.values())
        record(actor=by, verb="notices.write_letters", thing=thing, at=at, letters=len(letters))
    return len(letters)


def _ties(thing: Model) -> dict[int, str]:
    """Who is tied to `thing`, its authors first."""
    wrote = {
        person.pk: Notice.Tie.WROTE.value for person in links.authors(thing) if person.is_active
    }
    return {**ties_to(thing), **wrote}


def _tell(
    reasons: dict[int, _Reason],
    kind: Kind,
    thing: Model,
    by: Actor,
    at: datetime,
    details: dict[str, Any],
    recorded_by: Actor = None,
) -> int:
    """Write a notice to each person but `by` and those who do not want to hear of this kind."""
    unwanted = Preference.objects.filter(kind=kind.key, way=Preference.Way.NOTHING)
    silent = set() if kind.is_owed else set(unwanted.values_list("user_id", flat=True))
    if kind.is_gathered:
        waiting = queries.waits_to_tell(thing, kind.key, at)
        silent.update(waiting.values_list("user_id", flat=True))
    if by is not None and by.pk is not None:
        silent.add(by.pk)
    told = {user: reason for user, reason in reasons.items() if user not in silent}
    Notice.objects.bulk_create(
        Notice(user_id=user, **_news(reason, kind, thing, at, details))
        for user, reason in told.items()
    )
    record(actor=by or recorded_by, verb=f"notices.{kind.key}", thing=thing, at=at, told=len(told))
    return len(told)


def _news(
    reason: _Reason, kind: Kind, thing: Model, at: datetime, details: dict[str, Any]
) -> dict[str, Any]:
    """The fields that notices and letters have in common."""
    chain = [_ref(step) for step in reversed(reason.path)]
    because_type, because_id = chain[0]
    return {
        "kind": kind.key,
        "content_type": ContentType.objects.get_for_model(thing),
        "object_id": str(thing.pk),
        "because_type_id": because_type,
        "because_id": because_id,
        "tie": reason.tie,
        "chain": [list(step) for step in chain],
        "details": {name: _kept(value) for name, value in details.items()},
        "at": at,
    }


def _kept(detail: Any) -> Any:
    """A thing that a sentence names is kept as what it is, so that each reader finds its name in their language."""
    return {queries.NAMED: list(_ref(detail))} if isinstance(detail, Model) else detail


def _ref(thing: Model) -> queries.Ref:
    return (ContentType.objects.get_for_model(thing).pk, str(thing.pk))


@action
def forget_person(*, user: User, keep_texts: bool, at: datetime) -> None:
    """Forget what a person was told and how."""
    for model in (Notice, Preference, Digest, WeeklyDay):
        model._default_manager.filter(user=user).delete()
    record(actor=None, verb="notices.forget_person", thing=user, at=at)


@action
def drop_old(*, days: int, at: datetime) -> int:
    """Forget notices that were read long ago."""
    count, _models = Notice.objects.filter(read_at__lt=at - timedelta(days=days)).delete()
    nothing_to_do()
    return count


@action
def drop_digests(*, days: int, at: datetime) -> int:
    before = (at - timedelta(days=days)).date()
    count, _models = Digest.objects.filter(day__lt=before).delete()
    nothing_to_do()
    return count
