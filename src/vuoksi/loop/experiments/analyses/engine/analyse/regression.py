"""Least squares, and errors of it that allow what is measured to hang together.

Errors of clusters are the bias-reduced ones (CR2) with Satterthwaite's degrees of freedom: Bell,
R. M. & McCaffrey, D. F. (2002). Bias reduction in standard errors for linear regression with
multi-stage samples. Survey Methodology 28, 169-181; Pustejovsky, J. E. & Tipton, E. (2018).
Small-sample methods for cluster-robust variance estimation and hypothesis testing in fixed effects
models. Journal of Business & Economic Statistics 36, 672-683, doi:10.1080/07350015.2016.1247004.
With clusters of one value each and a comparison of two groups the error is that of Welch's test.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.problem import ProblemError

Whole = NDArray[np.intp]
# An eigenvalue of what a cluster leaves unexplained that is as good as zero.
_ALL_EXPLAINED = 1e-9


@dataclass(frozen=True, slots=True)
class Fit:
    """A linear model: coefficients, what it leaves unexplained, and the inverse of X'X."""

    design: Floats
    coefficients: Floats
    rests: Floats
    bread: Floats

    @property
    def freedom(self) -> int:
        rows, columns = self.design.shape
        return int(rows - columns)


def least_squares(values: Floats, design: Floats) -> Fit:
    """Fit ``values = design @ coefficients``; raises `ProblemError` if it is not one solution."""
    scale = np.sqrt((design**2).sum(axis=0))
    if not (scale > 0).all():
        raise _not_identified()
    q, r = np.linalg.qr(design / scale)
    diagonal = np.abs(np.diag(r))
    if len(design) < design.shape[1] or diagonal.min() < 1e-9:
        raise _not_identified()
    inverse = np.linalg.inv(r) / scale[:, None]
    coefficients = inverse @ (q.T @ values)
    return Fit(design, coefficients, values - design @ coefficients, inverse @ inverse.T)


def plain_error(fit: Fit, weights: Floats) -> float:
    """Standard error of ``weights @ coefficients`` if all errors are independent and alike."""
    spread = float(fit.rests @ fit.rests) / fit.freedom
    return math.sqrt(spread * float(weights @ fit.bread @ weights))


def robust_error(fit: Fit, weights: Floats) -> float:
    """The same with errors that vary from value to value (HC3).

    MacKinnon, J. G. & White, H. (1985). Journal of Econometrics 29, 305-325,
    doi:10.1016/0304-4076(85)90158-7.
    """
    leverage = np.einsum("ij,jk,ik->i", fit.design, fit.bread, fit.design)
    scores = (fit.design @ fit.bread @ weights) * fit.rests / np.maximum(1 - leverage, 1e-12)
    return math.sqrt(float(scores @ scores))


def newey_west_error(fit: Fit, weights: Floats, lags: int) -> float:
    """The same with errors that hang together over time up to `lags` periods.

    Newey, W. K. & West, K. D. (1987). Econometrica 55, 703-708, doi:10.2307/1913610, times
    n / (n - k) for small samples.
    """
    scores = (fit.design @ fit.bread @ weights) * fit.rests
    total = float(scores @ scores)
    for lag in range(1, lags + 1):
        total += 2 * (1 - lag / (lags + 1)) * float(scores[lag:] @ scores[:-lag])
    return math.sqrt(max(total, 0.0) * len(scores) / fit.freedom)


def cluster_error(fit: Fit, weights: Floats, clusters: Whole) -> tuple[float, float]:
    """Bias-reduced cluster-robust error of ``weights @ coefficients`` and its degrees of freedom.

    Parameters
    ----------
    weights
        Shape (k,).
    clusters
        Number of each value's cluster, from 0; shape (n,). Levels of units within clusters may have
        been taken out of values and design before (by `centred`).
    """
    half = np.linalg.cholesky(fit.bread)
    direction = fit.bread @ weights
    scores, lengths, loads = [], [], []
    for rows in blocks(clusters):
        design = fit.design[rows]
        adjusted = _adjusted(design @ half, design @ direction)
        scores.append((adjusted * fit.rests[rows]).sum(axis=1))
        lengths.append((adjusted**2).sum(axis=1))
        loads.append(np.einsum("cnk,cn->ck", design, adjusted) @ half)
    square = float((np.concatenate(scores) ** 2).sum())
    return math.sqrt(square), _satterthwaite(np.concatenate(lengths), np.concatenate(loads))


def _adjusted(whitened: Floats, direction: Floats) -> Floats:
    """(I - H_cc)^(-1/2) times `direction` for every cluster of one size, by singular values."""
    left, singular, _ = np.linalg.svd(whitened, full_matrices=False)
    unexplained = np.clip(1 - singular**2, 0, None)
    known = unexplained > _ALL_EXPLAINED
    factors = np.where(known, 1 / np.sqrt(np.where(known, unexplained, 1)) - 1, -1)
    inner = np.einsum("cnk,cn->ck", left, direction) * factors
    adjusted: Floats = direction + np.einsum("cnk,ck->cn", left, inner)
    return adjusted


def _satterthwaite(lengths: Floats, loads: Floats) -> float:
    """Degrees of freedom of a sum of squares with matrix diag(lengths) - loads loads'."""
    cross = loads.T @ loads
    first = float(lengths.sum() - np.trace(cross))
    second = float(
        (lengths**2).sum() - 2 * (lengths * (loads**2).sum(axis=1)).sum() + (cross**2).sum()
    )
    return first * first / second if second > 0 else 1.0


def blocks(codes: Whole) -> list[Whole]:
    """Places of the values of each cluster, clusters of one size together; shapes (clusters, size)."""
    order = np.argsort(codes, kind="stable")
    counts = np.bincount(codes)
    starts = np.cumsum(counts) - counts
    return [order[starts[counts == size][:, None] + np.arange(size)] for size in np.unique(counts)]


def codes_of(labels: tuple[object, ...]) -> Whole:
    """A number from 0 for each label, in the order of first appearance."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.intp)


def centred(columns: Floats, codes: Whole) -> Floats:
    """The columns, shape (n, k), less each unit's own average."""
    counts = np.bincount(codes)
    sums = np.zeros((len(counts), columns.shape[1]))
    np.add.at(sums, codes, columns)
    rest: Floats = columns - (sums / counts[:, None])[codes]
    return rest


def dummies(codes: Whole) -> Floats:
    """One column of zeros and ones for each code but the first."""
    columns: Floats = (codes[:, None] == np.arange(1, codes.max() + 1)[None, :]).astype(float)
    return columns


def _not_identified() -> ProblemError:
    return ProblemError("not_identified", "The data cannot tell the effect from everything else.")
