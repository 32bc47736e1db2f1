"""The model of a jury, and draws from what its scores leave possible.

A review's total is  level_r + slope_r * quality_e + scatter:  reviewers differ in how lenient they
are (level), how strongly they tell entries apart (slope) and how steady they are (scatter). Entries'
qualities and reviewers' levels come from normal distributions of unknown spread, slopes from
Normal(1, tau) where tau may be nought, scatter variances from a common one times an inverse gamma
variable whose degrees of freedom may be so many that all are equal. All is drawn by a blocked Gibbs
sampler in which qualities and levels are drawn together (the diagonal block of entries eliminated),
and each spread with what it governs integrated out, so that successive draws hardly depend on each
other. Totals are standardised before they come here.

Crossed random effects: Searle, S. R., Casella, G. and McCulloch, C. E. (1992). Variance Components.
Wiley, doi:10.1002/9780470316856. Blocked and collapsed draws: Liu, J. S. (1994). The collapsed Gibbs
sampler in Bayesian computations. JASA 89, 958-966, doi:10.1080/01621459.1994.10476829. Priors flat
on standard deviations near nought: Gelman, A. (2006). Prior distributions for variance parameters in
hierarchical models. Bayesian Analysis 1, 515-534, doi:10.1214/06-BA117A.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from vuoksi.loop.calls.engine.ranking.totals import Floats, Ints

Stop = Callable[[int], bool]
Progress = Callable[[int, int], None]

# Many chains at once, so that numpy's cost of a call is shared; the first sweeps are forgotten.
CHAINS = 8
FORGOTTEN = 100
# In standard deviations of the totals: finer than a tenth of the uncertainty that any jury leaves.
_DEVIATIONS = np.geomspace(0.02, 3.0, 32)
_LOG_PRIOR = np.log(_DEVIATIONS) - _DEVIATIONS**2 / 2
_SLOPES = np.array([0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6])
_LOG_PRIOR_SLOPES = np.log([0.25, *[0.75 / 7] * 7]) - _SLOPES**2 / (2 * 0.3**2)
_FREEDOMS = np.array([3.0, 6.0, 12.0, 25.0, 50.0, 1e5])
_LEAST_VARIANCE = 1e-5


@dataclass(frozen=True, slots=True)
class Table:
    """Standardised totals: `counts` and `totals` of shape (entries, reviewers), 0 where no review."""

    counts: Floats
    totals: Floats

    @property
    def reviews(self) -> Floats:
        """Reviews of each reviewer, at least one."""
        reviews: Floats = self.counts.sum(axis=0)
        return reviews


@dataclass(slots=True)
class State:
    """One draw of everything in each chain.

    Shapes: `levels`, `slopes`, `variances` (chains, reviewers); `qualities` (chains, entries);
    `quality_sd`, `level_sd`, `slope_sd`, `variance` (chains, 1). `factors` times `variance` is
    `variances`.
    """

    levels: Floats
    slopes: Floats
    factors: Floats
    qualities: Floats
    quality_sd: Floats
    level_sd: Floats
    slope_sd: Floats
    variance: Floats

    @property
    def variances(self) -> Floats:
        variances: Floats = np.maximum(self.variance * self.factors, _LEAST_VARIANCE)
        return variances


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws of what the scores leave possible, all in standardised units.

    `qualities` (draws, entries) and `levels` (draws, reviewers) are measured from the average
    reviewer; `expected` (entries,) is the mean of the former with less chance in it, because it
    averages exact conditional means. `spreads` (draws, 3): standard deviations of quality, level
    and slope; `slopes` and `scatters` (draws, reviewers).
    """

    expected: Floats
    qualities: Floats
    levels: Floats
    slopes: Floats
    scatters: Floats
    spreads: Floats


