from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from vuoksi.base.audit.actions import action, record, save_if_unchanged
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.loop.decisions import queries, rules
from vuoksi.loop.decisions.kinds import DECISION_PUBLISHED
from vuoksi.loop.decisions.models import DECISION_STATES, Decision
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import EXPERIMENT_STATES, Experiment
from vuoksi.strategy.actions import open_action, post_update
from vuoksi.strategy.models import Action, Goal

WITHOUT_EVIDENCE = frozenset({Decision.Kind.STOP, Decision.Kind.REPEAT})


class NoEvidence(ValueError):
    """Scaling up or adapting needs at least one piece of published evidence of the experiment itself."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a decision says: kind, words, who decided and when."""

    kind: str
    title: str
    reasons: str
    language: str
    decided_by: str
    decided_on: date
    organisation: Organisation | None = None


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
    An earlier decision in force is replaced. Raises NoEvidence, NotPossible.
    """
    rules.check_publish_decision(by, decision)
    state = DECISION_STATES.target(decision.state, "publish")
    if decision.kind not in WITHOUT_EVIDENCE and not decision.evidence.exists():
        raise NoEvidence
    _replace_earlier(decision, by, at)
    _decide(decision.experiment, by, at)
    decision.action = _move_strategy(decision, opens, updates, by, at)
    decision.state, decision.published_at = state, at
    decision.save(update_fields=["action", "state", "published_at"])
    record(actor=by, verb="decisions.publish_decision", thing=decision, at=at, kind=decision.kind)
    tell_upstream(kind=DECISION_PUBLISHED, thing=decision, by=by, at=at, outcome=decision.kind)


def _fields(words: Words) -> dict[str, object]:
    return {name: getattr(words, name) for name in Words.__slots__}


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
