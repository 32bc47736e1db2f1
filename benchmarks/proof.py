"""How far the promises of the analyses' engine hold, by simulation: coverage, false alarms, power.

Every experiment is made up with a known effect and analysed as the engine would. A true 95 % interval
covers the effect in 95 of 100; an honest look on the way raises a false alarm in at most 5 of 100.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from vuoksi.loop.experiments.analyses.engine import (
    Interval,
    PanelProblem,
    Problem,
    SeriesProblem,
    WedgeProblem,
    solve,
)
from vuoksi.loop.experiments.analyses.engine.analyse import panel_model, series_model
from vuoksi.loop.experiments.analyses.engine.analyse import wedge as wedge_model
from vuoksi.loop.experiments.analyses.engine.analyse.inference import interval_around, percent
from vuoksi.loop.experiments.analyses.engine.analyse.regression import cluster_error, plain_error
from vuoksi.loop.experiments.analyses.engine.analyse.wild import wild_cluster, wild_interval
from vuoksi.loop.experiments.analyses.engine.peeking import LookProblem, look
from vuoksi.loop.experiments.analyses.engine.power import (
    PairedMeans,
    PanelMeans,
    SeriesJump,
    TwoCounts,
    TwoMeans,
    TwoShares,
    WedgeMeans,
    power_of,
)
from vuoksi.loop.experiments.analyses.engine.synthesis import (
    Study,
    SynthesisProblem,
    synthesise,
)

Random = np.random.Generator
EFFECT = 0.5


def at_once(problem):
    return solve(problem, stop=lambda done: True)


def interval_of(problem):
    """The interval alone: what stands beside it (placebos, units left out) takes most of the time."""
    match problem:
        case PanelProblem():
            model = panel_model.model_of(problem)
            effect, error = model.effect, model.error
        case WedgeProblem():
            model = wedge_model.model_of(problem)
            weights = np.eye(len(model.fit.coefficients))[0]
            effect, error = model.effect, cluster_error(model.fit, weights, model.sites)
        case SeriesProblem():
            effect, *error = series_model.model_of(problem).effect(problem.estimand)
            if problem.kind == "count":
                found = interval_around(effect, *error, problem.confidence)
                return Interval(percent(found.low), percent(found.high))
        case _:
            return at_once(problem).interval
    return interval_around(effect, *error, problem.confidence)


def tuples(*columns) -> tuple[tuple, ...]:
    return tuple(tuple(np.asarray(column).tolist()) for column in columns)


def pairs(random: Random, n: int = 20, effect: float = EFFECT) -> Problem:
    level = random.normal(size=n)
    before, after = (level + random.normal(size=n) for _ in range(2))
    return Problem("before_after_paired", *tuples(before, after + effect))


def groups(random: Random, n: int = 15, effect: float = EFFECT, spread: float = 1.0) -> Problem:
    return Problem(
        "two_groups", *tuples(random.normal(size=n), random.normal(effect, spread, 2 * n))
    )


def even_groups(random: Random, n: int, effect: float) -> Problem:
    return Problem("two_groups", *tuples(random.normal(size=n), random.normal(effect, 1, n)))


def skewed(random: Random) -> Problem:
    return Problem(
        "two_groups", *tuples(random.exponential(size=20), random.exponential(size=20) + EFFECT)
    )


def adjusted(random: Random) -> Problem:
    before, group = random.normal(size=40), np.repeat([0, 1], 20)
    after = 0.7 * before + EFFECT * group + random.normal(size=40)
    sides = tuples(after[:20], after[20:])
    baselines = tuples(before[:20], before[20:])
    return Problem(
        "two_groups", *sides, baseline_reference=baselines[0], baseline_treatment=baselines[1]
    )


def shares(random: Random, n: int = 30, effect: float = 0.25, before: float = 0.2) -> Problem:
    sides = random.random(n) < before, random.random(n) < before + effect
    return Problem("two_groups", *tuples(*(side.astype(float) for side in sides)), kind="share")


def paired_shares(random: Random) -> Problem:
    """Half of the units answer by habit, the others anew each time; 10 points more say yes after."""
    habit, level = random.random(40) < 0.5, random.random(40)
    before = np.where(habit, level, random.random(40)) < 0.4
    after = np.where(habit, level, random.random(40)) < 0.5
    return Problem(
        "before_after_paired", *tuples(before.astype(float), after.astype(float)), kind="share"
    )


def counted(random: Random, n: int, mean: float, shape: float) -> np.ndarray:
    """Counts whose expected number varies as well, by a gamma distribution."""
    return random.poisson(mean * random.gamma(shape, 1 / shape, n)).astype(float)


def counts(random: Random, n: int = 20, ratio: float = 1.5, shape: float = 2.0) -> Problem:
    sides = counted(random, n, 4, shape), counted(random, 2 * n, 4 * ratio, shape)
    return Problem("two_groups", *tuples(*sides), kind="count")


def counts_of(random: Random, n: int) -> Problem:
    """Even groups whose counts vary 3.5 times as much as by pure chance, on average of both."""
    sides = counted(random, n, 4, 2), counted(random, n, 6, 2)
    return Problem("two_groups", *tuples(*sides), kind="count")


def few_counts(random: Random) -> Problem:
    return Problem(
        "two_groups", *tuples(counted(random, 12, 2, 1), counted(random, 12, 3, 1)), kind="count"
    )


def paired_counts(random: Random, n: int = 20) -> Problem:
    level = random.gamma(2, 3, n)
    sides = (random.poisson(level * ratio * random.gamma(8, 1 / 8, n)) for ratio in (1.0, 1.5))
    return Problem("before_after_paired", *tuples(*(s.astype(float) for s in sides)), kind="count")


def count_series(random: Random, size: int, rho: float) -> SeriesProblem:
    errors = random.normal(size=size)
    for place in range(1, size):
        errors[place] = rho * errors[place - 1] + np.sqrt(1 - rho**2) * errors[place]
    time = np.arange(size)
    course = 3.5 + 0.004 * time + 0.4 * (time >= size // 2) + 0.15 * errors
    course += 0.2 * np.sin(2 * np.pi * time / 12)
    values = random.poisson(np.exp(course)).astype(float)
    return SeriesProblem(*tuples(values), size // 2, season="harmonics", kind="count")


def panel(random: Random, clusters: int, size: int = 5, effect: float = EFFECT) -> PanelProblem:
    """Clusters with their own lasting level and their own passing ups and downs."""
    periods, units = 4, clusters * size
    shocks = np.repeat(random.normal(0, 0.5, (clusters, periods)), size, axis=0)
    values = random.normal(size=(units, 1)) + shocks + random.normal(size=(units, periods))
    treated = np.repeat(np.arange(clusters) % 2 == 0, size)
    values[treated, 2:] += effect
    names = [f"u{unit}" for unit in range(units) for _ in range(periods)]
    owners = [f"c{unit // size}" for unit in range(units) for _ in range(periods)]
    return PanelProblem(
        *tuples(values.ravel(), list(range(periods)) * units), tuple(names),
        *tuples(np.repeat(treated, periods)), 2, clusters=tuple(owners),
    )  # fmt: skip


def plain_panel(random: Random, n: int, effect: float) -> PanelProblem:
    """Units on their own, measured twice, with a correlation of one half."""
    values = random.normal(0, np.sqrt(0.5), (2 * n, 1)) + random.normal(0, np.sqrt(0.5), (2 * n, 2))
    treated = np.arange(2 * n) < n
    values[treated, 1] += effect
    names = tuple(f"u{unit}" for unit in range(2 * n) for _ in range(2))
    return PanelProblem(
        *tuples(values.ravel(), [0, 1] * (2 * n)), names, *tuples(np.repeat(treated, 2)), 1
    )


def series(random: Random, size: int, rho: float, errors: str = "ar1") -> SeriesProblem:
    noise = random.normal(size=size)
    noise[0] /= np.sqrt(1 - rho**2)
    for place in range(1, size):
        noise[place] += rho * noise[place - 1]
    time, start = np.arange(size), size // 2
    values = 0.05 * time + EFFECT * (time >= start) + np.sin(np.pi * time / 6) + noise
    return SeriesProblem(*tuples(values), start, season="harmonics", harmonics=1, errors=errors)


def wedge(
    random: Random, sites: int, differ: float = 0.0, effect: float = EFFECT, steps: int = 3,
    each: int = 8, level: float = 0.5,
) -> WedgeProblem:  # fmt: skip
    """Sites with their own level and, if they differ, their own effect."""
    periods = steps + 1
    levels, extra = random.normal(0, level, sites), random.normal(0, differ, sites)
    rows = [(site, time) for site in range(sites) for time in range(periods) for _ in range(each)]
    on = [time > site * steps // sites for site, time in rows]
    values = [
        levels[site] + 0.2 * time + started * (effect + extra[site]) + random.normal()
        for (site, time), started in zip(rows, on, strict=True)
    ]
    return WedgeProblem(
        tuple(values),
        tuple(f"s{site}" for site, _ in rows),
        tuple(time for _, time in rows),
        tuple(on),
    )


@dataclass(frozen=True)
class Row:
    name: str
    share: float
    wanted: str
    runs: int

    def __str__(self) -> str:
        spread = 196 * np.sqrt(self.share * (1 - self.share) / self.runs)
        return f"{self.name:62} {100 * self.share:6.1f} %  ± {spread:3.1f}   {self.wanted}"


def covered(name: str, make: Callable[[Random], Problem], effect: float, runs: int) -> Row:
    random = np.random.default_rng(1)
    hits = 0
    for _ in range(runs):
        interval = interval_of(make(random))
        hits += interval.low <= effect <= interval.high
    return Row(name, hits / runs, "95 %", runs)


def coverage(runs: int) -> Iterator[Row]:
    yield covered("20 pairs", pairs, EFFECT, runs)
    yield covered("two groups of 15 and 30", groups, EFFECT, runs)
    yield covered(
        "the same, one three times as spread", lambda r: groups(r, spread=3.0), EFFECT, runs
    )
    yield covered("two groups of 20, skewed", skewed, EFFECT, runs)
    yield covered("two groups of 20, adjusted for a baseline", adjusted, EFFECT, runs)
    yield covered("shares of 30 and 30", shares, 0.25, runs)
    yield covered("shares of 40 pairs", paired_shares, 0.1, runs)
    yield covered("counts of 20 and 40, uneven", counts, 50, runs)
    yield covered("counts of 12 and 12, few and very uneven", few_counts, 50, runs)
    yield covered("counts of 20 pairs, uneven", paired_counts, 50, runs)
    for size, rho in ((48, 0.0), (48, 0.5), (120, 0.5)):
        yield covered(
            f"series of {size} counts, neighbours correlated {rho}",
            lambda r, s=size, c=rho: count_series(r, s, c), percent(0.4), runs,
        )  # fmt: skip
    for clusters in (6, 10, 20, 40):
        yield covered(
            f"difference in differences, {clusters} clusters",
            lambda r, c=clusters: panel(r, c),
            EFFECT,
            runs,
        )
    for size in (24, 48, 120):
        for rho in (0.0, 0.3, 0.6):
            yield covered(
                f"series of {size}, neighbours correlated {rho}",
                lambda r, s=size, c=rho: series(r, s, c), EFFECT, runs,
            )  # fmt: skip
    yield covered(
        "series of 48, correlated 0.3, Newey-West",
        lambda r: series(r, 48, 0.3, "newey_west"), EFFECT, runs,
    )  # fmt: skip
    for sites in (6, 12, 24):
        yield covered(
            f"stepped wedge of {sites} sites", lambda r, s=sites: wedge(r, s), EFFECT, runs
        )
        yield covered(
            f"stepped wedge of {sites} sites whose effects differ",
            lambda r, s=sites: wedge(r, s, differ=0.4), EFFECT, runs,
        )  # fmt: skip


def model_based(runs: int) -> Iterator[Row]:
    """The wedge's second interval, which trusts its model, where the model is wrong."""
    random, hits = np.random.default_rng(1), 0
    for _ in range(runs):
        model = wedge_model.model_of(wedge(random, 12, differ=0.4))
        error = plain_error(model.fit, np.eye(len(model.fit.coefficients))[0])
        interval = interval_around(model.effect, error, 10, 0.95)
        hits += interval.low <= EFFECT <= interval.high
    yield Row("stepped wedge of 12, effects differ, model-based", hits / runs, "95 %", runs)


