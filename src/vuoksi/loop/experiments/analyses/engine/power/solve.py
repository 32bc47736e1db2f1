"""How many are needed, what those at hand can find, and the smallest effect within reach."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Progress, Stop
from vuoksi.loop.experiments.analyses.engine.analyse.series_model import model_of
from vuoksi.loop.experiments.analyses.engine.power.curves import Curve, curve_of, made_up
from vuoksi.loop.experiments.analyses.engine.power.problem import PowerProblem, SeriesJump

_HALVINGS = 80
_SIMULATED_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Power:
    """What the numbers can do.

    Attributes
    ----------
    design
        ``two_means``, ``two_shares``, ``two_counts``, ``paired_means``, ``paired_counts``,
        ``panel_means``, ``series_jump``, ``series_counts`` or ``wedge_means``.
    needed, needed_total
        The least n (units in a group, pairs, periods with the trial, sites) with the wished power, and
        how many that is in all. None if no number that was looked at is enough.
    exact
        Where the power is just the wished one, between whole numbers.
    n, total
        The number at hand, or else the needed one, and how many that is in all.
    power
        The chance to find the effect with n.
    smallest_effect
        The smallest effect that n finds with the wished power; None if there is none.
    simulated_power
        The share of made-up series in which the analysis itself found the effect.
    """

    design: str
    effect: float
    wished: float
    level: float
    needed: int | None
    needed_total: int | None
    exact: float | None
    n: int | None
    total: int | None
    power: float | None
    smallest_effect: float | None
    simulated_power: float | None = None


def power_of(
    problem: PowerProblem,
    *,
    seed: int = 0,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Power:
    """Compute sample size, power and smallest effect.

    `seed`, `stop` and `progress` concern the simulated series only; a stopped simulation counts those
    that were made.
    """
    curve, effect = curve_of(problem), abs(problem.effect)
    exact = _exact(curve, effect, problem.power)
    needed = None if exact is None else _whole(curve, exact, effect, problem.power)
    n = needed if problem.n is None else problem.n
    simulated = None
    if isinstance(problem, SeriesJump) and n is not None and problem.simulations:
        simulated = simulated_power(problem, n, seed=seed, stop=stop, progress=progress)
    return Power(
        design=_NAMES[type(problem).__name__],
        effect=effect,
        wished=problem.power,
        level=problem.level,
        needed=needed,
        needed_total=None if needed is None else curve.total(needed),
        exact=exact,
        n=n,
        total=None if n is None else curve.total(n),
        power=None if n is None else curve.power(n, effect),
        smallest_effect=None if n is None else _smallest(curve, n, problem.power),
        simulated_power=simulated,
    )


def power_curve(
    problem: PowerProblem, around: int | None, *, points: int = 13
) -> list[tuple[int, float]]:
    """How many in all, and the chance to find the effect with them, for numbers up to twice `around`."""
    if around is None:
        return []
    curve, effect = curve_of(problem), abs(problem.effect)
    highest = max(2 * around, curve.fewest + curve.step)
    shares = [place / (points - 1) for place in range(points)]
    numbers = {
        round((curve.fewest + share * (highest - curve.fewest)) / curve.step) * curve.step
        for share in shares
    } | {around}
    fit = sorted(n for n in numbers if n >= curve.fewest)
    return [(curve.total(n), curve.power(n, effect)) for n in fit]


_NAMES = {
    "TwoMeans": "two_means",
    "TwoShares": "two_shares",
    "TwoCounts": "two_counts",
    "PairedCounts": "paired_counts",
    "SeriesCounts": "series_counts",
    "PairedMeans": "paired_means",
    "PanelMeans": "panel_means",
    "SeriesJump": "series_jump",
    "WedgeMeans": "wedge_means",
}


def _exact(curve: Curve, effect: float, wished: float) -> float | None:
    """The n at which the power is the wished one, by doubling and then halving."""
    high = float(curve.fewest)
    while curve.power(high, effect) < wished:
        if high >= curve.most:
            return None
        high = min(2 * high, curve.most)
    low = max(high / 2, curve.fewest)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if curve.power(middle, effect) >= wished else (middle, high)
    return high


def _whole(curve: Curve, exact: float, effect: float, wished: float) -> int:
    """The first whole number of steps with the wished power."""
    n = max(math.floor(exact / curve.step) * curve.step, curve.fewest)
    while curve.power(n, effect) < wished:
        n += curve.step
    return n


def _smallest(curve: Curve, n: int, wished: float) -> float | None:
    high = 1e-9 if math.isinf(curve.largest) else curve.largest
    while curve.power(n, high) < wished:
        high *= 4
        if high > min(curve.largest, 1e70):
            return None
    low = 0.0
    for _ in range(2 * _HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if curve.power(n, middle) >= wished else (middle, high)
    return high


def simulated_power(
    problem: SeriesJump,
    n: int,
    *,
    seed: int = 0,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> float | None:
    """Share of made-up series in which the analysis finds the effect; None if stopped at once."""
    random = np.random.default_rng(seed)
    found = done = 0
    while done < problem.simulations and not (stop is not None and stop(done)):
        count = min(_SIMULATED_AT_ONCE, problem.simulations - done)
        found += sum(_finds(problem, n, random) for _ in range(count))
        done += count
        if progress is not None:
            progress(done, problem.simulations)
    return found / done if done else None


def _finds(problem: SeriesJump, n: int, random: np.random.Generator) -> bool:
    errors = random.normal(size=problem.before + n)
    rho, innovation = problem.correlation, math.sqrt(1 - problem.correlation**2)
    for place in range(1, len(errors)):
        errors[place] = rho * errors[place - 1] + innovation * errors[place]
    course = made_up(problem, n, tuple((problem.deviation * errors).tolist()))
    # The analysis is linear in the values: a series with the effect has that effect added.
    estimate, error, freedom = model_of(course).effect(problem.estimand)
    t = (estimate + abs(problem.effect)) / error
    return 2 * float(stdtr(freedom, -abs(t))) < problem.level
