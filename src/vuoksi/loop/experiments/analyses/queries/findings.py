"""What is computed beside the effect and kept with it, so that no page computes anything."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date
from statistics import fmean
from typing import Any

from vuoksi.loop.experiments.analyses.engine import (
    AnyProblem,
    Interval,
    PanelProblem,
    Problem,
    ProblemError,
    Result,
    Row,
    Sentence,
    SeriesProblem,
    Setting,
    WedgeProblem,
    explain,
    explain_firmness,
    later,
    left_out,
    problem_from_rows,
    rule_outcome,
    solve,
)
from vuoksi.loop.experiments.analyses.engine.multiple import Measures, correct
from vuoksi.loop.experiments.analyses.engine.peeking import LookProblem, look
from vuoksi.loop.experiments.analyses.queries.problems import (
    balance_at_start,
    bare,
    data_digest,
    data_of,
    planned_sides,
    rows_of,
    setting_of,
)
from vuoksi.loop.experiments.plans.models import Experiment

Values = list[tuple[str, str, str, float]]
Stop = Callable[[int], bool]
MOST_DOTS = 300
MAIN = "main"


def found_besides(
    experiment: Experiment,
    values: Values,
    problem: AnyProblem,
    result: Result,
    stop: Stop | None = None,
) -> dict[str, Any]:
    """Sentences, figures to draw, other measures with their correction, balance, and the always-valid interval."""
    setting, rows = setting_of(experiment), rows_of(values)
    others = [_other(experiment, one, stop) for one in experiment.other_measures.order_by("key")]
    balance = balance_at_start(experiment, values)
    valid = _valid(experiment, problem)
    return {
        "said": _as_data(explain(problem, counting(problem, result, valid))),
        "firm": _as_data(explain_firmness(result)),
        "left_out": left_out(setting, rows),
        "drawn": drawn(setting, problem),
        "others": others,
        "corrected": _corrected(experiment, result, others),
        "balance": None if balance is None else asdict(balance),
        "valid": valid,
    }


def counting(problem: AnyProblem, result: Result, valid: dict[str, Any] | None) -> Result:
    """The result with the interval that counts, so that sentences, finding and rule speak of the same one."""
    if valid is None or not valid["counts"]:
        return result
    interval = Interval(valid["low"], valid["high"])
    return replace(result, interval=interval, rule_outcome=rule_outcome(problem, interval))


def drawn(setting: Setting, problem: AnyProblem) -> dict[str, Any]:
    """The figures behind the picture of what was measured: dots of both sides, or lines over time."""
    if isinstance(problem, Problem):
        sides = [
            _rates(problem.reference, problem.exposure_reference),
            _rates(problem.treatment, problem.exposure_treatment),
        ]
        is_whole = max(map(len, sides)) <= MOST_DOTS
        return {
            "kind": "dots",
            "paired": problem.paired and is_whole,
            "sides": [list(side) if is_whole else _spread(side) for side in sides],
        }
    if isinstance(problem, SeriesProblem):
        numbers = range(-problem.start, len(problem.values) - problem.start)
        named = [("after" if n >= 0 else "before", n) for n in numbers]
        return _lines(setting, zip(named, _rates(problem.values, problem.exposure), strict=True))
    if isinstance(problem, PanelProblem | WedgeProblem):
        named = [
            ("treatment" if treated else "control", period)
            for treated, period in zip(problem.treated, problem.periods, strict=True)
        ]
        return _lines(setting, zip(named, problem.values, strict=True))
    raise TypeError(type(problem).__name__)


def _rates(values: tuple[float, ...], exposure: tuple[float, ...]) -> tuple[float, ...]:
    """Values as they are, counts for each of what they were counted over."""
    if not exposure:
        return values
    return tuple(value / over for value, over in zip(values, exposure, strict=True))


def _lines(setting: Setting, found: Iterable[tuple[tuple[str, int], float]]) -> dict[str, Any]:
    cells: dict[tuple[str, int], list[float]] = defaultdict(list)
    for cell, value in found:
        cells[cell].append(value)
    lines: dict[str, list[tuple[str, float]]] = defaultdict(list)
    # Period 0 begins with the trial.
    start = date.fromisoformat(str(setting.switch_on))
    for (name, period), values in sorted(cells.items()):
        lines[name].append((later(start, setting.period, period).isoformat(), fmean(values)))
    return {"kind": "lines", "lines": dict(lines)}


def _spread(side: tuple[float, ...]) -> list[float]:
    """As many values as can be drawn, evenly from the lowest to the highest."""
    ordered = sorted(side)
    if len(ordered) <= MOST_DOTS:
        return ordered
    step = (len(ordered) - 1) / (MOST_DOTS - 1)
    return [ordered[round(place * step)] for place in range(MOST_DOTS)]


def _other(experiment: Experiment, other: Any, stop: Stop | None) -> dict[str, Any]:
    """A further measure: its figures, or the code of why there are none."""
    values = data_of(experiment, other.key)
    setting = setting_of(experiment, other)
    row: dict[str, Any] = {
        "key": other.key,
        "data_digest": data_digest(values),
        "stated": None,
        "refused": None,
    }
    try:
        result = solve(problem_from_rows(setting, [Row(*value) for value in values]), stop=stop)
    except ProblemError as error:
        return {**row, "refused": error.code}
    names = ("effect", "interval", "standard_error", "p_value", "n_reference", "n_treatment")
    whole = asdict(result)
    return {**row, "stated": {name: whole[name] for name in names}}


def _corrected(
    experiment: Experiment, result: Result, others: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """All planned measures count, found or not; one that could not be computed counts as showing nothing."""
    if not others:
        return None
    p_values = [one["stated"]["p_value"] if one["stated"] else 1.0 for one in others]
    method: Any = str(experiment.correction)
    measures = Measures(
        (MAIN, *(one["key"] for one in others)), (result.p_value, *p_values), method
    )
    return asdict(correct(measures))


def _valid(experiment: Experiment, problem: AnyProblem) -> dict[str, Any] | None:
    """The always-valid interval of an experiment that was looked at; it counts if it ended before its time."""
    if not experiment.planned_units or not isinstance(problem, Problem):
        return None
    if not experiment.looks.exists():
        return None
    asked = LookProblem(bare(problem), *planned_sides(experiment))
    found = look(asked)
    if found.interval is None:
        return None
    planned = sum(planned_sides(experiment)) if not problem.paired else asked.planned_treatment  # fmt: skip
    return {
        "problem": asdict(asked),
        "n": found.n,
        "planned": planned,
        "low": found.interval.low,
        "high": found.interval.high,
        "counts": found.n < planned,
    }


def _as_data(sentences: Iterable[Sentence]) -> list[list[Any]]:
    return [[sentence.code, dict(sentence.numbers)] for sentence in sentences]
