"""Where an experiment comes from, and what an idea's page shows of it."""

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
from vuoksi.loop.calls.downstream import Offer, Step, downstream_of_entry, offered_on_entry
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.experiments.plans import queries, rules
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.words import TONES
from vuoksi.strategy.downstream import Line, downstream_of
from vuoksi.strategy.models import Goal


@discussable(Experiment)
def about_experiment(experiment: Experiment) -> About:
    return About(
        url=experiment.get_absolute_url(),
        may_read=lambda user: rules.may_discuss(user, experiment),
        may_answer=rules.may_steer_experiment,
    )


@upstream_of(Experiment)
def sources_of(experiment: Experiment) -> Iterable[Model]:
    goal = [experiment.goal] if experiment.goal is not None else []
    return [*experiment.entries.select_related("call__goal").order_by("pk"), *goal]


@authors_of(Experiment)
def planner_of(experiment: Experiment) -> Iterable[User]:
    return [experiment.created_by] if experiment.created_by is not None else []


@downstream_of_entry
def experiments_of_entries(entries: Sequence[Entry]) -> dict[int, list[Step]]:
    pairs = list(queries.experiments_from(entries))
    attach([pair.experiment for pair in pairs])
    steps: dict[int, list[Step]] = defaultdict(list)
    for pair in pairs:
        steps[pair.entry_id].append(_step(pair.experiment))
    return steps


@offered_on_entry
def make_an_experiment(user: Person, entry: Entry) -> list[Offer]:
    if entry.state != Entry.State.ACCEPTED or not rules.may_create_experiment(user, entry):
        return []
    return [Offer(_("Make an experiment"), reverse("experiments:create", args=[entry.pk]))]


@downstream_of(Goal, label=_("Experiments"), order=20)
def experiments_for(goal: Goal, user: Person) -> Iterable[Line]:
    rows = queries.public_experiments(user).filter(goal=goal).order_by("-starts_on", "pk")
    return [
        Line(
            in_language(row, "title").text,
            row.get_absolute_url(),
            row.get_state_display(),
            TONES[Experiment.State(row.state)],
            row.starts_on,
        )
        for row in attach(rows)
    ]


def _step(row: Experiment) -> Step:
    return Step(
        title=in_language(row, "title").text,
        url=row.get_absolute_url(),
        label=row.get_state_display(),
        tone=TONES[Experiment.State(row.state)],
        text=in_language(row, "summary").text,
        at=row.frozen_at,
    )
