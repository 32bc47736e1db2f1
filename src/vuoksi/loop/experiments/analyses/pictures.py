"""What the page of an experiment draws, made from what was read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from vuoksi.base.texts.queries import in_language
from vuoksi.base.ui.charts import Chart
from vuoksi.base.ui.maps import Feature, Map
from vuoksi.indicators.words import figure
from vuoksi.loop.experiments.analyses import queries
from vuoksi.loop.experiments.analyses.charts import effect_chart, values_chart
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence
from vuoksi.loop.experiments.analyses.words import (
    FINDING_TONES,
    OUTCOME_TONES,
    OUTCOMES,
    sentence_words,
)
from vuoksi.loop.experiments.measurements.queries import arms_of
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import measure_words, unit_of


@dataclass(frozen=True, slots=True)
class Shown:
    """An analysis as its reader meets it: sentences first, then pictures."""

    analysis: Analysis
    is_current: bool
    is_interim: bool
    effect: str
    interval: str
    finding: str
    finding_tone: str
    outcome: str
    outcome_tone: str
    plain: list[str]
    why: str
    limits: list[str]
    left_out: list[str]
    charts: list[Chart]


def shown_of(analysis: Analysis, experiment: Experiment) -> Shown:
    """Word and draw one analysis."""
    result, problem = queries.result_of(analysis), queries.stored_problem(analysis)
    unit = unit_of(experiment)
    finding = queries.finding_of(result, problem.better)
    said = [(one.code, sentence_words(one)) for one in queries.sentences_of(analysis)]
    outcome = [words for code, words in said if code.startswith("outcome_")]
    first = next(n for n, (code, _words) in enumerate(said) if code.startswith("outcome_"))
    title = str(in_language(experiment, "measure")) or measure_words(experiment)
    return Shown(
        analysis=analysis,
        is_current=queries.is_current(analysis),
        is_interim=queries.is_interim(analysis),
        effect=figure(result.effect, unit),
        interval=f"{figure(result.interval.low, unit)} – {figure(result.interval.high, unit)}",
        finding=str(finding.label),
        finding_tone=FINDING_TONES[finding],
        outcome=str(OUTCOMES[result.rule_outcome]),
        outcome_tone=OUTCOME_TONES[result.rule_outcome],
        plain=[words for _code, words in said[:first]],
        why=outcome[0],
        limits=[words for _code, words in said[first + 1 :]],
        left_out=analysis.problem["left_out"],
        charts=[
            effect_chart(gettext("Effect with its 95 % interval"), result, unit),
            # Where somebody has withdrawn since, no single value is drawn.
            *(
                []
                if analysis.problem.get("withdrawn")
                else [values_chart(title, problem, arms_of(experiment), unit)]
            ),
        ],
    )


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
