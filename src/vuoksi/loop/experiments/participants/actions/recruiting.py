"""The page that looks for people, its questions, its opening and closing, invitations, and who keeps the key."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.participants import kinds, letters, queries, rules
from vuoksi.loop.experiments.participants.actions.joining import offer_free
from vuoksi.loop.experiments.participants.models import (
    RECRUITMENT_STATES,
    Invitation,
    KeyKeeper,
    Question,
    Recruitment,
)
from vuoksi.loop.experiments.participants.refusals import CapacityInUse, NotNow, Unready
from vuoksi.loop.experiments.plans.models import Experiment

LIFE = timedelta(days=14)
# So many links an hour go to one address: enough for a lost letter, too few to flood a mailbox.
LINKS_AN_HOUR = 3


@dataclass(frozen=True, slots=True)
class Asking:
    """An eligibility question; `qualifying` are the places of the answers that qualify, from 0."""

    question: str
    choices: str
    qualifying: tuple[int, ...]
    unfit_words: str


@action
def make_recruitment(
    *, experiment: Experiment, language: str, title: str, by: User, at: datetime, **more: Any
) -> Recruitment:
    """Prepare the page; nobody outside the unit in charge sees it before it is opened. A second click makes no other."""
    experiment = Experiment.objects.select_for_update().get(pk=experiment.pk)
    rules.check_begin_recruitment(by, experiment)
    known = queries.recruitment_of(experiment)
    if known is not None:
        nothing_to_do()
        return known
    row = Recruitment.objects.create(experiment=experiment, language=language, title=title, **more)
    record(actor=by, verb="participants.make_recruitment", thing=row, at=at)
    return row


@action
def edit_recruitment(
    *, recruitment: Recruitment, version: int, by: User, at: datetime, **changes: Any
) -> None:
    """Change the page; places that are new go to those who wait.

    Raises EditedMeanwhile, and CapacityInUse when places are held that would go.
    """
    row = Recruitment.objects.select_for_update().get(pk=recruitment.pk)
    rules.check_lead(by, row)
    capacity = changes.get("capacity", row.capacity)
    if row.places.filter(number__gt=capacity).exists():
        raise CapacityInUse
    save_if_unchanged(recruitment, version=version, **changes)
    record(
        actor=by,
        verb="participants.edit_recruitment",
        thing=recruitment,
        at=at,
        fields=sorted(changes),
    )
    offer_free(recruitment=recruitment, at=at)


@action
def set_questions(
    *, recruitment: Recruitment, questions: Iterable[Asking], by: User, at: datetime
) -> None:
    """Replace the eligibility questions by these, in their order."""
    Recruitment.objects.select_for_update().get(pk=recruitment.pk)
    rules.check_lead(by, recruitment)
    asked = list(questions)
    known = {row.position: row for row in recruitment.questions.all()}
    for position, one in enumerate(asked):
        row = known.pop(position, None) or Question(recruitment=recruitment, position=position)
        row.language = recruitment.language
        row.question, row.choices = one.question, one.choices
        row.qualifying, row.unfit_words = sorted(one.qualifying), one.unfit_words
        row.save()
    recruitment.questions.filter(position__gte=len(asked)).delete()
    record(
        actor=by,
        verb="participants.set_questions",
        thing=recruitment,
        at=at,
        count=len(asked),
    )


@action
def open_recruitment(*, recruitment: Recruitment, by: User, at: datetime) -> None:
    """Let people join. Raises Unready without a consent text in force, after the last day, and after the experiment."""
    rules.check_lead(by, recruitment)
    if recruitment.state == Recruitment.State.OPEN:
        return nothing_to_do()
    if queries.version_in_force(recruitment) is None:
        raise Unready("consent")
    if recruitment.experiment.state not in queries.TAKES_IN:
        raise Unready("ended")
    if recruitment.closes_on is not None and recruitment.closes_on < localtime(at).date():
        raise Unready("last_day")
    state = RECRUITMENT_STATES.target(recruitment.state, "open")
    opened = recruitment.opened_at or at
    save_if_unchanged(recruitment, version=recruitment.version, state=state, opened_at=opened)
    record(actor=by, verb="participants.open_recruitment", thing=recruitment, at=at)
    tell_upstream(kind=kinds.RECRUITMENT_OPENED, thing=recruitment, by=by, at=at)
    return None


@action
def close_recruitment(*, recruitment: Recruitment, by: User, at: datetime) -> None:
    """Let nobody else join. Those on the waiting list stay on it, in case a place becomes free."""
    rules.check_lead(by, recruitment)
    if recruitment.state == Recruitment.State.CLOSED:
        return nothing_to_do()
    state = RECRUITMENT_STATES.target(recruitment.state, "close")
    save_if_unchanged(recruitment, version=recruitment.version, state=state)
    record(actor=by, verb="participants.close_recruitment", thing=recruitment, at=at)
    return None


@action
def invite(
    *, recruitment: Recruitment, emails: Iterable[str], language: str, by: User, at: datetime
) -> int:
    """Send an invitation to each address that has none running; give how many were sent."""
    rules.check_lead(by, recruitment)
    _check_open(recruitment, at)
    running = recruitment.invitations.filter(expires_at__gt=at, used_at=None)
    known = set(running.exclude(invited_by=None).values_list("email", flat=True))
    new = {address.strip().lower() for address in emails} - known
    for address in sorted(new):
        _send_link(recruitment, address, language, by, at)
    record(actor=by, verb="participants.invite", thing=recruitment, at=at, count=len(new))
    return len(new)


@action
def send_join_link(
    *, recruitment: Recruitment, email: str, language: str, at: datetime
) -> Invitation | None:
    """Send a link to an address that asked for one; None when it has had enough of them lately.

    The caller says the same in both cases, and whether the address is known here is never told.
    """
    _check_open(recruitment, at)
    address = email.strip().lower()
    if queries.links_sent_since(address, at - timedelta(hours=1)) >= LINKS_AN_HOUR:
        nothing_to_do()
        return None
    invitation = _send_link(recruitment, address, language, None, at)
    record(actor=None, verb="participants.send_join_link", thing=invitation, at=at)
    return invitation


@action
def name_keeper(*, recruitment: Recruitment, user: User, by: User, at: datetime) -> KeyKeeper:
    """Name somebody of the unit in charge who may see which person stands behind a code."""
    rules.check_name_keepers(by, recruitment)
    rules.check_lead(user, recruitment)
    row, is_new = KeyKeeper.objects.get_or_create(
        recruitment=recruitment, user=user, defaults={"named_by": by, "named_at": at}
    )
    if is_new:
        record(actor=by, verb="participants.name_keeper", thing=recruitment, at=at, user=user.pk)
    else:
        nothing_to_do()
    return row


@action
def remove_keeper(*, keeper: KeyKeeper, by: User, at: datetime) -> None:
    rules.check_name_keepers(by, keeper.recruitment)
    recruitment, user = keeper.recruitment, keeper.user_id
    keeper.delete()
    record(actor=by, verb="participants.remove_keeper", thing=recruitment, at=at, user=user)


@action
def read_key(*, recruitment: Recruitment, by: User, at: datetime) -> list[tuple[str, str, str]]:
    """Give code, e-mail address and guardian of all who have a key. That it was read stays on record."""
    rules.check_read_key(by, recruitment)
    rows = queries.persons_of(recruitment)
    record(actor=by, verb="participants.read_key", thing=recruitment, at=at, count=len(rows))
    return [
        (key.participant.code, key.email, f"{key.guardian_name} {key.guardian_email}".strip())
        for key in rows
    ]


def _check_open(recruitment: Recruitment, at: datetime) -> None:
    if not queries.is_open(recruitment, localtime(at).date()):
        raise NotNow


def _send_link(
    recruitment: Recruitment, email: str, language: str, by: User | None, at: datetime
) -> Invitation:
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        recruitment=recruitment,
        email=email,
        language=language,
        digest=queries.digest_of(token),
        invited_by=by,
        created_at=at,
        expires_at=at + LIFE,
    )
    letters.join_link(invitation, token)
    return invitation