def wild(runs: int) -> Iterator[Row]:
    for clusters in (6, 10, 20):
        random, hits = np.random.default_rng(1), 0
        for _ in range(runs):
            model = panel_model.model_of(panel(random, clusters))
            bootstrap = wild_cluster(model.fit, model.values, model.clusters)
            interval, _ = wild_interval(bootstrap, 0.95, seed=1)
            hits += interval is None or interval.low <= EFFECT <= interval.high
        yield Row(
            f"difference in differences, {clusters} clusters, wild", hits / runs, "95 %", runs
        )


def peeking(runs: int) -> Iterator[Row]:
    """A look after every five units on each side, from 20 to 200, without any effect."""
    random = np.random.default_rng(1)
    honest = naive = 0
    for _ in range(runs):
        one, two = random.normal(size=200), random.normal(size=200)
        looks = range(20, 201, 5)
        problems = [Problem("two_groups", *tuples(one[:n], two[:n])) for n in looks]
        honest += any(look(LookProblem(each, 200, 200)).is_clear for each in problems)
        naive += any(at_once(each).p_value < 0.05 for each in problems)
    yield Row("false alarm, 37 looks, always-valid interval", honest / runs, "at most 5 %", runs)
    yield Row("false alarm, 37 looks, ordinary interval", naive / runs, "5 % was meant", runs)


