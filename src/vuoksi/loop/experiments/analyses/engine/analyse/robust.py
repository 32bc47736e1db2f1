"""The same comparison when single values count for less.

Yuen, K. K. (1974). The two-sample trimmed t for unequal population variances. Biometrika 61,
165-170, doi:10.1093/biomet/61.1.165; Hodges, J. L. & Lehmann, E. L. (1963). Estimates of location
based on rank tests. Annals of Mathematical Statistics 34, 598-611, doi:10.1214/aoms/1177704172;
Wilcoxon, F. (1945). Individual comparisons by ranking methods. Biometrics Bulletin 1, 80-83,
doi:10.2307/3001968.
"""

import math

import numpy as np
from scipy.special import ndtr

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    estimate,
    quantile,
    same_answer,
)
from vuoksi.loop.experiments.analyses.engine.analyse.samples import effect_of, t_interval
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Estimate,
    Interval,
    Problem,
)

TRIMMED = 0.2
FEWEST_TO_TRIM = 5
MOST_TO_RANK = 1_000


def robust_variants(samples: tuple[Floats, ...], confidence: float) -> tuple[Estimate, ...]:
    """Trimmed means, ranks, and the least and greatest effect when one unit is left out."""
    variants: list[Estimate] = []
    if min(map(len, samples)) >= FEWEST_TO_TRIM:
        variants.append(_trimmed(samples, confidence))
    if max(map(len, samples)) <= MOST_TO_RANK:
        variants.append(_ranks(samples, confidence))
    effects = sorted(effect_of(rest) for rest in _without_one(samples))
    if effects:
        variants.append(Estimate("leave_one_out_least", effects[0]))
        variants.append(Estimate("leave_one_out_most", effects[-1]))
    return tuple(variants)


def one_unit_could_decide(problem: Problem, interval: Interval) -> bool:
    """Whether the answer would be another one without a single extreme unit.

    Told for samples that are not small; small ones have their own caution.
    """
    samples = tuple(np.asarray(sample) for sample in problem.samples)
    if min(map(len, samples)) < SMALL_SAMPLE:
        return False
    others = (t_interval(rest, problem.confidence) for rest in _without_one(samples))
    return any(other and not same_answer(problem, interval, other) for other in others)


def _without_one(samples: tuple[Floats, ...]) -> list[tuple[Floats, ...]]:
    """The samples without one of their extreme values; what else is left out moves the effect less."""
    return [
        (*samples[:place], np.delete(sample, extreme(sample)), *samples[place + 1 :])
        for place, sample in enumerate(samples)
        if len(sample) > 2
        for extreme in (np.argmin, np.argmax)
    ]


def _trimmed(samples: tuple[Floats, ...], confidence: float) -> Estimate:
    parts = [_trimmed_mean(sample) for sample in samples]
    effect = parts[0][0] - sum(mean for mean, _, _ in parts[1:])
    total = sum(variance for _, variance, _ in parts)
    if total == 0:
        return Estimate("trimmed", effect)
    freedom = 1 / sum((variance / total) ** 2 / (kept - 1) for _, variance, kept in parts)
    return estimate("trimmed", effect, math.sqrt(total), freedom, confidence)


def _trimmed_mean(sample: Floats) -> tuple[float, float, int]:
    """Trimmed mean, its squared error from the winsorised variance, and how many values were kept."""
    size = len(sample)
    cut = int(TRIMMED * size)
    ordered = np.sort(sample)
    kept = ordered[cut : size - cut]
    winsorised = np.clip(ordered, kept[0], kept[-1])
    squares = float(((winsorised - winsorised.mean()) ** 2).sum())
    return float(kept.mean()), squares / (len(kept) * (len(kept) - 1)), len(kept)


def _ranks(samples: tuple[Floats, ...], confidence: float) -> Estimate:
    if len(samples) == 1:
        shifts, p_value, spread = _signed_ranks(samples[0])
    else:
        shifts, p_value, spread = _rank_sum(*samples)
    cut = math.floor(len(shifts) / 2 - quantile(confidence, None) * spread)
    interval = Interval(float(shifts[cut]), float(shifts[-1 - cut])) if cut >= 0 else None
    return Estimate("ranks", float(np.median(shifts)), interval, p_value)


def _signed_ranks(sample: Floats) -> tuple[Floats, float, float]:
    """Sorted Walsh averages, Wilcoxon's p (normal approximation), spread of the statistic."""
    first, second = np.triu_indices(len(sample))
    shifts = np.sort((sample[first] + sample[second]) / 2)
    moved = sample[sample != 0]
    size = len(moved)
    ranks, ties = _average_ranks(np.abs(moved))
    centre = size * (size + 1) / 4
    spread = math.sqrt(max(size * (size + 1) * (2 * size + 1) / 24 - ties / 48, 0))
    full = len(sample)
    return (
        shifts,
        _normal_p(float(ranks[moved > 0].sum()) - centre, spread),
        math.sqrt(full * (full + 1) * (2 * full + 1) / 24),
    )


def _rank_sum(treatment: Floats, reference: Floats) -> tuple[Floats, float, float]:
    """Sorted differences, the Mann-Whitney p (normal approximation), spread of the statistic."""
    shifts = np.sort((treatment[:, None] - reference[None, :]).ravel())
    one, two = len(treatment), len(reference)
    whole = one + two
    ranks, ties = _average_ranks(np.concatenate([treatment, reference]))
    off = float(ranks[:one].sum()) - one * (whole + 1) / 2
    spread = math.sqrt(one * two * (whole + 1) / 12)
    tied = math.sqrt(max(one * two / 12 * (whole + 1 - ties / (whole * (whole - 1))), 0))
    return shifts, _normal_p(off, tied), spread


def _average_ranks(values: Floats) -> tuple[Floats, float]:
    """Ranks from 1, ties sharing their average, and the sum of t^3 - t over groups of ties."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    averages = last - (counts - 1) / 2
    return averages[places], float((counts.astype(float) ** 3 - counts).sum())


def _normal_p(off: float, spread: float) -> float:
    return min(1.0, 2 * float(ndtr(-max(abs(off) - 0.5, 0.0) / spread)))
