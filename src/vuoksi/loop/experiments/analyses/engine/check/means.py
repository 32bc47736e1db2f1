"""Two averages compared, recomputed in plain Python."""

import math
from dataclasses import dataclass

from vuoksi.loop.experiments.analyses.engine.problem import Problem, Result


def wrong_means(problem: Problem, result: Result) -> list[str]:
    """What does not follow from the values of two sides."""
    wanted = _wanted(problem)
    found = [f"{name} is wrong" for name, value in _given(result).items() if value != wanted[name]]
    found += _wrong_numbers(problem, result)
    found += _wrong_bootstrap(problem, result)
    return found


@dataclass(frozen=True, slots=True)
class _Sample:
    size: int
    mean: float
    variance: float


def _sample(values: list[float]) -> _Sample:
    mean = math.fsum(values) / len(values)
    squares = math.fsum((value - mean) ** 2 for value in values)
    return _Sample(len(values), mean, squares / (len(values) - 1))


def _wanted(problem: Problem) -> dict[str, object]:
    fewest = min(len(problem.reference), len(problem.treatment))
    return {
        "n_reference": len(problem.reference),
        "n_treatment": len(problem.treatment),
        "no_comparison_group": problem.design in {"before_after", "before_after_paired"},
        "small_sample": fewest < 10,
        "bootstrap_stopped_early": True,
    }


def _given(result: Result) -> dict[str, object]:
    early = "bootstrap_stopped_early" in result.cautions
    return {
        "n_reference": result.n_reference,
        "n_treatment": result.n_treatment,
        "no_comparison_group": "no_comparison_group" in result.cautions,
        "small_sample": "small_sample" in result.cautions,
        "bootstrap_stopped_early": early == (result.resamples != 9_999),
    }


def _differences(problem: Problem) -> _Sample:
    pairs = zip(problem.treatment, problem.reference, strict=True)
    return _sample([after - before for after, before in pairs])


def _error(problem: Problem) -> tuple[float, float]:
    """Standard error and degrees of freedom."""
    if problem.design in {"before_after_paired", "matched_pairs"}:
        sample = _differences(problem)
        return math.sqrt(sample.variance / sample.size), sample.size - 1
    one, two = _sample(list(problem.reference)), _sample(list(problem.treatment))
    ratio = (one.variance / one.size) / (one.variance / one.size + two.variance / two.size)
    freedom = 1 / (ratio**2 / (one.size - 1) + (1 - ratio) ** 2 / (two.size - 1))
    return math.hypot(*(math.sqrt(each.variance / each.size) for each in (one, two))), freedom


def _wrong_numbers(problem: Problem, result: Result) -> list[str]:
    before, after = _sample(list(problem.reference)), _sample(list(problem.treatment))
    effect = after.mean - before.mean
    error, freedom = _error(problem)
    room = 1e-9 * max(abs(value) for value in (*problem.reference, *problem.treatment))
    half = (result.interval.high - result.interval.low) / 2
    numbers = {
        "mean_reference": (result.mean_reference, before.mean),
        "mean_treatment": (result.mean_treatment, after.mean),
        "effect": (result.effect, effect),
        "interval": (result.interval.low + half, effect),
    }
    found = [f"{name} is wrong" for name, pair in numbers.items() if abs(pair[0] - pair[1]) > room]
    if not math.isclose(result.standard_error, error, rel_tol=1e-6):
        found.append("standard_error is wrong")
    if not math.isclose(result.degrees_of_freedom or 0.0, freedom, rel_tol=1e-6):
        found.append("degrees_of_freedom is wrong")
    if not _same(result.standardised, _standardised(problem, result.effect)):
        found.append("standardised is wrong")
    return found


def _wrong_bootstrap(problem: Problem, result: Result) -> list[str]:
    if result.bootstrap is None:
        return [] if result.resamples < 1_000 else ["bootstrap is missing"]
    after, before = list(problem.treatment), list(problem.reference)
    least, most = min(after) - max(before), max(after) - min(before)
    room = 1e-9 * (most - least)
    low, high = result.bootstrap.low, result.bootstrap.high
    return [] if least - room <= low <= high <= most + room else ["bootstrap leaves the data"]


def _standardised(problem: Problem, effect: float) -> float | None:
    one, two = _sample(list(problem.reference)), _sample(list(problem.treatment))
    paired = problem.design in {"before_after_paired", "matched_pairs"}
    freedom = one.size - 1 if paired else one.size + two.size - 2
    if freedom == 1:
        return None
    squares = one.variance * (one.size - 1) + two.variance * (two.size - 1)
    deviation = math.sqrt(squares / (one.size + two.size - 2))
    gamma = math.lgamma(freedom / 2) - math.lgamma((freedom - 1) / 2)
    return effect / deviation * math.exp(gamma) / math.sqrt(freedom / 2)


def _same(given: float | None, wanted: float | None) -> bool:
    if given is None or wanted is None:
        return given is wanted
    return math.isclose(given, wanted, rel_tol=1e-6, abs_tol=1e-12)