def syntheses(runs: int) -> Iterator[Row]:
    for careful in (True, False):
        random, hits = np.random.default_rng(1), 0
        for _ in range(runs):
            errors = random.uniform(0.1, 0.5, 6)
            effects = EFFECT + random.normal(0, 0.3, 6) + errors * random.normal(size=6)
            studies = tuple(
                Study(str(n), float(effect), float(error))
                for n, (effect, error) in enumerate(zip(effects, errors, strict=True))
            )
            interval = synthesise(SynthesisProblem(studies, hartung_knapp=careful)).interval
            hits += interval.low <= EFFECT <= interval.high
        name = "Hartung-Knapp-Sidik-Jonkman" if careful else "normal distribution"
        yield Row(f"6 experiments that differ, {name}", hits / runs, "95 %", runs)


def found(make: Callable[[Random], Problem], runs: int) -> float:
    """How often the interval leaves out no effect; the p value of shares is that of another test."""
    random, hits = np.random.default_rng(1), 0
    for _ in range(runs):
        problem = make(random)
        if isinstance(problem, Problem) and problem.kind == "share":
            hits += at_once(problem).p_value < 0.05
        else:
            hits += not (interval := interval_of(problem)).low <= 0 <= interval.high
    return hits / runs


def powers(runs: int) -> Iterator[Row]:
    planned = [
        ("power: two groups of 64", TwoMeans(effect=0.5, n=64), lambda r: even_groups(r, 64, 0.5)),
        ("power: two shares of 58", TwoShares(effect=0.25, before=0.5, n=58),
         lambda r: shares(r, 58, 0.25, 0.5)),
        ("power: two counts of 30", TwoCounts(effect=50, before=4, dispersion=3.5, n=30),
         lambda r: counts_of(r, 30)),
        ("power: 34 pairs", PairedMeans(effect=0.5, n=34, deviation=2**0.5, correlation=0.5),
         lambda r: pairs(r, 34, 0.5)),
        ("power: panel of 64 and 64", PanelMeans(effect=0.5, n=64), lambda r: plain_panel(r, 64, 0.5)),
        ("power: wedge of 12 sites",
         WedgeMeans(effect=0.5, n=12, steps=3, per_period=8, deviation=1.25**0.5, intra_site=0.2),
         lambda r: wedge(r, 12)),
    ]  # fmt: skip
    for name, problem, make in planned:
        yield Row(
            name, found(make, runs), f"{100 * power_of(problem).power:.1f} % by formula", runs
        )
    jump = power_of(SeriesJump(effect=2.5, before=30, n=30, correlation=0.3, simulations=runs))
    wanted = f"{100 * jump.power:.1f} % by formula"
    yield Row("power: series of 30 and 30", jump.simulated_power, wanted, runs)


def main(runs: int) -> None:
    print(f"{'':62} {'simulated':>8}         wanted")
    for study in (coverage, model_based, wild, peeking, syntheses, powers):
        share = max(runs // 5, 20) if study in (wild, peeking) else runs
        for row in study(share):
            print(row, flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
