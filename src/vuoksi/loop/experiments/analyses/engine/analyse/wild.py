"""Wild cluster bootstrap: a second opinion where clusters are few.

Cameron, A. C., Gelbach, J. B. & Miller, D. L. (2008). Bootstrap-based improvements for inference
with clustered errors. Review of Economics and Statistics 90, 414-427, doi:10.1162/rest.90.3.414; up
to ten clusters with the six-point weights of Webb, M. D. (2023). Reworking wild bootstrap-based
inference for clustered errors. Canadian Journal of Economics 56, 839-858, doi:10.1111/caje.12661.
"""

import math
from dataclasses import dataclass

import numpy as np

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import (
    Floats,
    Progress,
    Stop,
    is_stopped,
)
from vuoksi.loop.experiments.analyses.engine.analyse.regression import Fit, Whole, least_squares
from vuoksi.loop.experiments.analyses.engine.problem import Interval

WILD_RESAMPLES = 1_999
FEW_ENOUGH_FOR_SIX_POINTS = 10
_HALVINGS = 30
_FARTHEST = 1_000


@dataclass(frozen=True, slots=True)
class WildCluster:
    """What all resamples of one effect (the first column of the design) share.

    The restricted residuals of the hypothesis "the effect is b" are ``level - b * slope``, so that
    every hypothesis is tested by the same matrices. `influence` is the effect's column less what the
    other columns explain of it; shapes (clusters,) and (clusters, k).
    """

    effect: float
    error: float
    square: float
    own_level: Floats
    own_slope: Floats
    scores_level: Floats
    scores_slope: Floats
    pull: Floats

    def distance(self, hypothesis: float, signs: Floats) -> float:
        """The p value of a hypothesis: the share of resamples at least as far from it."""
        own = self.own_level - hypothesis * self.own_slope
        scores = self.scores_level - hypothesis * self.scores_slope
        moved = signs @ own / self.square
        rests = signs * own - (signs @ scores) @ self.pull.T
        errors = np.sqrt((rests**2).sum(axis=1)) / self.square
        wanted = abs(self.effect - hypothesis) / self.error
        return float(np.mean(np.abs(moved) >= wanted * errors * (1 - 1e-9)))


def wild_cluster(fit: Fit, values: Floats, clusters: Whole) -> WildCluster:
    """Prepare the bootstrap of the first coefficient of `fit`."""
    column, others = fit.design[:, 0], fit.design[:, 1:]
    level, slope = least_squares(values, others).rests, least_squares(column, others).rests
    square = float(slope @ slope)
    own = _sums(slope * fit.rests, clusters)
    return WildCluster(
        effect=float(fit.coefficients[0]),
        error=math.sqrt(float(own @ own)) / square,
        square=square,
        own_level=_sums(slope * level, clusters),
        own_slope=_sums(slope * slope, clusters),
        scores_level=_column_sums(fit.design * level[:, None], clusters),
        scores_slope=_column_sums(fit.design * slope[:, None], clusters),
        pull=_column_sums(fit.design * slope[:, None], clusters) @ fit.bread,
    )


def wild_interval(
    wild: WildCluster,
    confidence: float,
    *,
    seed: int,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> tuple[Interval | None, float | None]:
    """All effects that the bootstrap does not reject, and the p value of no effect.

    Both are None if stopped before the work began. The interval is None if the bootstrap cannot
    rule out any effect on one side, as with very few clusters.
    """
    if is_stopped(stop):
        return None, None
    signs = _weights(len(wild.own_level), seed)
    alpha = 1 - confidence
    ends = [_end(wild, signs, alpha, direction) for direction in (-1, 1)]
    if progress is not None:
        progress(WILD_RESAMPLES, WILD_RESAMPLES)
    p_value = wild.distance(0.0, signs)
    if not all(map(math.isfinite, ends)):
        return None, p_value
    return Interval(*ends), p_value


def _end(wild: WildCluster, signs: Floats, alpha: float, direction: int) -> float:
    """The farthest effect on one side that is not rejected, by doubling and then halving."""
    inside, step = 0.0, 2.0
    while wild.distance(wild.effect + direction * step * wild.error, signs) > alpha:
        inside, step = step, 2 * step
        if step > _FARTHEST:
            return math.inf
    outside = step
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if wild.distance(wild.effect + direction * middle * wild.error, signs) > alpha:
            inside = middle
        else:
            outside = middle
    return wild.effect + direction * inside * wild.error


def _weights(clusters: int, seed: int) -> Floats:
    random = np.random.default_rng(seed)
    points = np.array([-1.0, 1.0])
    if clusters <= FEW_ENOUGH_FOR_SIX_POINTS:
        half = np.sqrt([0.5, 1.0, 1.5])
        points = np.concatenate([-half, half])
    weights: Floats = points[random.integers(0, len(points), size=(WILD_RESAMPLES, clusters))]
    return weights


def _sums(values: Floats, clusters: Whole) -> Floats:
    sums: Floats = np.bincount(clusters, weights=values).astype(float)
    return sums


def _column_sums(columns: Floats, clusters: Whole) -> Floats:
    return np.column_stack([_sums(column, clusters) for column in columns.T])
