"""Bias-corrected and accelerated (BCa) bootstrap interval for a difference of means.

Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical
Association 82(397), 171-185, doi:10.1080/01621459.1987.10478410; for two samples each is resampled
on its own, with the acceleration from both samples' jackknife influences.
"""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
Stop = Callable[[int], bool]
Progress = Callable[[int, int], None]

RESAMPLES = 9_999
FEWEST_RESAMPLES = 1_000
_VALUES_AT_ONCE = 1_000_000
_RESAMPLES_AT_ONCE = 500


def is_stopped(stop: Stop | None) -> bool:
    """Whether somebody wants the work to end, asked between its steps."""
    return stop is not None and stop(0)


def resampled_effects(
    samples: tuple[Floats, ...], *, seed: int, stop: Stop | None, progress: Progress | None
) -> Floats:
    """Effects of up to `RESAMPLES` resamples, fewer if `stop` says so.

    Parameters
    ----------
    samples
        One sample (its mean is the effect) or two (first mean minus second), each of shape (n,).
    stop
        Asked before each batch with the number of resamples done; True ends the work.
    progress
        Told after each batch: resamples done, resamples planned.
    """
    random = np.random.default_rng(seed)
    size = sum(len(sample) for sample in samples)
    batch = max(1, min(_RESAMPLES_AT_ONCE, _VALUES_AT_ONCE // size))
    effects = np.empty(0)
    while len(effects) < RESAMPLES and not (stop is not None and stop(len(effects))):
        count = min(batch, RESAMPLES - len(effects))
        means = [_resampled_means(sample, count, random) for sample in samples]
        effects = np.concatenate([effects, means[0] - sum(means[1:])])
        if progress is not None:
            progress(len(effects), RESAMPLES)
    return effects


def bca_interval(
    samples: tuple[Floats, ...], effects: Floats, confidence: float
) -> tuple[float, float]:
    """Both ends of the BCa interval, from the resampled `effects` of shape (n,)."""
    effect = float(samples[0].mean()) - sum(float(sample.mean()) for sample in samples[1:])
    below = np.mean(effects < effect) + np.mean(effects == effect) / 2
    edge = 1 / (len(effects) + 1)
    bias = ndtri(np.clip(below, edge, 1 - edge))
    tails = bias + ndtri(np.array([(1 - confidence) / 2, (1 + confidence) / 2]))
    levels = ndtr(bias + tails / (1 - _acceleration(samples) * tails))
    low, high = np.quantile(effects, levels)
    return float(low), float(high)


def _resampled_means(sample: Floats, count: int, random: np.random.Generator) -> Floats:
    picked = random.integers(0, len(sample), size=(count, len(sample)))
    means: Floats = sample[picked].mean(axis=1)
    return means


def _acceleration(samples: tuple[Floats, ...]) -> float:
    signs = (1.0, -1.0)
    influences = [
        sign * (sample - sample.mean()) / len(sample)
        for sign, sample in zip(signs, samples, strict=False)
    ]
    cubes = sum(float((each**3).sum()) for each in influences)
    squares = sum(float((each**2).sum()) for each in influences)
    return cubes / (6 * math.sqrt(squares) ** 3)
