"""What a grade is made from: facts of the plan, the groups, the values and the analysis."""

from typing import Any, cast

from django.utils.timezone import localtime

from vuoksi.loop.experiments.analyses.engine import Design, Result
from vuoksi.loop.experiments.analyses.engine.grade import Facts
from vuoksi.loop.experiments.analyses.models import Analysis
from vuoksi.loop.experiments.analyses.queries.problems import Values, data_of, listed_of
from vuoksi.loop.experiments.analyses.queries.reading import result_of
from vuoksi.loop.experiments.plans.models import Experiment, Grouping
from vuoksi.loop.experiments.plans.queries import grouping_of

DRAWN = frozenset({Grouping.Method.CHANCE, Grouping.Method.ORDER})


def facts_of(analysis: Analysis) -> Facts:
    """Everything that the published scale asks about this experiment."""
    experiment, result = analysis.experiment, result_of(analysis)
    values = data_of(experiment)
    grouping = grouping_of(experiment)
    lost = lost_shares(experiment, result, values)
    balance: Any = (analysis.more.get("balance") or {}).get("standing")
    return Facts(
        design=cast("Design", str(experiment.design)),
        by_chance=grouping is not None and grouping.method in DRAWN,
        adjusted=result.method == "ancova",
        lost_reference=lost[0],
        lost_treatment=lost[1],
        balance=balance,
        trends_alike=_trends(result),
        clusters_each=_clusters(experiment, result),
        planned=experiment.planned_units,
        measured=measured_of(experiment, result, values),
        registered=is_registered(experiment, values),
        deviations=experiment.deviations.filter(could_change=True).count(),
    )


def measured_of(experiment: Experiment, result: Result, values: Values) -> int:
    """How many were measured of what the plan counts: units, or the periods of a series."""
    if experiment.design == Experiment.Design.INTERRUPTED_TIME_SERIES:
        return result.n_reference + result.n_treatment
    return len({unit for _arm, unit, _day, _value in values})


def lost_shares(
    experiment: Experiment, result: Result, values: Values
) -> tuple[float | None, float | None]:
    """Share of the listed units that were not measured, on each side; without a list, of the planned ones."""
    measured = {unit for _arm, unit, _day, _value in values}
    listed = listed_of(experiment)
    if listed:
        return tuple(  # type: ignore[return-value]  # two sides
            _share([one.code in measured for one in listed if one.arm == arm])
            for arm in ("control", "treatment")
        )
    if experiment.design == Experiment.Design.BEFORE_AFTER_PAIRED:
        return None, 1 - result.n_treatment / len(measured)
    return None, None


def is_registered(experiment: Experiment, values: Values) -> bool:
    """Whether the plan was fixed before the first value with the trial."""
    if experiment.frozen_at is None:
        return False
    fixed = localtime(experiment.frozen_at).date().isoformat()
    start = experiment.switch_on.isoformat() if experiment.switch_on else ""
    days = [day for arm, _unit, day, _value in values if arm in {"after", "treatment"}]
    return all(day >= fixed for day in days if day >= start)


def _share(found: list[bool]) -> float | None:
    return 1 - sum(found) / len(found) if found else None


def _trends(result: Result) -> bool | None:
    standing = {check.code: check.standing for check in result.checks}.get("parallel_trends")
    return None if standing is None else standing == "holds"


def _clusters(experiment: Experiment, result: Result) -> int | None:
    """The smaller number of groups or sites on a side, where such were chosen; a wedge's sites are on both."""
    if experiment.design == Experiment.Design.STEPPED_WEDGE:
        return (result.n_clusters or 0) // 2
    clusters = {(one.arm, one.cluster) for one in listed_of(experiment) if one.cluster}
    if not clusters:
        return None
    arms = [arm for arm, _cluster in clusters]
    return min(arms.count("control"), arms.count("treatment"))
