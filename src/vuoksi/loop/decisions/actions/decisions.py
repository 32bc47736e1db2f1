from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, record, save_if_unchanged
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.loop.decisions import queries, rules
from vuoksi.loop.decisions.engine import goes_against
from vuoksi.loop.decisions.kinds import DECISION_PUBLISHED
from vuoksi.loop.decisions.models import DECISION_STATES, Decider, Decision, Dissent
from vuoksi.loop.decisions.refusals import NeedsWhy, NoEvidence, NotYet
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import EXPERIMENT_STATES, Experiment
from vuoksi.strategy.actions import open_action, post_update
from vuoksi.strategy.models import Action, Goal

WITHOUT_EVIDENCE = frozenset({Decision.Kind.STOP, Decision.Kind.REPEAT})


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who took part in the decision, as the minutes name them."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Another opinion in its own words; without a name it is that of a member."""

    words: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a decision says: kind, words, who decided and when, who thought otherwise."""

    kind: str
    title: str
    reasons: str
    language: str
    decided_by: str
    decided_on: date
    organisation: Organisation | None = None
    against_why: str = ""
    learned: str = ""
    follow_up_on: date | None = None
    deciders: tuple[Named, ...] = ()
    dissents: tuple[Objection, ...] = ()


PEOPLE = frozenset({"deciders", "dissents"})


@dataclass(frozen=True, slots=True)
class NewAction:
    """A strategy action that a decision opens under `goal`."""

    goal: Goal
    title: str
    summary: str = ""
    # Its address; without one the title gives it.
    slug: str = ""


@action
def draft_decision(
    *,
    experiment: Experiment,
    slug: str,
    words: Words,
    evidence: Iterable[Evidence],
    by: User,
    at: datetime,
    is_demo: bool = False,
) -> Decision:
    """Write down a decision on an experiment that has ended; nobody but staff sees it yet.

    Raises NotPossible unless the experiment has ended, ValueError for another experiment's evidence.
    """
    rules.check_draft_decision(by)
    _check_undecided(experiment)
    decision = Decision.objects.create(
        experiment=experiment, slug=slug, recorded_by=by, is_demo=is_demo, **_fields(words)
    )
    _set_evidence(decision, evidence)
    _set_people(decision, words)
    record(actor=by, verb="decisions.draft_decision", thing=decision, at=at, kind=words.kind)
    return decision


@action
def edit_decision(
    *,
    decision: Decision,
    version: int,
    words: Words,
    evidence: Iterable[Evidence],
    by: User,
    at: datetime,
) -> None:
    """Change a draft; raises EditedMeanwhile."""
    rules.check_edit_decision(by, decision)
    save_if_unchanged(decision, version=version, **_fields(words))
    _set_evidence(decision, evidence)
    _set_people(decision, words)
    record(actor=by, verb="decisions.edit_decision", thing=decision, at=at)


@action
def publish_decision(
    *,
    decision: Decision,
    by: User,
    at: datetime,
    opens: NewAction | None = None,
    updates: Action | None = None,
) -> None:
    """Publish a decision, let it move the strategy, and tell everyone upstream.

    `opens` makes a new action under a goal, `updates` writes the decision into an action that stands already.
    An earlier decision in force is replaced. What the rule of the experiment's plan said stands beside the decision
    for good. Raises NoEvidence, NeedsWhy, NotPossible, and NotYet before the day of the decision.
    """
    rules.check_publish_decision(by, decision)
    state = DECISION_STATES.target(decision.state, "publish")
    if decision.decided_on > localtime(at).date():
        raise NotYet
    if decision.kind not in WITHOUT_EVIDENCE and not decision.evidence.exists():
        raise NoEvidence
    _ask_the_rule(decision)
    _replace_earlier(decision, by, at)
    _decide(decision.experiment, by, at)
    decision.action = _move_strategy(decision, opens, updates, by, at)
    decision.state, decision.published_at = state, at
    decision.save()
    record(
        actor=by,
        verb="decisions.publish_decision",
        thing=decision,
        at=at,
        kind=decision.kind,
        rule=decision.rule_outcome,
    )
    tell_upstream(kind=DECISION_PUBLISHED, thing=decision, by=by, at=at, outcome=decision.kind)


def _fields(words: Words) -> dict[str, object]:
    """The columns of a decision; the people stand in tables of their own."""
    names = (field.name for field in fields(words) if field.name not in PEOPLE)
    return {name: getattr(words, name) for name in names}


def _set_people(decision: Decision, words: Words) -> None:
    """Write who decided and who thought otherwise. A translation of unchanged words stays with them."""
    decision.deciders.all().delete()
    Decider.objects.bulk_create(
        Decider(decision=decision, position=n, name=one.name, role=one.role)
        for n, one in enumerate(words.deciders)
    )
    for position, one in enumerate(words.dissents):
        Dissent.objects.update_or_create(
            decision=decision,
            position=position,
            defaults={"name": one.name, "words": one.words, "language": words.language},
        )
    decision.dissents.filter(position__gte=len(words.dissents)).delete()


def _ask_the_rule(decision: Decision) -> None:
    """Keep what the rule said. Leaving the evidence out of the decision does not silence the rule."""
    decision.rule_outcome = queries.rule_outcome_of(decision.experiment)
    decision.goes_against_rule = goes_against(decision.rule_outcome, decision.kind)
    if decision.goes_against_rule and not decision.against_why.strip():
        raise NeedsWhy(decision.rule_outcome)


def _set_evidence(decision: Decision, evidence: Iterable[Evidence]) -> None:
    rows = list(evidence)
    if any(row.experiment_id != decision.experiment_id for row in rows):
        raise ValueError("Evidence must come from the experiment that is decided on.")
    decision.evidence.set(rows)


def _check_undecided(experiment: Experiment) -> None:
    """A new decision is possible after the end, and again after an earlier one."""
    if experiment.state != Experiment.State.DECIDED:
        EXPERIMENT_STATES.target(experiment.state, "decide")


def _replace_earlier(decision: Decision, by: User, at: datetime) -> None:
    earlier = queries.decision_in_force(decision.experiment)
    if earlier is None:
        return
    earlier.state = DECISION_STATES.target(earlier.state, "replace")
    earlier.save(update_fields=["state"])
    if decision.kind != Decision.Kind.STOP:
        # What is in use stays in use until somebody finds otherwise.
        decision.use, decision.use_on = earlier.use, earlier.use_on
    record(
        actor=by, verb="decisions.replace_decision", thing=earlier, at=at, by_decision=decision.slug
    )


def _decide(experiment: Experiment, by: User, at: datetime) -> None:
    """Close the experiment; one that is to be tried again stays decided until its next round is planned."""
    _check_undecided(experiment)
    if experiment.state == Experiment.State.DECIDED:
        return
    experiment.state = EXPERIMENT_STATES.target(experiment.state, "decide")
    experiment.save(update_fields=["state"])
    record(actor=by, verb="experiments.decide", thing=experiment, at=at)


def _move_strategy(
    decision: Decision, opens: NewAction | None, updates: Action | None, by: User, at: datetime
) -> Action | None:
    if opens is not None:
        return open_action(
            slug=opens.slug,
            goal=opens.goal,
            title=opens.title,
            summary=opens.summary,
            language=decision.language,
            owner=decision.organisation,
            is_demo=decision.is_demo,
            by=by,
            at=at,
        )
    if updates is not None:
        post_update(
            action=updates,
            text=f"{decision.title}\n\n{decision.reasons}",
            language=decision.language,
            transition=None,
            by=by,
            at=at,
        )
    return updates
