"""The chance to find a true effect, as a function of n and the effect.

Student's designs use the noncentral t distribution: Cohen, J. (1988). Statistical Power Analysis for the
Behavioral Sciences, 2nd ed. Shares: Fleiss, J. L., Levin, B. & Paik, M. C. (2003). Statistical Methods
for Rates and Proportions, 3rd ed., chapter 4. Wedge: Hussey, M. A. & Hughes, J. P. (2007). Contemporary
Clinical Trials 28, 182-191, doi:10.1016/j.cct.2006.05.007.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import nctdtr, ndtr, ndtri, stdtrit

from vuoksi.loop.experiments.analyses.engine.analyse.regression import least_squares
from vuoksi.loop.experiments.analyses.engine.analyse.series_model import (
    design_of,
    weights_of,
    whitened,
)
from vuoksi.loop.experiments.analyses.engine.power.problem import (
    MOST_PERIODS,
    MOST_UNITS,
    PairedCounts,
    PairedMeans,
    PanelMeans,
    PowerProblem,
    SeriesCounts,
    SeriesJump,
    TwoCounts,
    TwoMeans,
    TwoShares,
    WedgeMeans,
)
from vuoksi.loop.experiments.analyses.engine.problem import SeriesProblem

# The largest rise and the largest fall of a rate that are looked at, in percent.
MOST_PERCENT = 1e6
ALL_BUT_NOTHING = 99.9
# The ratio at which, the rate before being given, the logarithm lies the most standard errors from none.
LEAST_RATIO = 0.11


@dataclass(frozen=True, slots=True)
class Curve:
    """`power(n, effect)` grows with both; n from `fewest` to `most` in steps of `step`.

    `total` says how many units, sites or periods there are in all for an n. `largest` is the largest
    effect that is possible.
    """

    power: Callable[[float, float], float]
    total: Callable[[int], int]
    fewest: int
    most: int = MOST_UNITS
    step: int = 1
    largest: float = math.inf


def curve_of(problem: PowerProblem) -> Curve:
    match problem:
        case TwoMeans():
            return _two_means(problem)
        case TwoShares():
            return _two_shares(problem)
        case TwoCounts():
            return _two_counts(problem)
        case SeriesCounts():
            return _series_of_counts(problem)
        case PairedMeans():
            return _paired(problem)
        case PanelMeans():
            return _panel(problem)
        case SeriesJump():
            return _series(problem)
        case _:
            return _wedge(problem)


def t_power(noncentrality: float, freedom: float, level: float) -> float:
    """The chance that a two-sided t test finds an effect `noncentrality` errors away from none."""
    edge = float(stdtrit(freedom, 1 - level / 2))
    far = min(noncentrality, 1e3)
    above = 1 - float(nctdtr(freedom, far, edge))
    below = float(nctdtr(freedom, far, -edge))
    return above + (below if math.isfinite(below) else 0.0)


def _two_means(problem: TwoMeans) -> Curve:
    variance = _inflation(problem) * (1 - problem.baseline_correlation**2)
    deviation = problem.deviation * math.sqrt(variance)
    return _groups(deviation, problem.level)


def _panel(problem: PanelMeans) -> Curve:
    times = 1 / problem.before + 1 / problem.after
    variance = _inflation(problem) * (1 - problem.correlation) * times
    return _groups(problem.deviation * math.sqrt(variance), problem.level)


def _groups(deviation: float, level: float) -> Curve:
    def power(n: float, effect: float) -> float:
        return t_power(effect / deviation * math.sqrt(n / 2), 2 * n - 2, level)

    return Curve(power, lambda n: 2 * n, 2)


def _paired(problem: PairedMeans) -> Curve:
    deviation = problem.deviation * math.sqrt(2 * (1 - problem.correlation))

    def power(n: float, effect: float) -> float:
        return t_power(effect / deviation * math.sqrt(n), n - 1, problem.level)

    return Curve(power, lambda n: n, 2)


def _two_shares(problem: TwoShares) -> Curve:
    """The effect keeps its direction: shares are not alike above and below."""
    direction = math.copysign(1, problem.effect)
    z = float(ndtri(1 - problem.level / 2))
    inflation = _inflation(problem)
    largest = 1 - problem.before if direction > 0 else problem.before

    def power(n: float, effect: float) -> float:
        after = min(max(problem.before + direction * effect, 0.0), 1.0)
        units = n / inflation
        if problem.method == "arcsine":
            return float(ndtr(_cohens_h(problem.before, after) * math.sqrt(units / 2) - z))
        return _normal_power(problem.before, after, units, z, problem.continuity)

    return Curve(power, lambda n: 2 * n, 2, largest=largest)


def _cohens_h(before: float, after: float) -> float:
    return 2 * abs(math.asin(math.sqrt(after)) - math.asin(math.sqrt(before)))


def _normal_power(before: float, after: float, n: float, z: float, continuity: bool) -> float:
    gap = abs(after - before)
    if gap == 0:
        return 2 * float(ndtr(-z))
    if continuity:
        # The size that, before its correction, the corrected one stands for.
        n = max(n - 1 / gap, 0.0) ** 2 / n
    mean = (before + after) / 2
    alike = math.sqrt(2 * mean * (1 - mean))
    apart = math.sqrt(before * (1 - before) + after * (1 - after))
    reach = gap * math.sqrt(n) - z * alike
    return float(ndtr(reach / apart)) if apart > 0 else float(reach > 0)


def _two_counts(problem: TwoCounts) -> Curve:
    """By the normal distribution of the logarithm of the ratio; the effect keeps its direction."""
    direction = math.copysign(1, problem.effect)
    z = float(ndtri(1 - problem.level / 2))
    events = problem.before * problem.exposure / (problem.dispersion * _inflation(problem))

    def power(n: float, effect: float) -> float:
        # A larger fall leaves too few events for the approximation; it is found at least as often.
        ratio = max(1 + direction * effect / 100, LEAST_RATIO)
        reach = abs(math.log(ratio)) * math.sqrt(n * events / (1 + 1 / ratio))
        return float(ndtr(reach - z) + ndtr(-reach - z))

    largest = MOST_PERCENT if direction > 0 else ALL_BUT_NOTHING
    times = 1 if isinstance(problem, PairedCounts) else 2
    return Curve(power, lambda n: times * n, 2, largest=largest)


def _series_of_counts(problem: SeriesCounts) -> Curve:
    """A series of logarithms of rates, each as uneven as its expected count makes it."""
    names = ("before", "correlation", "estimand", "slope_change", "season", "season_length")
    logs = SeriesJump(
        effect=1.0,
        level=problem.level,
        deviation=math.sqrt(problem.dispersion / problem.expected),
        harmonics=problem.harmonics,
        **{name: getattr(problem, name) for name in names},
    )
    bare, direction = _series(logs), math.copysign(1, problem.effect)

    def power(n: float, effect: float) -> float:
        ratio = 1 + direction * effect / 100
        return bare.power(n, abs(math.log(ratio))) if ratio > 0 else 1.0

    largest = MOST_PERCENT if direction > 0 else ALL_BUT_NOTHING
    return Curve(power, bare.total, bare.fewest, bare.most, largest=largest)


def _inflation(problem: TwoMeans | TwoShares | TwoCounts | PanelMeans) -> float:
    """How many units stand for one if they come in clusters."""
    return 1 + (problem.cluster_size - 1) * problem.intra_cluster


def _series(problem: SeriesJump) -> Curve:
    """As if the correlation of neighbours were known."""

    def power(n: float, effect: float) -> float:
        course = made_up(problem, int(n))
        design = design_of(course)
        zeros = np.zeros(len(design))
        fit = least_squares(*whitened(zeros, design, problem.correlation))
        weights = weights_of(course, problem.estimand)
        innovation = problem.deviation * math.sqrt(1 - problem.correlation**2)
        error = innovation * math.sqrt(float(weights @ fit.bread @ weights))
        return t_power(effect / error, fit.freedom, problem.level)

    # There must be more periods than numbers that describe the course, and all of the season.
    parts = {"none": 0, "harmonics": 2 * problem.harmonics, "dummies": problem.season_length}
    fewest = max(3, 8 + parts[problem.season] - problem.before)
    return Curve(power, lambda n: problem.before + n, fewest, MOST_PERIODS)


def made_up(problem: SeriesJump, n: int, values: tuple[float, ...] | None = None) -> SeriesProblem:
    """The analysis that is planned, with values that do not matter if none are given."""
    size = problem.before + n
    return SeriesProblem(
        values=values or tuple(float(place % 2) for place in range(size)),
        start=problem.before,
        estimand=problem.estimand,
        slope_change=problem.slope_change,
        season=problem.season,
        season_length=problem.season_length,
        harmonics=problem.harmonics,
    )


def _wedge(problem: WedgeMeans) -> Curve:
    z = float(ndtri(1 - problem.level / 2))

    def power(n: float, effect: float) -> float:
        error = math.sqrt(wedge_variance(problem, n))
        return float(ndtr(effect / error - z) + ndtr(-effect / error - z))

    step = problem.steps
    return Curve(power, lambda n: n, step, MOST_UNITS - MOST_UNITS % step, step)


def wedge_variance(problem: WedgeMeans, sites: float) -> float:
    """Variance of the effect by Hussey and Hughes' closed form (their equation 8)."""
    periods, each = problem.steps + 1, sites / problem.steps
    between = problem.intra_site * problem.deviation**2
    within = (1 - problem.intra_site) * problem.deviation**2 / problem.per_period
    started = [each * step for step in range(periods)]
    on = sum(started)
    columns = sum(count**2 for count in started)
    rows = sum(each * (periods - step) ** 2 for step in range(1, periods))
    above = sites * within * (within + periods * between)
    below = (sites * on - columns) * within
    below += (on**2 + sites * periods * on - periods * columns - sites * rows) * between
    return above / below
