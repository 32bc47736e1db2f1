"""Make a roster: a first one at once, then bound and parts by column generation, a dive, and neighbourhoods until told."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np

from vuoksi.systems.libraries.engine.rosters.core import Core, Row
from vuoksi.systems.libraries.engine.rosters.dive import dive
from vuoksi.systems.libraries.engine.rosters.generate import SMOOTHED, Pricer, generate
from vuoksi.systems.libraries.engine.rosters.improve import improve
from vuoksi.systems.libraries.engine.rosters.master import PART, Master, Pool
from vuoksi.systems.libraries.engine.rosters.opening import all_open
from vuoksi.systems.libraries.engine.rosters.problem import Roster, RosterProblem
from vuoksi.systems.libraries.engine.rosters.start import first

# What part of the time allowed column generation may take, and the dive after it at the latest end.
GENERATING, DIVING = 0.35, 0.7


@dataclass(frozen=True, slots=True)
class Solved:
    """A roster that keeps every rule, what it costs, and what no roster can cost less than (None: not known yet)."""

    roster: Roster
    cost: int
    bound: int | None

    @property
    def gap(self) -> float | None:
        """Give how far the cost may be from the best, as a share of the cost."""
        if self.bound is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else 0.0


def solve(
    problem: RosterProblem,
    *,
    seed: int = 0,
    spent: Callable[[], float],
    progress: Callable[[Solved], None] = lambda solved: None,
    threads: int = 2,
) -> Solved:
    """Make a roster as cheap as can be found before `spent()` is 1; it tells what part of the time or work is used.

    The same seed gives the same roster where `spent` counts its own calls. `progress` is told each better roster and
    bound. Raises NobodyCan for a person who cannot have any roster.
    """
    core = Core(problem)
    pool = Pool(core)
    told = Best(core, progress)
    told.take(first(core))
    with Pricer(core, threads) as pricer:
        master = Master(core, all_open(core), pool)
        master.add([pool.add(i, row) for i, row in enumerate(told.best)])
        found = generate(pricer, master, stop=lambda: spent() >= GENERATING, smoothed=SMOOTHED)
        told.bound(found.bound)
        if not told.is_proved and spent() < 1:
            rows = dive(pricer, master, hurry=lambda: spent() >= DIVING)
            told.take([rows[i] for i in range(len(core.staff))])
        improve(pricer, pool, told, rng=np.random.default_rng(seed), stop=lambda: spent() >= 1)
    return told.solved


class Best:
    """The best roster and bound so far; `progress` hears of each."""

    def __init__(self, core: Core, progress: Callable[[Solved], None]) -> None:
        self.core, self.progress = core, progress
        self.best: list[Row] = []
        self.cost = float("inf")
        self.lowest: int | None = None

    @property
    def is_proved(self) -> bool:
        return self.lowest is not None and self.cost <= self.lowest

    @property
    def solved(self) -> Solved:
        return Solved(self.core.roster(self.best), round(self.cost), self.lowest)

    def take(self, rows: list[Row]) -> bool:
        """Take this roster if it is no dearer; say whether it is cheaper."""
        cost = self.core.cost_of(rows)
        is_cheaper = cost < self.cost
        if cost <= self.cost:
            self.best, self.cost = rows, cost
        if is_cheaper:
            self.progress(self.solved)
        return is_cheaper

    def bound(self, bound: float) -> None:
        """Take what no roster costs less than; costs are whole, so it is rounded up."""
        if np.isfinite(bound):
            self.lowest = max(0, ceil(bound - PART))
            self.progress(self.solved)
