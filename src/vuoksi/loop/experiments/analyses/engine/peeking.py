"""Looking on the way, as often as one likes, without fooling oneself.

An ordinary interval is true for one look that was fixed beforehand. The intervals here are true for all
looks together: the chance that even one of them misses the true effect is at most 1 - confidence, if
the number of units is not tiny. They are a little wider for that.

Normal-mixture boundary with the variance as estimated: Robbins, H. (1970). Annals of Mathematical
Statistics 41, 1397-1409, doi:10.1214/aoms/1177696786; Howard, S. R., Ramdas, A., McAuliffe, J. &
Sekhon, J. (2021). Time-uniform, nonparametric, nonasymptotic confidence sequences. Annals of Statistics
49, 1055-1080, doi:10.1214/20-AOS1991; Waudby-Smith, I. et al. (2021). Time-uniform central limit theory
and asymptotic confidence sequences, arXiv:2103.06476; as p values: Johari, R., Pekelis, L. & Walsh, D.
(2015). Always valid inference, arXiv:1512.04922.
"""

import math
from dataclasses import dataclass

import numpy as np

from vuoksi.loop.experiments.analyses.engine.analyse.inference import percent
from vuoksi.loop.experiments.analyses.engine.analyse.rates import log_effect
from vuoksi.loop.experiments.analyses.engine.analyse.samples import effect_of, welch_error
from vuoksi.loop.experiments.analyses.engine.explain import Sentence
from vuoksi.loop.experiments.analyses.engine.problem import Interval, Problem, ProblemError
from vuoksi.loop.experiments.analyses.engine.problem.question import check_range

FEWEST_TO_LOOK = 20


@dataclass(frozen=True, slots=True)
class LookProblem:
    """What was measured until now, and how many were planned.

    Parameters
    ----------
    so_far
        Two sides as for the analysis at the end, without anything to adjust for.
    planned_reference, planned_treatment
        Units planned on each side; the interval is made to be narrowest there. They must be fixed
        before the first look. For pairs both are the number of pairs.
    """

    so_far: Problem
    planned_reference: int
    planned_treatment: int

    def __post_init__(self) -> None:
        if self.so_far.adjusted:
            raise ProblemError("bad_choice", "A look on the way is taken without adjustment.")
        check_range("planned number", self.planned_reference, 2, 1e9)
        check_range("planned number", self.planned_treatment, 2, 1e9)


@dataclass(frozen=True, slots=True)
class Look:
    """What may be said now.

    `interval` and `p_value` are None while either side has fewer than 20 units; the interval is None
    too while the values do not vary.
    """

    n: int
    effect: float
    interval: Interval | None
    p_value: float | None

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes no effect."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high


def look(problem: LookProblem) -> Look:
    """The effect until now, with the interval that stays true however often one looks."""
    so_far = problem.so_far
    samples = tuple(np.asarray(sample) for sample in so_far.samples)
    count = sum(map(len, samples))
    if so_far.kind == "count":
        return _look_at_rates(problem)
    effect = effect_of(samples)
    varies = any(float(sample.var()) > 0 for sample in samples)
    if min(map(len, samples)) < FEWEST_TO_LOOK or not varies:
        return Look(count, effect, None, None)
    error, _ = welch_error(samples)
    share = _share(problem)
    half = error * boundary(share, so_far.confidence)
    return Look(
        count,
        effect,
        Interval(effect - half, effect + half),
        always_valid_p(effect / error, share, so_far.confidence),
    )


def _look_at_rates(problem: LookProblem) -> Look:
    """The same of the logarithm of a ratio of rates, told as its change in percent."""
    so_far = problem.so_far
    ratio, error = log_effect(so_far)
    count = sum(map(len, so_far.samples))
    if min(map(len, so_far.samples)) < FEWEST_TO_LOOK or error is None:
        return Look(count, percent(ratio), None, None)
    share = _share(problem)
    half = error * boundary(share, so_far.confidence)
    return Look(
        count,
        percent(ratio),
        Interval(percent(ratio - half), percent(ratio + half)),
        always_valid_p(ratio / error, share, so_far.confidence),
    )


def _share(problem: LookProblem) -> float:
    """How much of what was planned is known now."""
    counts = tuple(map(len, problem.so_far.samples))
    planned = (problem.planned_treatment, problem.planned_reference)[: len(counts)]
    return _information(counts) / _information(planned)


def explain_look(found: Look) -> tuple[Sentence, ...]:
    if found.interval is None:
        return (Sentence("peek_too_early", {"n": found.n}),)
    code = "peek_clear" if found.is_clear else "peek_open"
    ends = {"low": found.interval.low, "high": found.interval.high}
    return (Sentence(code, {"n": found.n, **ends}),)


def boundary(share: float, confidence: float) -> float:
    """How many standard errors the interval reaches when a share of the planned units is measured."""
    weight = share * mixture(confidence)
    return math.sqrt((1 + 1 / weight) * math.log((1 + weight) / (1 - confidence) ** 2))


def always_valid_p(t: float, share: float, confidence: float) -> float:
    """One over the likelihood ratio of the mixture; below 1 - confidence with that chance, ever."""
    weight = share * mixture(confidence)
    log_ratio = t * t / 2 * weight / (1 + weight) - math.log1p(weight) / 2
    return min(1.0, math.exp(-log_ratio))


def mixture(confidence: float) -> float:
    """Variance of the mixture, in squared standard errors at the planned end, best for looking there.

    The approximation of Waudby-Smith et al. (2021), appendix on optimising the boundary.
    """
    doubt = -2 * math.log(1 - confidence)
    return doubt + math.log(doubt + 1)


def _information(counts: tuple[int, ...]) -> float:
    """Units, or for two sides the number that says as much as both together."""
    return 1 / sum(1 / count for count in counts)
