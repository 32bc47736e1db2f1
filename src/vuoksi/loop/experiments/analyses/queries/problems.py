"""From the plan that was fixed and the values that were measured to what the engine is asked."""

from collections.abc import Iterable
from typing import Any, cast

from vuoksi.lib import canonical
from vuoksi.loop.experiments.analyses.engine import (
    AnyProblem,
    Assignment,
    Better,
    Design,
    Kind,
    Listed,
    Row,
    Setting,
    baseline_of,
    problem_from_rows,
)
from vuoksi.loop.experiments.analyses.engine.balance import Balance, Covariates, compare
from vuoksi.loop.experiments.analyses.engine.formats.records import record_from
from vuoksi.loop.experiments.analyses.engine.peeking import LookProblem
from vuoksi.loop.experiments.analyses.engine.problem import Problem, ProblemError
from vuoksi.loop.experiments.analyses.refusals import NoLook
from vuoksi.loop.experiments.measurements.queries import values_of
from vuoksi.loop.experiments.plans.models import Experiment, OtherMeasure
from vuoksi.loop.experiments.plans.queries import grouping_of, units_of

ENGINE = "analyses 5"

Values = list[tuple[str, str, str, float]]


def data_of(experiment: Experiment, measure: str = "") -> Values:
    """Arm, unit, day and value of every measurement of one measure, in a fixed order."""
    return values_of(experiment, measure)


def data_digest(values: Iterable[tuple[str, str, str, float]]) -> str:
    return canonical.digest(list(values))


def rows_of(values: Values) -> list[Row]:
    return [Row(*value) for value in values]


def setting_of(experiment: Experiment, other: OtherMeasure | None = None) -> Setting:
    """What the plan says of its main measure, or of another one: that has no rule and no range."""
    more: dict[str, Any] = {
        "better": cast("Better", str(experiment.better)),
        "kind": cast("Kind", str(experiment.kind)),
        "minimum_effect": experiment.minimum_effect,
        "stop_effect": experiment.stop_effect,
        "lowest": experiment.lowest,
        "highest": experiment.highest,
    }
    if other is not None:
        more = {"better": cast("Better", str(other.better))}
    return Setting(
        design=cast("Design", str(experiment.design)),
        assignment=cast("Assignment", str(experiment.assignment)),
        switch_on=experiment.switch_on.isoformat() if experiment.switch_on else None,
        period=cast("Any", experiment.period or "month"),
        season=cast("Any", str(experiment.season)),
        season_length=experiment.season_length or 12,
        estimand=cast("Any", str(experiment.estimand)),
        listed=listed_of(experiment),
        **more,
    )


def listed_of(experiment: Experiment) -> tuple[Listed, ...]:
    """The groups in force, as the engine wants them."""
    grouping = grouping_of(experiment)
    if grouping is None:
        return ()
    return tuple(
        Listed(
            code=unit.code,
            arm=unit.arm,
            stratum=unit.stratum,
            cluster=unit.cluster,
            pair=unit.pair,
            starts_on=unit.starts_on.isoformat() if unit.starts_on else None,
        )
        for unit in units_of(grouping)
    )


def problem_of(experiment: Experiment, values: Values) -> AnyProblem:
    """What the frozen plan and the measurements ask; raises the engine's ProblemError if it cannot be answered."""
    return problem_from_rows(setting_of(experiment), rows_of(values))


def look_problem(experiment: Experiment, values: Values) -> LookProblem:
    """What a look on the way asks. Raises NoLook where always-valid intervals are not known for the design."""
    if experiment.design not in {"before_after_paired", "before_after", "two_groups", "matched_pairs"}:  # fmt: skip
        raise NoLook("design")
    if not experiment.planned_units:
        raise NoLook("planned")
    problem = problem_of(experiment, values)
    if not isinstance(problem, Problem):
        raise NoLook("design")
    planned = planned_sides(experiment)
    return LookProblem(bare(problem), *planned)


def bare(problem: Problem) -> Problem:
    """The same two sides without anything to adjust for."""
    return Problem(
        design=problem.design,
        reference=problem.reference,
        treatment=problem.treatment,
        kind=problem.kind,
        better=problem.better,
        minimum_effect=problem.minimum_effect,
        stop_effect=problem.stop_effect,
        exposure_reference=problem.exposure_reference,
        exposure_treatment=problem.exposure_treatment,
    )


def planned_sides(experiment: Experiment) -> tuple[int, int]:
    """How many units were planned on each side; for pairs their number, twice."""
    planned = experiment.planned_units or 0
    listed = [one.arm for one in listed_of(experiment)]
    if experiment.design == Experiment.Design.BEFORE_AFTER_PAIRED:
        return planned, planned
    if experiment.design == Experiment.Design.MATCHED_PAIRS:
        return listed.count("control"), listed.count("treatment")
    if listed:
        share = listed.count("control") / len(listed)
        return round(planned * share), planned - round(planned * share)
    return planned // 2, planned - planned // 2


def balance_at_start(experiment: Experiment, values: Values) -> Balance | None:
    """Whether both groups were alike before the start: by what the plan knew of them, or by their first values."""
    grouping = grouping_of(experiment)
    if grouping is not None and grouping.balance is not None:
        return balance_from(grouping.balance)
    setting = setting_of(experiment)
    if setting.design not in {"two_groups", "difference_in_differences"}:
        return None
    before = baseline_of(setting, rows_of(values))
    arms = {unit: arm for arm, unit, _day, _value in values}
    sides = [
        tuple(value for unit, value in before.items() if arms[unit] == arm)
        for arm in ("control", "treatment")
    ]
    try:
        return compare(Covariates(("",), (sides[0],), (sides[1],)))
    except ProblemError:
        return None


def balance_from(data: dict[str, Any]) -> Balance:
    """A balance that was stored."""
    return record_from(Balance, data)
