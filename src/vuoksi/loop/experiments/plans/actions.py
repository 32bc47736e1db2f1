from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell, tell_upstream, write_to_authors
from vuoksi.base.notices.links import authors
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.lib import canonical
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.experiments.plans import kinds, queries, rules
from vuoksi.loop.experiments.plans.models import EXPERIMENT_STATES, Experiment
from vuoksi.loop.experiments.plans.refusals import NotReady, PlanChanged
from vuoksi.loop.experiments.plans.registry import obstacles_before_start


@action
def create_experiment(
    *,
    slug: str,
    language: str,
    title: str,
    summary: str,
    entries: Iterable[Entry],
    by: User,
    at: datetime,
    partners: Iterable[Organisation] = (),
    **more: Any,
) -> Experiment:
    """Begin to plan an experiment from ideas that go forward; their authors hear of it.

    `more` are further fields of the plan. Without a goal it serves the goal of the first idea's call.
    """
    sources = list(entries)
    rules.check_create_experiment(by)
    for entry in sources:
        rules.check_create_experiment(by, entry)
    if sources and more.get("goal") is None:
        more["goal"] = sources[0].call.goal
    experiment = Experiment.objects.create(
        slug=slug,
        language=language,
        title=title,
        summary=summary,
        created_by=by,
        created_at=at,
        **more,
    )
    experiment.entries.set(sources)
    experiment.partners.set(partners)
    record(actor=by, verb="experiments.create_experiment", thing=experiment, at=at)
    people = {person for entry in sources for person in authors(entry)} - {by}
    planned = kinds.EXPERIMENT_PLANNED
    tell(people=people, kind=planned, thing=experiment, by=by, at=at)
    write_to_authors(of=sources, kind=planned, thing=experiment, by=by, at=at)
    return experiment


@action
def edit_experiment(
    *,
    experiment: Experiment,
    version: int,
    by: User,
    at: datetime,
    partners: Iterable[Organisation] | None = None,
    **changes: Any,
) -> None:
    """Change a plan that is not fixed yet. Raises EditedMeanwhile when `version` is not the newest."""
    rules.check_edit_experiment(by, experiment)
    save_if_unchanged(experiment, version=version, **changes)
    if partners is not None:
        experiment.partners.set(partners)
    record(
        actor=by,
        verb="experiments.edit_experiment",
        thing=experiment,
        at=at,
        fields=sorted(changes),
    )


@action
def start_experiment(
    *, experiment: Experiment, by: User, at: datetime, digest: str | None = None
) -> None:
    """Fix the plan for good and start; everyone upstream hears of it. A second click changes nothing.

    `digest` is that of the plan which the person saw. Raises NotReady, PlanChanged, NotPossible.
    """
    rules.check_steer_experiment(by, experiment)
    if experiment.state == Experiment.State.RUNNING:
        return nothing_to_do()
    state = EXPERIMENT_STATES.target(experiment.state, "start")
    faults = queries.faults_before_start(experiment, localtime(at).date())
    obstacles = obstacles_before_start(experiment, localtime(at).date())
    if faults or obstacles:
        raise NotReady(experiment, faults, obstacles)
    plan = queries.plan_of(experiment)
    fixed = canonical.digest(plan)
    if digest is not None and digest != fixed:
        raise PlanChanged
    save_if_unchanged(
        experiment,
        version=experiment.version,
        state=state,
        frozen_at=at,
        frozen_text=canonical.canonical(plan),
        frozen_digest=fixed,
    )
    record(actor=by, verb="experiments.start_experiment", thing=experiment, at=at, digest=fixed)
    tell_upstream(kind=kinds.EXPERIMENT_STARTED, thing=experiment, by=by, at=at)


@action
def end_experiment(*, experiment: Experiment, by: User, at: datetime) -> None:
    """End the trial; measurements may still come in until there is a decision."""
    rules.check_steer_experiment(by, experiment)
    if experiment.state == Experiment.State.ENDED:
        return nothing_to_do()
    state = EXPERIMENT_STATES.target(experiment.state, "end")
    save_if_unchanged(experiment, version=experiment.version, state=state, ended_at=at)
    record(actor=by, verb="experiments.end_experiment", thing=experiment, at=at)
    tell_upstream(kind=kinds.EXPERIMENT_ENDED, thing=experiment, by=by, at=at)


@action
def cancel_experiment(*, experiment: Experiment, reason: str, by: User, at: datetime) -> None:
    """Give up the experiment, with the reason for all to read; what was measured stays."""
    rules.check_steer_experiment(by, experiment)
    if experiment.state == Experiment.State.CANCELLED:
        return nothing_to_do()
    state = EXPERIMENT_STATES.target(experiment.state, "cancel")
    save_if_unchanged(
        experiment, version=experiment.version, state=state, ended_at=at, cancel_reason=reason
    )
    record(actor=by, verb="experiments.cancel_experiment", thing=experiment, at=at)
    tell_upstream(kind=kinds.EXPERIMENT_CANCELLED, thing=experiment, by=by, at=at)
