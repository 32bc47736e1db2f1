from collections import defaultdict
from collections.abc import Iterable
from statistics import fmean
from typing import Any, cast

from django.db.models import OuterRef, QuerySet, Subquery

from vuoksi.base.people.rules import Person
from vuoksi.lib import canonical
from vuoksi.loop.experiments.analyses.engine import (
    Better,
    Design,
    Problem,
    Result,
    Sentence,
    explain,
    problem_as_data,
    problem_from,
    result_from,
)
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence
from vuoksi.loop.experiments.measurements.queries import arms_of, values_of
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import public_experiments

ENGINE = "analyses 2"

Sides = dict[str, dict[str, float]]


def with_findings(user: Person | None = None) -> QuerySet[Any]:
    """Public experiments, each with the finding of its newest evidence."""
    newest = Evidence.objects.filter(experiment=OuterRef("pk")).order_by("-published_at", "-pk")
    return public_experiments(user).annotate(finding=Subquery(newest.values("finding")[:1]))


def public_evidence() -> QuerySet[Evidence]:
    """All evidence, whatever it found."""
    return Evidence.objects.select_related("experiment").order_by("-published_at", "-pk")


def evidence_of(experiment: Experiment) -> QuerySet[Evidence]:
    return experiment.evidence.select_related("experiment").order_by("-published_at", "-pk")


def evidence_of_all(experiments: Iterable[Experiment]) -> QuerySet[Evidence]:
    """The evidence of many experiments, the newest last."""
    return Evidence.objects.filter(experiment__in=list(experiments)).order_by("published_at", "pk")


def analyses_of(experiment: Experiment) -> QuerySet[Analysis]:
    return experiment.analyses.order_by("-at", "-pk")


def data_of(experiment: Experiment) -> list[tuple[str, str, str, float]]:
    """Arm, unit, day and value of every measurement, in a fixed order."""
    return values_of(experiment)


def data_digest(rows: Iterable[tuple[str, str, str, float]]) -> str:
    return canonical.digest(list(rows))


def sides_of(rows: Iterable[tuple[str, str, str, float]]) -> Sides:
    """One value a unit and arm, the mean of its days: a unit measured often must not count as many units."""
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for arm, unit, _day, value in rows:
        values[arm, unit].append(value)
    sides: Sides = defaultdict(dict)
    for (arm, unit), found in sorted(values.items()):
        sides[arm][unit] = fmean(found)
    return dict(sides)


def problem_of(experiment: Experiment, rows: Iterable[tuple[str, str, str, float]]) -> Problem:
    """What the frozen plan and the measurements ask; raises the engine's ProblemError if it cannot be answered."""
    sides = sides_of(rows)
    reference, treatment = (sides.get(arm, {}) for arm in arms_of(experiment))
    if experiment.design == Experiment.Design.BEFORE_AFTER_PAIRED:
        both = sorted(reference.keys() & treatment.keys())
        reference = {unit: reference[unit] for unit in both}
        treatment = {unit: treatment[unit] for unit in both}
    return Problem(
        design=cast("Design", str(experiment.design)),
        reference=tuple(reference.values()),
        treatment=tuple(treatment.values()),
        better=cast("Better", str(experiment.better)),
        minimum_effect=experiment.minimum_effect,
        stop_effect=experiment.stop_effect,
    )


def left_out(experiment: Experiment, rows: Iterable[tuple[str, str, str, float]]) -> list[str]:
    """Units that a paired design cannot use because one of their two sides is missing."""
    if experiment.design != Experiment.Design.BEFORE_AFTER_PAIRED:
        return []
    sides = sides_of(rows)
    before, after = (set(sides.get(arm, {})) for arm in arms_of(experiment))
    return sorted(before ^ after)


def is_current(analysis: Analysis) -> bool:
    """Whether no measurement came or went since the analysis."""
    return analysis.data_digest == data_digest(data_of(analysis.experiment))


def is_interim(analysis: Analysis) -> bool:
    """Whether it was made while the experiment was running: a look on the way, which decides nothing."""
    ended = analysis.experiment.ended_at
    return ended is None or analysis.at < ended


def finding_of(result: Result, better: str) -> Evidence.Finding:
    """What the interval says, by rule and not by taste: it helped or did harm if no effect lies outside the interval."""
    low, high = result.interval.low, result.interval.high
    if better == Experiment.Better.DOWN:
        low, high = -high, -low
    if low > 0:
        return Evidence.Finding.BETTER
    return Evidence.Finding.WORSE if high < 0 else Evidence.Finding.NONE


def result_of(analysis: Analysis) -> Result:
    """The engine's result as it was stored."""
    return result_from(analysis.result)


def stored_problem(analysis: Analysis) -> Problem:
    beside = {"left_out", "withdrawn"}
    data = {name: value for name, value in analysis.problem.items() if name not in beside}
    return cast("Problem", problem_from(data))


def sentences_of(analysis: Analysis) -> tuple[Sentence, ...]:
    return explain(stored_problem(analysis), result_of(analysis))


def as_data(problem: Problem, left: list[str]) -> dict[str, Any]:
    return {**problem_as_data(problem), "left_out": left}
