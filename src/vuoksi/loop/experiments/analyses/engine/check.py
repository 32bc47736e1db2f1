"""What must hold of every result, recomputed in plain Python without the solver's libraries.

The tail of Student's t distribution comes from the continued fraction of the incomplete beta
function (NIST Digital Library of Mathematical Functions, 8.17.22, https://dlmf.nist.gov/8.17.E22).
"""

import math
from dataclasses import dataclass

from vuoksi.loop.experiments.analyses.engine.problem import Problem, Result


def violations(problem: Problem, result: Result) -> tuple[str, ...]:
    """Every way in which `result` does not follow from `problem`; empty for a right result."""
    wanted = _wanted(problem)
    found = [f"{name} is wrong" for name, value in _given(result).items() if value != wanted[name]]
    found += _wrong_numbers(problem, result)
    found += _wrong_inference(problem, result)
    found += _wrong_bootstrap(problem, result)
    if result.rule_outcome != _outcome(problem, result):
        found.append("rule_outcome does not follow from the interval")
    return tuple(found)


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
        "design": problem.design,
        "confidence": problem.confidence,
        "n_reference": len(problem.reference),
        "n_treatment": len(problem.treatment),
        "no_comparison_group": problem.design in {"before_after", "before_after_paired"},
        "small_sample": fewest < 10,
        "bootstrap_stopped_early": True,
    }


def _given(result: Result) -> dict[str, object]:
    early = "bootstrap_stopped_early" in result.cautions
    return {
        "design": result.design,
        "confidence": result.confidence,
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
    if problem.design == "before_after_paired":
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
    if not math.isclose(result.degrees_of_freedom, freedom, rel_tol=1e-6):
        found.append("degrees_of_freedom is wrong")
    relative = None if result.mean_reference <= 0 else result.effect / result.mean_reference
    if relative != result.relative_effect:
        found.append("relative_effect is wrong")
    if not _same(result.hedges_g, _hedges_g(problem, result.effect)):
        found.append("hedges_g is wrong")
    return found


def _wrong_inference(problem: Problem, result: Result) -> list[str]:
    """Checks that use the result's own error and freedom, which are checked before."""
    error, freedom = result.standard_error, result.degrees_of_freedom
    found = []
    if not math.isclose(result.t * error, result.effect, rel_tol=1e-9, abs_tol=1e-300):
        found.append("t is not the effect in standard errors")
    if not math.isclose(_two_tails(result.t, freedom), result.p_value, rel_tol=1e-6, abs_tol=1e-12):
        found.append("p_value is wrong")
    half = (result.interval.high - result.interval.low) / 2
    if not math.isclose(_two_tails(half / error, freedom), 1 - problem.confidence, rel_tol=1e-3):
        found.append("interval has another confidence")
    return found


def _wrong_bootstrap(problem: Problem, result: Result) -> list[str]:
    if result.bootstrap is None:
        return [] if result.resamples < 1_000 else ["bootstrap is missing"]
    after, before = list(problem.treatment), list(problem.reference)
    least, most = min(after) - max(before), max(after) - min(before)
    room = 1e-9 * (most - least)
    low, high = result.bootstrap.low, result.bootstrap.high
    return [] if least - room <= low <= high <= most + room else ["bootstrap leaves the data"]


def _outcome(problem: Problem, result: Result) -> str:
    if problem.minimum_effect is None:
        return "no_rule"
    turn = 1 if problem.better == "up" else -1
    gains = sorted((turn * result.interval.low, turn * result.interval.high))
    stop = problem.stop_effect if problem.stop_effect is not None else problem.minimum_effect
    if all(gain > problem.minimum_effect for gain in gains):
        return "scale"
    return "stop" if all(gain < stop for gain in gains) else "inconclusive"


def _hedges_g(problem: Problem, effect: float) -> float | None:
    one, two = _sample(list(problem.reference)), _sample(list(problem.treatment))
    paired = problem.design == "before_after_paired"
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


def _two_tails(t: float, freedom: float) -> float:
    """Probability that |T| exceeds |t|."""
    x, rest = freedom / (freedom + t * t), t * t / (freedom + t * t)
    a, b = freedom / 2, 0.5
    if x < (a + 1) / (a + b + 2):
        return _beta_share(x, rest, a, b)
    return 1 - _beta_share(rest, x, b, a)


def _beta_share(x: float, rest: float, a: float, b: float) -> float:
    """Regularised incomplete beta function of x = 1 - rest, for x below (a + 1) / (a + b + 2)."""
    if x == 0:
        return 0.0
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front += a * (math.log(x) if x < rest else math.log1p(-rest)) + b * math.log(rest)
    fraction = 1.0
    for n in range(2_000, 0, -1):
        m = n // 2
        if n % 2:
            part = -(a + m) * (a + b + m) / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            part = m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
        fraction = 1 + part * x / fraction
    return math.exp(front) / (a * fraction)
