from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell, tell_upstream
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.texts.actions import translate
from vuoksi.base.texts.models import Translation
from vuoksi.loop.decisions import kinds, queries, rules
from vuoksi.loop.decisions.models import STEP_STATES, Decision, FollowUp, NextStep
from vuoksi.loop.decisions.refusals import NotFinished, NotYet


@dataclass(frozen=True, slots=True)
class Finding:
    """What somebody found who looked whether a decision is in use."""

    use: str
    found_on: date
    text: str
    language: str
    source: str
    value: float | None = None
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step to be written down; `translations` are its title in further languages."""

    title: str
    due_on: date
    translations: Mapping[str, str] = field(default_factory=dict)


@action
def add_step(
    *,
    decision: Decision,
    title: str,
    due_on: date,
    owner: Organisation,
    language: str,
    by: User,
    at: datetime,
) -> NextStep:
    """Write down what must be done next after a decision, by whom and by when; everyone upstream hears of it.

    Raises NotFinished unless the decision is in force.
    """
    rules.check_follow_decision(by, decision)
    _check_in_force(decision)
    step = NextStep.objects.create(
        decision=decision, title=title, due_on=due_on, owner=owner, language=language
    )
    record(actor=by, verb="decisions.add_step", thing=decision, at=at, step=step.pk)
    tell_upstream(kind=kinds.STEP_TAKEN, thing=decision, by=by, at=at)
    return step


@action
def add_steps(
    *,
    decision: Decision,
    steps: Sequence[Wanted],
    owner: Organisation,
    language: str,
    by: User,
    at: datetime,
) -> list[NextStep]:
    """Write down several steps at once; everyone upstream hears of it once. Raises NotFinished as `add_step`."""
    rules.check_follow_decision(by, decision)
    _check_in_force(decision)
    rows = []
    for step in steps:
        row = NextStep.objects.create(
            decision=decision, title=step.title, due_on=step.due_on, owner=owner, language=language
        )
        for code, title in step.translations.items():
            state = Translation.State.HUMAN
            translate(thing=row, language=code, texts={"title": title}, state=state, by=by, at=at)
        rows.append(row)
    if not rows:
        nothing_to_do()
        return rows
    record(actor=by, verb="decisions.add_steps", thing=decision, at=at, count=len(rows))
    tell_upstream(kind=kinds.STEP_TAKEN, thing=decision, by=by, at=at)
    return rows


@action
def settle_step(*, step: NextStep, transition: str, by: User, at: datetime) -> None:
    """Finish a step, give it up, or open it again; everyone upstream hears of it. A second click changes nothing."""
    rules.check_follow_decision(by, step.decision)
    if transition not in STEP_STATES.possible(step.state) and step.state in {"done", "dropped"}:
        return nothing_to_do()
    step.state = STEP_STATES.target(step.state, transition)
    step.settled_on = None if step.state == NextStep.State.OPEN else localtime(at).date()
    step.save(update_fields=["state", "settled_on"])
    record(
        actor=by,
        verb="decisions.settle_step",
        thing=step.decision,
        at=at,
        step=step.pk,
        state=step.state,
    )
    tell_upstream(kind=kinds.STEP_TAKEN, thing=step.decision, by=by, at=at)


@action
def record_follow_up(
    *,
    decision: Decision,
    finding: Finding,
    by: User,
    at: datetime,
    next_on: date | None = None,
) -> FollowUp:
    """Write down whether what was decided is in use; everyone upstream hears of it.

    `next_on` is the day of the next follow-up, if there is to be one. Raises NotFinished unless the decision is in
    force, NotYet for a day to come.
    """
    rules.check_follow_decision(by, decision)
    _check_in_force(decision)
    if finding.found_on > localtime(at).date():
        raise NotYet
    row = FollowUp.objects.create(
        decision=decision,
        found_on=finding.found_on,
        use=finding.use,
        language=finding.language,
        text=finding.text,
        value=finding.value,
        counts=finding.counts,
        source=finding.source,
        recorded_by=by,
        recorded_at=at,
    )
    newest = queries.newest_follow_up(decision) or row
    decision.use, decision.use_on = newest.use, newest.found_on
    decision.follow_up_on = next_on
    decision.save(update_fields=["use", "use_on", "follow_up_on"])
    record(actor=by, verb="decisions.record_follow_up", thing=decision, at=at, use=finding.use)
    tell_upstream(kind=kinds.FOLLOWED_UP[finding.use], thing=decision, by=by, at=at)
    return row


@action
def remind_of_follow_up(*, decision: Decision, at: datetime) -> int:
    """Remind those in charge once of a follow-up whose day has come; give the number of people told."""
    due = decision.follow_up_on
    if due is None or due > localtime(at).date() or decision.reminded_of == due:
        nothing_to_do()
        return 0
    decision.reminded_of = due
    decision.save(update_fields=["reminded_of"])
    record(actor=None, verb="decisions.remind_of_follow_up", thing=decision, at=at)
    people = queries.people_in_charge(decision)
    return tell(people=people, kind=kinds.FOLLOW_UP_DUE, thing=decision, by=None, at=at)


def _check_in_force(decision: Decision) -> None:
    if decision.state != Decision.State.PUBLISHED:
        raise NotFinished
