"""Where a decision comes from, and what it is to those upstream of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.links import authors_of, upstream_of
from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person
from vuoksi.base.talk.about import About, discussable
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.base.texts.registry import translatable
from vuoksi.loop.calls.downstream import Offer, Step, downstream_of_entry
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.decisions import queries, rules
from vuoksi.loop.decisions.models import Decision, Dissent, FollowUp, NextStep
from vuoksi.loop.decisions.words import KIND_TONES
from vuoksi.loop.experiments.plans.downstream import (
    downstream_of_experiment,
    offered_on_experiment,
)
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds.models import Testbed
from vuoksi.strategy.downstream import Line, downstream_of
from vuoksi.strategy.models import Action, Goal

DECIDABLE = frozenset({Experiment.State.ENDED, Experiment.State.DECIDED})


@translatable(Decision)
def may_read_decision(user: Person, decision: Decision) -> bool:
    return rules.may_read_decision(user, decision)


@translatable(Dissent)
def may_read_dissent(user: Person, dissent: Dissent) -> bool:
    return rules.may_read_decision(user, dissent.decision)


@translatable(NextStep)
def may_read_step(user: Person, step: NextStep) -> bool:
    return rules.may_read_decision(user, step.decision)


@translatable(FollowUp)
def may_read_follow_up(user: Person, row: FollowUp) -> bool:
    return rules.may_read_decision(user, row.decision)


@discussable(Decision)
def about_decision(decision: Decision) -> About:
    """A decision in force is discussed; of one that was replaced the discussion can still be read."""
    return About(
        url=decision.get_absolute_url(),
        may_read=lambda user: rules.may_discuss(user, decision),
        may_comment=lambda user: rules.may_comment(user, decision),
        may_answer=lambda user: rules.may_answer(user, decision),
    )


@authors_of(Decision)
def recorder_of(decision: Decision) -> Iterable[User]:
    return [decision.recorded_by] if decision.recorded_by is not None else []


@upstream_of(Action)
def decisions_that_moved(action: Action) -> Iterable[Model]:
    """News about an action reach those whose idea led to it."""
    return queries.decisions_behind(action)


@upstream_of(Decision)
def experiment_of(decision: Decision) -> Iterable[Model]:
    return [decision.experiment]


@upstream_of(Experiment)
def where_and_by_whom(experiment: Experiment) -> Iterable[Model]:
    """Who follows a place, a unit, a partner or an indicator hears of the experiments there."""
    one = [experiment.testbed, experiment.owner, experiment.indicator]
    testbeds = Testbed.objects.filter(place=experiment.testbed_id)
    return [*(row for row in one if row is not None), *testbeds, *experiment.partners.all()]


@downstream_of_entry
def decisions_after_entries(entries: Sequence[Entry]) -> dict[int, list[Step]]:
    """Decisions on the experiments that were made from each entry."""
    found: dict[int, list[Step]] = defaultdict(list)
    pairs = Experiment.entries.through.objects.filter(entry__in=entries)
    made_from: dict[int, list[int]] = defaultdict(list)
    for entry, experiment in pairs.values_list("entry_id", "experiment_id"):
        made_from[experiment].append(entry)
    rows = queries.public_decisions().filter(experiment__in=made_from).order_by("decided_on")
    for decision in attach(rows):
        for entry in made_from[decision.experiment_id]:
            found[entry].append(_step(decision))
    return found


@downstream_of_experiment
def decisions_after_experiments(experiments: Sequence[Experiment]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = defaultdict(list)
    for decision in attach(queries.decisions_on(experiments)):
        found[decision.experiment_id].append(_step(decision))
    return found


@offered_on_experiment
def record_a_decision(user: Person, experiment: Experiment) -> list[Offer]:
    """What a coordinator does beside an experiment: decide, record money, look who was told."""
    if not rules.may_draft_decision(user):
        return []
    offers = [
        Offer(_("Record money"), reverse("decisions:money", args=[experiment.slug])),
        Offer(
            _("Who was told"),
            reverse("notices:told", args=["experiments.experiment", experiment.pk]),
        ),
    ]
    if experiment.state in DECIDABLE:
        decide = Offer(_("Record a decision"), reverse("decisions:draft", args=[experiment.slug]))
        offers.insert(0, decide)
    return offers


@downstream_of(Goal, label=_("Decisions"), order=30)
def decisions_for(goal: Goal, user: Person) -> Iterable[Line]:
    return _lines(queries.public_decisions().filter(experiment__goal=goal).order_by("-decided_on"))


@downstream_of(Action, label=_("Decisions behind this action"), order=10)
def decisions_behind(action: Action, user: Person) -> Iterable[Line]:
    return _lines(queries.decisions_behind(action))


def _step(decision: Decision) -> Step:
    return Step(
        title=in_language(decision, "title").text,
        url=decision.get_absolute_url(),
        label=decision.get_kind_display(),
        tone=KIND_TONES.get(decision.kind, "decide"),
        at=decision.published_at,
    )


def _lines(rows: Iterable[Decision]) -> list[Line]:
    return [
        Line(
            in_language(decision, "title").text,
            decision.get_absolute_url(),
            decision.get_kind_display(),
            KIND_TONES.get(decision.kind, "decide"),
            decision.decided_on,
        )
        for decision in attach(rows)
    ]
