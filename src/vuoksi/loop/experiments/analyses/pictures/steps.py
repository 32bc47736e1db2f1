"""Where an experiment happens, and the steps from plan to decision."""

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from vuoksi.base.texts.queries import in_language
from vuoksi.base.ui.maps import Feature, Map
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment


def map_of(experiment: Experiment) -> Map | None:
    """Where it happens."""
    place = experiment.testbed
    if place is None:
        return None
    feature = Feature(
        place.slug,
        str(in_language(place, "name")),
        "",
        place.geometry,
        place.get_kind_display(),
        str(in_language(place, "summary")),
    )
    return Map(gettext("Where it is tried"), [feature])


def timeline_of(experiment: Experiment, evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The steps from plan to decision, each done, now or next."""
    state = experiment.State
    if experiment.state == state.CANCELLED:
        return _cancelled(experiment)
    reached = {state.DRAFT: 0, state.RUNNING: 1, state.ENDED: 2, state.DECIDED: 4}
    now = reached[state(experiment.state)]
    if now == 2 and evidence:
        now = 3
    dates = (
        localtime(experiment.created_at).date(),
        experiment.frozen_at or experiment.starts_on,
        experiment.ended_at or experiment.ends_on,
        evidence[0].published_at if evidence else None,
        None,
    )
    labels = (
        gettext("Planned"),
        gettext("Plan fixed, running"),
        gettext("Ended"),
        gettext("Evidence published"),
        gettext("Decided"),
    )
    return [
        {"label": label, "date": day, "state": _step_state(place, now)}
        for place, (label, day) in enumerate(zip(labels, dates, strict=True))
    ]


def _step_state(place: int, now: int) -> str:
    if place == now:
        return "now"
    return "done" if place < now else "next"


def _cancelled(experiment: Experiment) -> list[dict[str, Any]]:
    steps = [
        {
            "label": gettext("Planned"),
            "date": localtime(experiment.created_at).date(),
            "state": "done",
        }
    ]
    if experiment.frozen_at is not None:
        started = gettext("Plan fixed, running")
        steps.append({"label": started, "date": experiment.frozen_at, "state": "done"})
    return [
        *steps,
        {"label": gettext("Cancelled"), "date": experiment.ended_at, "state": "now"},
    ]
