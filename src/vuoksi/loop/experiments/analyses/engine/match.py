"""For each unit with the trial, the unit most like it.

Optimal pairs without replacement by Mahalanobis distance: Rosenbaum, P. R. (1989). Optimal matching
for observational studies. Journal of the American Statistical Association 84, 1024-1032,
doi:10.1080/01621459.1989.10478868; a caliper leaves units out rather than pairing them badly:
Cochran, W. G. & Rubin, D. B. (1973). Sankhya A 35, 417-446.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from vuoksi.loop.experiments.analyses.engine.balance import Balance, Covariates, compare
from vuoksi.loop.experiments.analyses.engine.problem import ProblemError
from vuoksi.loop.experiments.analyses.engine.problem.question import (
    check_lengths,
    check_range,
    check_values,
)

Floats = NDArray[np.float64]
MOST_DISTANCES = 25_000_000


@dataclass(frozen=True, slots=True)
class MatchProblem:
    """Units with the trial, a pool to choose from, and what is known of both.

    Parameters
    ----------
    covariates
        Names of what is known; each row of values has one entry for each.
    treated, pool
        Names of the units.
    treated_values, pool_values
        One row a unit.
    treated_strata, pool_strata
        Only units of the same stratum may be paired; empty for none.
    caliper
        The largest distance of a pair, in standard deviations (Mahalanobis); None for any.
    """

    covariates: tuple[str, ...]
    treated: tuple[str, ...]
    pool: tuple[str, ...]
    treated_values: tuple[tuple[float, ...], ...]
    pool_values: tuple[tuple[float, ...], ...]
    treated_strata: tuple[str, ...] = ()
    pool_strata: tuple[str, ...] = ()
    caliper: float | None = None

    def __post_init__(self) -> None:
        if len(self.treated) * len(self.pool) > MOST_DISTANCES:
            raise ProblemError("too_many", "There are too many units to compare each with each.")
        _check_side("treated", self.treated, self.treated_values, len(self.covariates))
        _check_side("pool", self.pool, self.pool_values, len(self.covariates))
        if self.treated_strata or self.pool_strata:
            check_lengths(len(self.treated), {"treated_strata": self.treated_strata})
            check_lengths(len(self.pool), {"pool_strata": self.pool_strata})
        if self.caliper is not None:
            check_range("caliper", self.caliper, 1e-9, 1e9)


@dataclass(frozen=True, slots=True)
class Pair:
    treated: str
    control: str
    distance: float


@dataclass(frozen=True, slots=True)
class Matches:
    """The pairs, in the order of the treated units; who found none; balance before and after.

    `after` is None with fewer than two pairs.
    """

    pairs: tuple[Pair, ...]
    unmatched: tuple[str, ...]
    before: Balance
    after: Balance | None


def match(problem: MatchProblem) -> Matches:
    """Find as many pairs as may be and, among those, the ones whose distances have the least sum."""
    treated, pool = np.array(problem.treated_values), np.array(problem.pool_values)
    distances = mahalanobis(treated, pool)
    allowed = _allowed(problem, distances)
    # One pair that is not allowed costs more than all allowed ones together.
    worst = (float(distances.max()) + 1) * (min(distances.shape) + 1)
    rows, columns = linear_sum_assignment(np.where(allowed, distances, worst))
    chosen = [
        (row, column) for row, column in zip(rows, columns, strict=True) if allowed[row, column]
    ]
    pairs = tuple(
        Pair(problem.treated[row], problem.pool[column], float(distances[row, column]))
        for row, column in chosen
    )
    paired = {pair.treated for pair in pairs}
    return Matches(
        pairs=pairs,
        unmatched=tuple(unit for unit in problem.treated if unit not in paired),
        before=_balance(problem, treated, pool),
        after=_after(problem, treated, pool, chosen),
    )


def mahalanobis(treated: Floats, pool: Floats) -> Floats:
    """Distances of each treated unit from each of the pool, by the covariance within both groups."""
    rests = np.concatenate([treated - treated.mean(axis=0), pool - pool.mean(axis=0)])
    covariance = rests.T @ rests / max(len(rests) - 2, 1)
    inverse = np.linalg.pinv(covariance, hermitian=True)
    gaps = treated[:, None, :] - pool[None, :, :]
    squares = np.einsum("ijk,kl,ijl->ij", gaps, inverse, gaps)
    distances: Floats = np.sqrt(np.clip(squares, 0, None))
    return distances


def _allowed(problem: MatchProblem, distances: Floats) -> NDArray[np.bool_]:
    allowed = np.ones(distances.shape, dtype=bool)
    if problem.caliper is not None:
        allowed &= distances <= problem.caliper
    if problem.treated_strata:
        ours, theirs = np.array(problem.treated_strata), np.array(problem.pool_strata)
        allowed &= ours[:, None] == theirs[None, :]
    return allowed


def _after(
    problem: MatchProblem, treated: Floats, pool: Floats, chosen: list[tuple[int, int]]
) -> Balance | None:
    if len(chosen) < 2:
        return None
    rows, columns = (list(places) for places in zip(*chosen, strict=True))
    return _balance(problem, treated[rows], pool[columns])


def _balance(problem: MatchProblem, treated: Floats, pool: Floats) -> Balance:
    columns = [tuple(tuple(column) for column in side.T.tolist()) for side in (pool, treated)]
    return compare(Covariates(problem.covariates, *columns))


def _check_side(
    side: str, names: tuple[str, ...], rows: tuple[tuple[float, ...], ...], width: int
) -> None:
    check_range(f"number of {side} units", len(names), 2, 1e6)
    check_lengths(len(names), {f"{side}_values": rows})
    if len(set(names)) != len(names):
        raise ProblemError("bad_groups", "Every unit must be named once.")
    for row in rows:
        check_lengths(width, {f"{side}_values": row})
        check_values(side, row, least=1)
