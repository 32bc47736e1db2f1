from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import translation

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.moderation import kinds, letters, queries, rules
from vuoksi.base.moderation.actions.opening import hold
from vuoksi.base.moderation.actions.things import apply_outcome, rewrite
from vuoksi.base.moderation.models import (
    CASE_STATES,
    ERASING,
    Appeal,
    Case,
    Decision,
    Origin,
    Outcome,
)
from vuoksi.base.moderation.refusals import NotThisOutcome, TooLate
from vuoksi.base.moderation.registry import KINDS
from vuoksi.base.moderation.rules import Seat
from vuoksi.base.moderation.words import FINE, REASONS, reason_label
from vuoksi.base.notices.actions import tell
from vuoksi.base.notices.kinds import Kind as NoticeKind
from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person
from vuoksi.base.texts.models import Visibility


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a moderator chose: the outcome, the rule it rests on, and words for those whom it concerns."""

    outcome: Outcome
    reason: str
    words: str
    language: str


@action
def decide(*, case: Case, ruling: Ruling, by: User, at: datetime) -> Decision:
    """Decide a case for the first time. Author and reporters are told, with how to appeal.

    Raises NotAllowed, NotPossible (it was decided meanwhile), NotThisOutcome.
    """
    row = _locked(case)
    target = CASE_STATES.target(row.state, "decide")
    rules.check_decide(by, Seat(row))
    row.state, row.decided_at = target, at
    row.save(update_fields=["state", "decided_at"])
    until = at + timedelta(days=settings.MODERATION_APPEAL_DAYS)
    return _rule(row, ruling, by, at, stage=Decision.Stage.FIRST, appeal_until=until)


@action
def settle(*, case: Case, ruling: Ruling, by: User, at: datetime) -> Decision:
    """Decide on an appeal, as another person than the first. That is the last word here.

    Raises NotAllowed, NotPossible, NotThisOutcome.
    """
    row = _locked(case)
    target = CASE_STATES.target(row.state, "settle")
    rules.check_settle(by, Seat(row))
    first = queries.first_decision(row)
    assert first is not None
    row.state = target
    row.save(update_fields=["state"])
    return _rule(row, ruling, by, at, stage=Decision.Stage.APPEAL, first_by=first.by)


@action
def appeal(*, seat: Seat, text: str, language: str, by: Person, who: str, at: datetime) -> Appeal:
    """Ask for another look at a decision. A second appeal by the same person is the first. Raises NotAllowed, TooLate."""
    row = _locked(seat.case)
    rules.check_appeal(by, Seat(row, seat.report, seat.is_authors_link))
    known = row.appeals.filter(who=who).first()
    if known is not None:
        nothing_to_do()
        return known
    first = queries.first_decision(row)
    if first is None or first.appeal_until is None or at > first.appeal_until:
        raise TooLate(first.appeal_until if first and first.appeal_until else at)
    if row.state == Case.State.DECIDED:
        row.appealed_at = at
    row.state = CASE_STATES.target(row.state, "appeal")
    row.save(update_fields=["state", "appealed_at"])
    wrote_it = rules.is_author.test(by, seat)
    made = Appeal.objects.create(
        case=row,
        side=Appeal.Side.AUTHOR if wrote_it else Appeal.Side.REPORTER,
        person=by if isinstance(by, User) else None,
        who=who,
        text=text,
        language=language,
        at=at,
    )
    record(actor=by, verb="moderation.appeal", thing=row, at=at, side=made.side)
    return made


@action
def mend(*, seat: Seat, texts: Mapping[str, str], by: Person, at: datetime) -> Case:
    """Write anew what the moderators asked to mend: it shows when somebody has looked at it. Raises NotAllowed."""
    row = _locked(seat.case)
    rules.check_mend(by, Seat(row, seat.report, seat.is_authors_link))
    thing = row.thing
    assert isinstance(thing, Model)
    rewrite(thing=thing, texts=texts, by=by, at=at)
    return hold(thing=thing, doubt="", at=at, origin=Origin.MENDED, is_demo=row.is_demo)


def _rule(row: Case, ruling: Ruling, by: User, at: datetime, **more: object) -> Decision:
    """Keep the decision, do it, and tell those whom it concerns."""
    _check_fit(row, ruling)
    decision = Decision.objects.create(
        case=row,
        outcome=ruling.outcome,
        reason=ruling.reason,
        words=ruling.words,
        language=ruling.language,
        by=by,
        at=at,
        **more,
    )
    thing = row.thing
    if isinstance(thing, Model):
        apply_outcome(
            thing=thing, ruling_outcome=ruling.outcome, reason=ruling.reason, by=by, at=at
        )
        _tell_authors(decision, thing, by, at)
    _tell_reporters(decision, by, at)
    record(
        actor=by,
        verb=f"moderation.{'decide' if decision.stage == Decision.Stage.FIRST else 'settle'}",
        thing=row,
        at=at,
        outcome=ruling.outcome,
        reason=ruling.reason,
    )
    return decision


def _check_fit(row: Case, ruling: Ruling) -> None:
    keeps = ruling.outcome == Outcome.KEEP
    if keeps != (ruling.reason == FINE) or ruling.reason not in {*REASONS, FINE}:
        raise NotThisOutcome("what breaks no rule is kept, and only that")
    if ruling.outcome == Outcome.REMOVE and ruling.reason not in ERASING:
        raise NotThisOutcome("this reason hides a text and does not erase it")
    is_gone = getattr(row.thing, "visibility", "") == Visibility.REMOVED
    if is_gone and ruling.outcome in {Outcome.KEEP, Outcome.HIDE}:
        raise NotThisOutcome(
            "a text that was erased cannot be shown again; its author can write it anew"
        )


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update().get(pk=case.pk)


def _tell_authors(decision: Decision, thing: Model, by: User, at: datetime) -> None:
    kind = KINDS[type(thing)]
    for person in kind.authors(thing):
        _tell(decision, person, kinds.TEXT_DECIDED, by, at)
    for address, language in kind.addresses(thing):
        send = partial(letters.decided, decision, to=address, language=language)
        transaction.on_commit(send, robust=True)


def _tell_reporters(decision: Decision, by: User, at: datetime) -> None:
    case = decision.case
    for person in queries.reporters_of(case):
        _tell(decision, person, kinds.REPORT_DECIDED, by, at)
    for row in case.reports.exclude(email=""):
        send = partial(letters.decided, decision, to=row.email, language=row.language, report=row)
        transaction.on_commit(send, robust=True)


def _tell(decision: Decision, person: User, kind: NoticeKind, by: User, at: datetime) -> None:
    """Tell one person, in their own language."""
    with translation.override(person.language):
        model = decision.case.content_type.model_class()
        known = KINDS.get(model) if model is not None else None
        details = {
            "what": str(known.label) if known is not None else "",
            "outcome": str(Outcome(decision.outcome).label),
            "reason": str(reason_label(decision.reason)),
        }
    tell(people=[person], kind=kind, thing=decision.case, by=by, at=at, **details)
