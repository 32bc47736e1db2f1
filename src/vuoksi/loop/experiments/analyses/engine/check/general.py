"""What must hold of the result of any design."""

import math
from dataclasses import replace

from vuoksi.loop.experiments.analyses.engine.check.tails import two_tails
from vuoksi.loop.experiments.analyses.engine.problem import (
    AnyProblem,
    Estimate,
    Interval,
    Result,
)

# Their interval and test come from counts, not from an error and Student's t.
COUNTED = {"shares", "paired_shares"}
# Their test is one of the logarithm of a ratio, of which the effect is told in percent.
RATES = {"rates", "paired_rates", "rates_ar1", "rates_newey_west", "rates_independent"}


def wrong_in_general(problem: AnyProblem, result: Result) -> list[str]:
    """Wrong design, confidence, interval, test, share of the reference, outcome, or further figures."""
    found = [
        f"{name} is wrong"
        for name in ("design", "confidence")
        if getattr(problem, name) != getattr(result, name)
    ]
    if not result.interval.low <= result.effect <= result.interval.high:
        found.append("interval does not hold the effect")
    if result.method not in COUNTED:
        found += _wrong_inference(problem, _on_the_scale_of_the_test(result))
    if result.rule_outcome != _outcome(problem, result):
        found.append("rule_outcome does not follow from the interval")
    for each in (*result.parts, *result.variants):
        found += _wrong_estimate(each)
    return found


def _wrong_inference(problem: AnyProblem, result: Result) -> list[str]:
    """Checks that use the result's own error and freedom, which are checked by design."""
    error, freedom = result.standard_error, result.degrees_of_freedom
    found = []
    if not math.isclose(result.t * error, result.effect, rel_tol=1e-9, abs_tol=1e-14 * error):
        found.append("t is not the effect in standard errors")
    p_value = two_tails(result.t, freedom)
    if not math.isclose(p_value, result.p_value, rel_tol=1e-6, abs_tol=1e-12):
        found.append("p_value is wrong")
    half = (result.interval.high - result.interval.low) / 2
    if not math.isclose(two_tails(half / error, freedom), 1 - problem.confidence, rel_tol=1e-3):
        found.append("interval has another confidence")
    return found


def _on_the_scale_of_the_test(result: Result) -> Result:
    if result.method not in RATES:
        return result
    low, high = (_logarithm(end) for end in (result.interval.low, result.interval.high))
    return replace(result, effect=_logarithm(result.effect), interval=Interval(low, high))


def _logarithm(percent: float) -> float:
    return math.log1p(percent / 100)


def _outcome(problem: AnyProblem, result: Result) -> str:
    if problem.minimum_effect is None:
        return "no_rule"
    turn = 1 if problem.better == "up" else -1
    gains = sorted((turn * result.interval.low, turn * result.interval.high))
    stop = problem.stop_effect if problem.stop_effect is not None else problem.minimum_effect
    if all(gain > problem.minimum_effect for gain in gains):
        return "scale"
    return "stop" if all(gain < stop for gain in gains) else "inconclusive"


def _wrong_estimate(estimate: Estimate) -> list[str]:
    found = []
    interval, p_value = estimate.interval, estimate.p_value
    if interval is not None and not interval.low <= estimate.effect <= interval.high:
        found.append(f"{estimate.code} lies outside its interval")
    if p_value is not None and not 0 <= p_value <= 1:
        found.append(f"{estimate.code} has no possible p")
    return found
