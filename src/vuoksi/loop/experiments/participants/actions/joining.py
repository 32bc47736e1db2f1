"""Coming in: joining, the guardian's consent, the waiting list, and places that become free.

Whoever takes or frees a place holds the recruitment first. Were a way in without this lock, the unique constraint on
numbered places would still refuse the second. What people do themselves is recorded without a name: the trail must not
tell who stands behind a code.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.participants import kinds, letters, queries
from vuoksi.loop.experiments.participants.actions.consents import add_consent
from vuoksi.loop.experiments.participants.actions.keys import (
    OWN_LIFE,
    renew_guardian,
    renew_own,
)
from vuoksi.loop.experiments.participants.engine import CODES, code_from
from vuoksi.loop.experiments.participants.models import (
    PARTICIPANT_STATES,
    Consent,
    ConsentText,
    Invitation,
    Key,
    Participant,
    Place,
    Recruitment,
)
from vuoksi.loop.experiments.participants.refusals import (
    JoinedAlready,
    LinkExpired,
    NotNow,
    NotTakingPart,
    OwnGuardian,
)


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who answers for a minor; confirmed by their own link."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Comer:
    """Who comes: with an account, or by a link that was sent to an address."""

    language: str
    user: User | None = None
    invitation: Invitation | None = None
    guardian: Guardian | None = None

    @property
    def email(self) -> str:
        found = self.invitation.email if self.invitation is not None else None
        return found or (self.user.email if self.user is not None else "")


@action
def join(
    *,
    recruitment: Recruitment,
    comer: Comer,
    text: ConsentText,
    digest: str,
    at: datetime,
    is_demo: bool = False,
) -> Participant:
    """Take part, or wait for a guardian or for a place. The person has agreed to `text`, whose digest they saw.

    Raises NotNow, LinkExpired, JoinedAlready, OwnGuardian, ConsentChanged.
    """
    row = _locked(recruitment)
    _check_comer(row, comer, at)
    participant = Participant.objects.create(
        recruitment=row,
        code=_new_code(row),
        needs_guardian=comer.guardian is not None,
        joined_at=at,
        changed_at=at,
        is_demo=is_demo,
    )
    add_consent(participant=participant, text=text, digest=digest, by=Consent.By.SELF, at=at)
    key, token = _make_key(participant, comer, at)
    record(actor=None, verb="participants.join", thing=participant, at=at)
    if comer.invitation is not None:
        Invitation.objects.filter(pk=comer.invitation.pk).update(used_at=at)
    if comer.guardian is not None:
        letters.ask_guardian(key, renew_guardian(key=key, at=at))
    else:
        _seat(row, participant, at)
    letters.welcome(key, token)
    return participant


@action
def confirm_guardian(*, key: Key, text: ConsentText, digest: str, at: datetime) -> None:
    """The guardian agrees, by their own link; the young person gets a place or waits for one.

    Raises ConsentChanged, and NotTakingPart when the young person has left meanwhile.
    """
    participant = key.participant
    row = _locked(participant.recruitment)
    if queries.has_left(participant):
        raise NotTakingPart
    participant.refresh_from_db()
    add_consent(participant=participant, text=text, digest=digest, by=Consent.By.GUARDIAN, at=at)
    if participant.state == Participant.State.APPLIED:
        _seat(row, participant, at)
        letters.welcome(key, renew_own(key=key, at=at))


@action
def accept_place(*, participant: Participant, at: datetime) -> None:
    """Take a place that was offered."""
    _locked(participant.recruitment)
    participant.refresh_from_db()
    if participant.state == Participant.State.JOINED:
        return nothing_to_do()
    move(participant=participant, step="accept", at=at)
    return None


@action
def lapse_overdue(*, at: datetime) -> int:
    """Let offers and requests to guardians that nobody answered in time go; the places go to the next."""
    nothing_to_do()
    overdue = list(queries.overdue(at))
    count = 0
    for found in overdue:
        recruitment = _locked(found.recruitment)
        # Whoever answered in this moment is overdue no more.
        participant = queries.overdue(at).filter(pk=found.pk).first()
        if participant is None:
            continue
        count += 1
        Place.objects.filter(participant=participant).delete()
        move(participant=participant, step="lapse", at=at)
        key = Key.objects.filter(participant=participant).first()
        if key is not None:
            letters.lapsed(key)
        offer_free(recruitment=recruitment, at=at)
    return count


@action
def offer_free(*, recruitment: Recruitment, at: datetime) -> None:
    """Offer every free place to the next on the waiting list, who has some days to take it; none once it has ended."""
    nothing_to_do()
    if recruitment.experiment.state not in queries.TAKES_IN:
        return
    number, waiting = queries.free_number(recruitment), queries.next_waiting(recruitment)
    while number is not None and waiting is not None:
        Place.objects.create(recruitment=recruitment, number=number, participant=waiting)
        until = at + timedelta(days=recruitment.answer_days)
        move(participant=waiting, step="offer", at=at, until=until)
        _tell_offer(waiting, recruitment.answer_days, until, at)
        number, waiting = queries.free_number(recruitment), queries.next_waiting(recruitment)


@action
def move(
    *,
    participant: Participant,
    step: str,
    at: datetime,
    until: datetime | None = None,
    by: User | None = None,
) -> None:
    """Take a step of the table of states; raises NotPossible."""
    state = PARTICIPANT_STATES.target(participant.state, step)
    save_if_unchanged(
        participant,
        version=participant.version,
        state=state,
        changed_at=at,
        offer_ends_at=until,
    )
    record(actor=by, verb=f"participants.{step}", thing=participant, at=at)


def _locked(recruitment: Recruitment) -> Recruitment:
    whole = Recruitment.objects.select_for_update(of=("self",)).select_related("experiment")
    return whole.get(pk=recruitment.pk)


def _check_comer(recruitment: Recruitment, comer: Comer, at: datetime) -> None:
    if not queries.is_open(recruitment, localtime(at).date()):
        raise NotNow
    if queries.key_of_person(recruitment, comer.email, comer.user) is not None:
        raise JoinedAlready
    if comer.guardian is not None and comer.guardian.email.lower() == comer.email.lower():
        raise OwnGuardian
    if comer.invitation is not None:
        link = Invitation.objects.get(pk=comer.invitation.pk)
        if link.used_at is not None or link.expires_at <= at:
            raise LinkExpired


def _seat(recruitment: Recruitment, participant: Participant, at: datetime) -> None:
    """Give the lowest free place, or a place on the waiting list."""
    is_waited_for = queries.next_waiting(recruitment) is not None
    number = None if is_waited_for else queries.free_number(recruitment)
    if number is None:
        return move(participant=participant, step="queue", at=at)
    Place.objects.create(recruitment=recruitment, number=number, participant=participant)
    return move(participant=participant, step="join", at=at)


def _make_key(participant: Participant, comer: Comer, at: datetime) -> tuple[Key, str]:
    token = secrets.token_urlsafe(32)
    guardian = comer.guardian
    key = Key.objects.create(
        participant=participant,
        user=comer.user,
        email=comer.email,
        language=comer.language,
        digest=queries.digest_of(token),
        link_expires_at=at + OWN_LIFE,
        guardian_name=guardian.name if guardian else "",
        guardian_email=guardian.email.lower() if guardian else "",
    )
    return key, token


def _new_code(recruitment: Recruitment) -> str:
    taken = set(recruitment.participants.values_list("code", flat=True))
    while (code := code_from(secrets.randbelow(CODES))) in taken:
        pass
    return code


def _tell_offer(participant: Participant, days: int, until: datetime, at: datetime) -> None:
    key = Key.objects.select_related("participant__recruitment", "user").get(
        participant=participant
    )
    letters.offered(key, renew_own(key=key, at=at), days)
    if key.user is not None:
        tell(
            people=[key.user],
            kind=kinds.PLACE_OFFERED,
            thing=participant.recruitment,
            by=None,
            at=at,
            until=localtime(until).date().isoformat(),
        )
