"""Going out: withdrawal with what was promised for the data, no-show and completion, and forgetting in time."""

import secrets
from datetime import datetime, timedelta

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.base.privacy.actions import drop_exports_of
from vuoksi.loop.experiments.participants import kinds, letters, queries, rules
from vuoksi.loop.experiments.participants.actions.joining import move, offer_free
from vuoksi.loop.experiments.participants.engine import CODES, code_from
from vuoksi.loop.experiments.participants.models import (
    Consent,
    Invitation,
    Item,
    Key,
    KeyKeeper,
    Participant,
    Place,
    Recruitment,
    Response,
)
from vuoksi.loop.experiments.participants.registry import forgetting


@action
def withdraw(*, participant: Participant, at: datetime) -> None:
    """Withdraw: consents end, the data are treated as promised in every storey, the key goes, the place is free.

    All in one transaction, so that nothing is left half done. The person's letter is the last use of their address.
    """
    recruitment = Recruitment.objects.select_for_update().get(pk=participant.recruitment_id)
    participant.refresh_from_db()
    if participant.state == Participant.State.WITHDRAWN:
        return nothing_to_do()
    is_erased = queries.promises_erasure(participant)
    new_code = None if is_erased else _loose_code(recruitment)
    Place.objects.filter(participant=participant).delete()
    move(participant=participant, step="withdraw", at=at)
    Consent.objects.filter(participant=participant, withdrawn_at=None).update(withdrawn_at=at)
    _forget_answers(participant, new_code)
    for forget in forgetting():
        forget(experiment=recruitment.experiment, code=participant.code, new_code=new_code, at=at)
    _confirm(participant, recruitment, at, is_erased=is_erased)
    offer_free(recruitment=recruitment, at=at)
    return None


@action
def settle(*, participant: Participant, step: str, by: User, at: datetime) -> None:
    """Keep that somebody completed or did not come, or that this was said by mistake (complete, miss, return)."""
    rules.check_lead(by, participant.recruitment)
    if step not in {"complete", "miss", "return"}:
        raise ValueError(step)
    move(participant=participant, step=step, at=at, by=by)


@action
def forget_person(*, user: User, keep_texts: bool, at: datetime) -> None:
    """An account goes: whoever takes part with it, or with its address, withdraws, and invitations go."""
    for key in queries.keys_of(user):
        if key.participant.state != Participant.State.LAPSED:
            withdraw(participant=key.participant, at=at)
        Key.objects.filter(pk=key.pk).delete()
    Invitation.objects.filter(email__iexact=user.email).delete()
    KeyKeeper.objects.filter(user=user).delete()
    record(actor=None, verb="participants.forget_person", thing=user, at=at, kept=keep_texts)


@action
def drop_invitations(*, days: int, at: datetime) -> int:
    """Forget invitations that were used or have ended."""
    old = Invitation.objects.filter(expires_at__lt=at - timedelta(days=days))
    count, _models = old.delete()
    nothing_to_do()
    return count


@action
def drop_lapsed(*, days: int, at: datetime) -> int:
    """Forget who did not get a place."""
    before = at - timedelta(days=days)
    rows = Key.objects.filter(participant__state="lapsed", participant__changed_at__lt=before)
    count, _models = rows.delete()
    nothing_to_do()
    return count


@action
def forget_in_time(*, days: int, at: datetime) -> int:
    """Erase keys and answers of experiments that ended longer ago than each person's consent allows.

    One that was planned and never began counts as ended at the last sign that it would; who joined it is told.
    `days` is the longest that any consent allows; what was measured stays under codes that lead to nobody.
    """
    nothing_to_do()
    count = 0
    for recruitment in queries.with_keys_or_answers():
        kept = timedelta(days=min(days, _shortest(recruitment)))
        over = queries.over_since(recruitment)
        if over + kept < at:
            if recruitment.experiment.ended_at is None:
                _say_that_it_never_began(recruitment)
            count += _forget_all(recruitment, at)
    return count


def _forget_answers(participant: Participant, new_code: str | None) -> None:
    rows = Response.objects.filter(participant=participant)
    if new_code is None:
        rows.delete()
        return
    # A short text may tell who wrote it, so it goes in any case.
    texts = Item.objects.filter(survey__recruitment=participant.recruitment_id, kind="text")
    keys = {str(pk) for pk in texts.values_list("pk", flat=True)}
    for row in rows:
        row.answers = {key: value for key, value in row.answers.items() if key not in keys}
        row.participant, row.loose_code = None, new_code
        row.save()


def _confirm(
    participant: Participant, recruitment: Recruitment, at: datetime, *, is_erased: bool
) -> None:
    key = Key.objects.select_related("user").filter(participant=participant).first()
    if key is None:
        return
    key.participant = participant
    letters.withdrawn(key, is_erased=is_erased)
    # A copy that was made before still holds what is forgotten now.
    drop_exports_of(users=queries.accounts_of(key), at=at)
    if key.user is not None:
        tell(people=[key.user], kind=kinds.WITHDRAWN, thing=recruitment, by=None, at=at)
    key.delete()
    record(actor=None, verb="participants.forget_key", thing=participant, at=at, erased=is_erased)


def _loose_code(recruitment: Recruitment) -> str:
    """A code that stands in no table of participants: nobody can say whose it was."""
    taken = set(recruitment.participants.values_list("code", flat=True))
    while (code := code_from(secrets.randbelow(CODES))) in taken:
        pass
    return code


def _shortest(recruitment: Recruitment) -> int:
    """The shortest time that a version promised to anybody."""
    days = recruitment.consent_versions.exclude(state="draft").values_list(
        "retention_days", flat=True
    )
    return min(days, default=0)


def _say_that_it_never_began(recruitment: Recruitment) -> None:
    for key in Key.objects.filter(participant__recruitment=recruitment).exclude(
        participant__state__in=queries.GONE
    ):
        letters.never_began(key)
    # Whoever joins anew, should it begin after all, finds them free.
    Place.objects.filter(recruitment=recruitment).delete()


def _forget_all(recruitment: Recruitment, at: datetime) -> int:
    keys, _models = Key.objects.filter(participant__recruitment=recruitment).delete()
    answers, _more = Response.objects.filter(survey__recruitment=recruitment).delete()
    if keys or answers:
        record(
            actor=None,
            verb="participants.forget_in_time",
            thing=recruitment,
            at=at,
            keys=keys,
            answers=answers,
        )
    return keys + answers
