"""What the units that were never measured could change.

Horowitz, J. L. & Manski, C. F. (2000). Nonparametric analysis of randomized experiments with
missing covariate and outcome data. Journal of the American Statistical Association 95, 77-84,
doi:10.1080/01621459.2000.10473902 (bounds); the tipping point is the pattern-mixture idea of
Little, R. J. A. (1993). Journal of the American Statistical Association 88, 125-134,
doi:10.1080/01621459.1993.10594302.
"""

import numpy as np

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.inference import same_answer
from vuoksi.loop.experiments.analyses.engine.analyse.samples import effect_of, t_interval
from vuoksi.loop.experiments.analyses.engine.problem import Estimate, Interval, Problem


def missing_variants(
    problem: Problem, samples: tuple[Floats, ...], interval: Interval
) -> tuple[Estimate, ...]:
    """The least and greatest effect that is possible, and how different the missing ones must be.

    ``missing_least`` and ``missing_most`` give every missing unit the value of the measure's range
    that is worst and best for the effect. ``missing_tipping`` is how far the missing units' average
    would have to lie from the measured ones' for the interval to touch zero.
    """
    if not _missing(problem):
        return ()
    variants = [
        Estimate(code, effect_of(filled), t_interval(filled, problem.confidence))
        for code, filled in _bounds(problem, samples)
    ]
    tipping = _tipping(problem, samples, interval)
    return (*variants, *tipping)


def missing_could_decide(problem: Problem, interval: Interval) -> bool:
    """Whether the answer would be another one at a bound."""
    samples = tuple(np.asarray(sample) for sample in problem.samples)
    filled = [t_interval(each, problem.confidence) for _, each in _bounds(problem, samples)]
    return any(each and not same_answer(problem, interval, each) for each in filled)


def _missing(problem: Problem) -> int:
    return problem.missing_reference + problem.missing_treatment


def _bounds(problem: Problem, samples: tuple[Floats, ...]) -> list[tuple[str, tuple[Floats, ...]]]:
    low, high = (0.0, 1.0) if problem.kind == "share" else (problem.lowest, problem.highest)
    if low is None or high is None or not _missing(problem):
        return []
    if problem.paired:
        ends: tuple[tuple[float, ...], ...] = ((low - high,), (high - low,))
        counts: tuple[int, ...] = (_missing(problem),)
    else:
        ends = ((low, high), (high, low))
        counts = problem.missing_treatment, problem.missing_reference
    codes = ("missing_least", "missing_most")
    return [(code, _filled(samples, counts, end)) for code, end in zip(codes, ends, strict=True)]


def _filled(
    samples: tuple[Floats, ...], counts: tuple[int, ...], values: tuple[float, ...]
) -> tuple[Floats, ...]:
    return tuple(
        np.concatenate([sample, np.full(count, value)])
        for sample, count, value in zip(samples, counts, values, strict=True)
    )


def _tipping(
    problem: Problem, samples: tuple[Floats, ...], interval: Interval
) -> tuple[Estimate, ...]:
    if interval.low <= 0 <= interval.high:
        return ()
    if problem.paired:
        counts: tuple[int, ...] = (_missing(problem),)
    else:
        counts = problem.missing_treatment, problem.missing_reference
    share = sum(
        count / (len(sample) + count) for count, sample in zip(counts, samples, strict=True)
    )
    nearest = interval.low if interval.low > 0 else interval.high
    return (Estimate("missing_tipping", -nearest / share),)
