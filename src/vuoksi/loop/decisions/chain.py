"""The chain from need to strategy, gathered around any of its things in a fixed number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet

from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.calls.rules import IS_PUBLIC, PUBLIC_CALLS
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.decisions.queries import public_decisions
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Action, Goal, Target

MOST_OF_A_KIND = 12


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that hangs together with `focus`, each step's things in a stable order."""

    focus: Model
    goals: list[Goal] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    experiments: list[Experiment] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    # Pairs of (entry, experiment) that belong together.
    made_from: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of thing is found by its address, and which experiments belong to it."""

    rows: Callable[[], QuerySet[Any]]
    lookup: str
    experiments: Callable[[Any], Q]


KINDS: dict[str, Kind] = {
    "goal": Kind(Goal.objects.all, "slug", lambda goal: Q(goal=goal) | Q(entries__call__goal=goal)),
    "call": Kind(
        lambda: Call.objects.filter(state__in=PUBLIC_CALLS),
        "slug",
        lambda call: Q(entries__call=call),
    ),
    "entry": Kind(
        lambda: Entry.objects.filter(IS_PUBLIC, call__state__in=PUBLIC_CALLS),
        "pk",
        lambda entry: Q(entries=entry),
    ),
    "experiment": Kind(
        lambda: Experiment.objects.exclude(state=Experiment.State.DRAFT),
        "slug",
        lambda row: Q(pk=row.pk),
    ),
    "decision": Kind(public_decisions, "slug", lambda decision: Q(pk=decision.experiment_id)),
    "action": Kind(Action.objects.all, "slug", lambda row: Q(decisions__action=row)),
}


def chain_of(kind: str, focus: Model) -> Chain:
    """Gather the chain around `focus`. Raises KeyError for an unknown kind."""
    experiments = _some(
        Experiment.objects.exclude(state=Experiment.State.DRAFT)
        .filter(KINDS[kind].experiments(focus))
        .distinct()
    )
    made_from = _made_from(experiments)
    entries = _entries(focus, {entry for entry, _experiment in made_from})
    calls = _calls(focus, {entry.call_id for entry in entries})
    decisions = _some(public_decisions().filter(experiment__in=experiments))
    actions = _actions(focus, decisions)
    goals = _goals(focus, experiments, calls, actions)
    targets = list(
        Target.objects.filter(goal__in=goals)
        .select_related("indicator")
        .order_by("pk")[:MOST_OF_A_KIND]
    )
    attach([target.indicator for target in targets])
    return Chain(
        focus=focus,
        goals=attach(goals),
        calls=attach(calls),
        entries=attach(entries),
        experiments=attach(experiments),
        evidence=attach(_some(Evidence.objects.filter(experiment__in=experiments))),
        decisions=attach(decisions),
        actions=attach(actions),
        targets=targets,
        made_from=made_from,
    )


def _some(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.order_by("pk")[:MOST_OF_A_KIND])


def _made_from(experiments: Iterable[Experiment]) -> frozenset[tuple[int, int]]:
    rows = Entry.objects.filter(IS_PUBLIC, experiments__in=list(experiments))
    return frozenset(rows.values_list("pk", "experiments"))


def _entries(focus: Model, keys: set[int]) -> list[Entry]:
    wanted = keys | ({focus.pk} if isinstance(focus, Entry) else set())
    return _some(Entry.objects.filter(pk__in=wanted).select_related("call"))


def _calls(focus: Model, keys: set[int]) -> list[Call]:
    found = Q(pk__in=keys)
    if isinstance(focus, Call):
        found |= Q(pk=focus.pk)
    if isinstance(focus, Goal):
        found |= Q(goal=focus)
    return _some(Call.objects.filter(found, state__in=PUBLIC_CALLS))


def _actions(focus: Model, decisions: Iterable[Decision]) -> list[Action]:
    keys = {decision.action_id for decision in decisions if decision.action_id}
    if isinstance(focus, Action):
        keys.add(focus.pk)
    return _some(Action.objects.filter(pk__in=keys))


def _goals(
    focus: Model,
    experiments: Iterable[Experiment],
    calls: Iterable[Call],
    actions: Iterable[Action],
) -> list[Goal]:
    below: list[Any] = [*experiments, *calls, *actions]
    keys = {row.goal_id for row in below if row.goal_id}
    if isinstance(focus, Goal):
        keys.add(focus.pk)
    return _some(Goal.objects.filter(pk__in=keys))