def draw(
    table: Table,
    *,
    number: int,
    seed: int,
    equal_reviewers: bool = False,
    stop: Stop | None = None,
    progress: Progress | None = None,
    fewest: int = 200,
) -> Draws:
    """Draw `number` times (rounded up to whole sweeps of all chains).

    Parameters
    ----------
    equal_reviewers
        Hold all slopes at 1 and all scatters equal: the plain two-way random-effects model.
    stop
        Asked after each sweep with the number of draws made; heeded once there are `fewest`.
    progress
        Told after each sweep: draws made, draws wanted.
    """
    random = np.random.default_rng(seed)
    state = _start(table, random)
    kept: list[tuple[Floats, ...]] = []
    expected = np.zeros(len(table.counts))
    for sweep in range(FORGOTTEN + -(-number // CHAINS)):
        likely = draw_levels_and_qualities(table, state, random)
        if sweep >= FORGOTTEN:
            expected += likely.sum(axis=0)
            kept.append(_picture(state))
            if progress:
                progress(min(CHAINS * len(kept), number), number)
            if stop and stop(CHAINS * len(kept)) and CHAINS * len(kept) >= fewest:
                break
        _draw_the_rest(table, state, random, equal_reviewers)
    parts = [np.concatenate(part) for part in zip(*kept, strict=True)]
    return Draws(expected / (CHAINS * len(kept)), *parts)


def draw_levels_and_qualities(table: Table, state: State, random: np.random.Generator) -> Floats:
    """Draw both at once given all spreads; give the expected qualities from the average reviewer.

    The qualities are integrated out first, which leaves one symmetric system as large as the number
    of reviewers in each chain; the mean of all levels has a flat prior.
    """
    weights = state.slopes / state.variances
    information = (state.slopes * weights) @ table.counts.T
    evidence = weights @ table.totals.T
    spread = 1 / (information + state.quality_sd**-2)
    gram = np.matmul(table.counts.T * spread[:, None, :], table.counts)
    matrix = -gram * weights[:, :, None] * weights[:, None, :]
    number = table.counts.shape[1]
    matrix -= (state.level_sd**-2 / number)[:, :, None]
    diagonal = np.arange(number)
    matrix[:, diagonal, diagonal] += table.reviews / state.variances + state.level_sd**-2
    right = table.totals.sum(axis=0) / state.variances
    right = right - weights * ((evidence * spread) @ table.counts)
    lower = np.linalg.cholesky(matrix)
    half = np.linalg.solve(lower, right[:, :, None])
    noise = random.standard_normal(half.shape)
    upper = lower.transpose(0, 2, 1)
    solved = np.linalg.solve(upper, np.concatenate([half, half + noise], axis=2))
    likely, state.levels = solved[:, :, 0], solved[:, :, 1]
    mean = (evidence - (weights * state.levels) @ table.counts.T) * spread
    state.qualities = mean + random.standard_normal(mean.shape) * np.sqrt(spread)
    expected: Floats = (evidence - (weights * likely) @ table.counts.T) * spread
    expected += likely.mean(axis=1, keepdims=True)
    return expected


def _start(table: Table, random: np.random.Generator) -> State:
    entries, reviewers = table.counts.shape
    one = np.ones((CHAINS, reviewers))
    return State(
        levels=one * 0,
        slopes=one,
        factors=one,
        qualities=np.zeros((CHAINS, entries)),
        quality_sd=np.exp(random.uniform(np.log(0.2), 0, (CHAINS, 1))),
        level_sd=np.exp(random.uniform(np.log(0.2), 0, (CHAINS, 1))),
        slope_sd=np.zeros((CHAINS, 1)),
        variance=np.full((CHAINS, 1), 0.4),
    )


def _picture(state: State) -> tuple[Floats, ...]:
    centre = state.levels.mean(axis=1, keepdims=True)
    return (
        state.qualities + centre,
        state.levels - centre,
        state.slopes.copy(),
        np.sqrt(state.variances),
        np.concatenate([state.quality_sd, state.level_sd, state.slope_sd], axis=1),
    )


def _draw_the_rest(
    table: Table, state: State, random: np.random.Generator, equal_reviewers: bool
) -> None:
    sums = state.qualities @ table.counts
    squares = (state.qualities**2) @ table.counts
    products = state.qualities @ table.totals
    if not equal_reviewers:
        _draw_slopes(state, random, products - state.levels * sums, squares)
    residual = (
        (table.totals**2).sum(axis=0)
        + table.reviews * state.levels**2
        + state.slopes**2 * squares
        - 2 * state.levels * table.totals.sum(axis=0)
        - 2 * state.slopes * products
        + 2 * state.slopes * state.levels * sums
    )
    residual = np.maximum(residual, 1e-6 * table.reviews)
    if not equal_reviewers:
        _draw_factors(state, random, residual / state.variance, table.reviews)
    shape = table.counts.sum() / 2
    scaled = (residual / state.factors).sum(axis=1, keepdims=True) / 2
    state.variance = scaled / random.standard_gamma(shape, scaled.shape)
    _draw_level_sd(table, state, random, sums)
    _draw_quality_sd(table, state, random)


def _draw_slopes(
    state: State, random: np.random.Generator, products: Floats, squares: Floats
) -> None:
    """Draw the spread of slopes with the slopes integrated out, then the slopes."""
    pull = ((products - squares) / state.variances)[:, None, :]
    information = squares / state.variances
    prior = (_SLOPES**2)[None, :, None]
    grown = 1 + prior * information[:, None, :]
    fit = (pull**2 * prior / grown - np.log(grown)).sum(axis=2) / 2
    state.slope_sd = _SLOPES[_pick(random, fit + _LOG_PRIOR_SLOPES)][:, None]
    spread = state.slope_sd**2 / (1 + state.slope_sd**2 * information)
    noise = random.standard_normal(spread.shape) * np.sqrt(spread)
    state.slopes = 1 + pull[:, 0, :] * spread + noise


def _draw_factors(
    state: State, random: np.random.Generator, squares: Floats, reviews: Floats
) -> None:
    """Draw how unequal scatters are with the factors integrated out, then the factors."""
    half = (_FREEDOMS / 2)[None, :, None]
    shape = half + reviews / 2
    constant = gammaln(shape) - gammaln(half) + half * np.log(half)
    fit = (constant - shape * np.log(half + squares[:, None, :] / 2)).sum(axis=2)
    freedom = _FREEDOMS[_pick(random, fit)][:, None]
    gamma = random.standard_gamma(np.broadcast_to((freedom + reviews) / 2, squares.shape))
    state.factors = (freedom + squares) / 2 / gamma


def _draw_level_sd(table: Table, state: State, random: np.random.Generator, sums: Floats) -> None:
    """Draw the spread of levels with levels and their mean integrated out, then the levels."""
    mean = (table.totals.sum(axis=0) - state.slopes * sums) / table.reviews
    error = state.variances / table.reviews
    weights = 1 / ((_DEVIATIONS**2)[None, :, None] + error[:, None, :])
    total = weights.sum(axis=2)
    centre = (weights * mean[:, None, :]).sum(axis=2) / total
    squares = (weights * (mean[:, None, :] - centre[:, :, None]) ** 2).sum(axis=2)
    fit = (np.log(weights).sum(axis=2) - np.log(total) - squares) / 2
    picked = _pick(random, fit + _LOG_PRIOR)
    chain = np.arange(CHAINS)
    middle = centre[chain, picked] + random.standard_normal(CHAINS) / np.sqrt(total[chain, picked])
    state.level_sd = _DEVIATIONS[picked][:, None]
    precision = 1 / error + state.level_sd**-2
    expected = (mean / error + middle[:, None] * state.level_sd**-2) / precision
    state.levels = expected + random.standard_normal(expected.shape) / np.sqrt(precision)


def _draw_quality_sd(table: Table, state: State, random: np.random.Generator) -> None:
    """Draw the spread of qualities with the qualities integrated out (they are drawn next)."""
    weights = state.slopes / state.variances
    information = ((state.slopes * weights) @ table.counts.T)[:, None, :]
    evidence = weights @ table.totals.T - (weights * state.levels) @ table.counts.T
    total = information + (_DEVIATIONS**-2)[None, :, None]
    explained = np.matmul(1 / total, (evidence**2)[:, :, None])[:, :, 0]
    # Logarithms are the cost of a sweep: one for sixteen factors, whose product is far from overflow.
    factors = np.multiply.reduceat(total, np.arange(0, total.shape[2], 16), axis=2)
    volume = np.log(factors).sum(axis=2) + 2 * total.shape[2] * np.log(_DEVIATIONS)
    fit = (explained - volume) / 2
    state.quality_sd = _DEVIATIONS[_pick(random, fit + _LOG_PRIOR)][:, None]


def _pick(random: np.random.Generator, log_weights: Floats) -> Ints:
    """Draw one column in each row with probability as its exp(log weight) (Gumbel's maximum)."""
    noise = -np.log(random.standard_exponential(log_weights.shape))
    picked: Ints = np.argmax(log_weights + noise, axis=1)
    return picked
