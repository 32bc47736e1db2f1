"""From an effect and its error to interval, test, and what the rule says."""

import math
from collections.abc import Callable

from scipy.special import ndtr, ndtri, stdtr, stdtrit

from vuoksi.loop.experiments.analyses.engine.problem import (
    Estimate,
    Interval,
    Outcome,
    ProblemError,
    Question,
)

# Beyond this a ratio is larger than anything that is counted, and its interval is as good as open.
LARGEST_LOGARITHM = 600.0


def quantile(confidence: float, freedom: float | None) -> float:
    """How many standard errors an interval reaches to each side."""
    level = (1 + confidence) / 2
    return float(ndtri(level) if freedom is None else stdtrit(freedom, level))


def interval_around(
    effect: float, error: float, freedom: float | None, confidence: float
) -> Interval:
    half = quantile(confidence, freedom) * error
    return Interval(effect - half, effect + half)


def two_sided(t: float, freedom: float | None) -> float:
    """The chance of a statistic as far from zero as `t` if there is no effect."""
    return 2 * float(ndtr(-abs(t)) if freedom is None else stdtr(freedom, -abs(t)))


def estimate(
    code: str, effect: float, error: float, freedom: float | None, confidence: float
) -> Estimate:
    """A further estimate with interval and test; bare if it has no error."""
    if not error > 0:
        return Estimate(code, effect)
    interval = interval_around(effect, error, freedom, confidence)
    return Estimate(code, effect, interval, two_sided(effect / error, freedom))


def percent(log_ratio: float) -> float:
    """The change that the logarithm of a ratio stands for, in percent; its largest values are cut off."""
    return 100 * math.expm1(min(log_ratio, LARGEST_LOGARITHM))


def in_percent(found: Estimate) -> Estimate:
    """An estimate of the logarithm of a ratio as a change in percent."""
    return _mapped(found, found.code, percent)


def ratio_of(code: str, found: Estimate) -> Estimate:
    """An estimate of the logarithm of a ratio as that ratio."""
    return _mapped(found, code, lambda log_ratio: math.exp(min(log_ratio, LARGEST_LOGARITHM)))


def _mapped(found: Estimate, code: str, scale: Callable[[float], float]) -> Estimate:
    interval = found.interval
    if interval is not None:
        interval = Interval(scale(interval.low), scale(interval.high))
    return Estimate(code, scale(found.effect), interval, found.p_value)


def share_of(effect: float, reference: float) -> float | None:
    """The effect as a share of the reference, if that is positive."""
    return effect / reference if reference > 0 else None


def check_error(error: float, largest: float) -> None:
    """Raise `ProblemError` where the model leaves nothing unexplained: no uncertainty can be had."""
    if not error > 1e-12 * largest or not math.isfinite(error):
        raise ProblemError(
            "no_variation", "The values do not vary around the model, so nothing can be inferred."
        )


def rule_outcome(problem: Question, interval: Interval) -> Outcome:
    """What the rule that was fixed beforehand says about an interval of the effect.

    Both ends are turned so that more is better. Then:

    - ``scale`` if the whole interval lies above `minimum_effect`;
    - ``stop`` if the whole interval lies below `stop_effect` (or `minimum_effect` if no stop effect
      was set): an improvement worth having is ruled out;
    - ``inconclusive`` otherwise: more or better measurements are needed;
    - ``no_rule`` if no minimum effect was fixed.
    """
    if problem.minimum_effect is None:
        return "no_rule"
    if problem.better == "up":
        low, high = interval.low, interval.high
    else:
        low, high = -interval.high, -interval.low
    if low > problem.minimum_effect:
        return "scale"
    threshold = problem.minimum_effect if problem.stop_effect is None else problem.stop_effect
    return "stop" if high < threshold else "inconclusive"


def same_answer(problem: Question, one: Interval, other: Interval) -> bool:
    """Whether both intervals lead the rule, or without one the reader, to the same answer."""
    if problem.minimum_effect is not None:
        return rule_outcome(problem, one) == rule_outcome(problem, other)
    return _side(one) == _side(other)


def _side(interval: Interval) -> int:
    return (interval.low > 0) - (interval.high < 0)
