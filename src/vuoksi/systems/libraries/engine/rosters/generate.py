"""Column generation: the master gives prices, each person the rosters that are worth most at them, and again.

At prices that are whole numbers, what all people ask at least and what the needs pay add up to a bound that no roster
can undercut, whatever the master's solver rounded: the Lagrange relaxation of the needs. Prices are smoothed as
Pessoa, Sadykov, Uchoa and Vanderbeck (2018) describe, doi:10.1287/ijoc.2017.0784.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from vuoksi.systems.libraries.engine.rosters.core import Core
from vuoksi.systems.libraries.engine.rosters.master import (
    Column,
    Floats,
    Master,
    Prices,
    needs_paid,
)
from vuoksi.systems.libraries.engine.rosters.opening import price
from vuoksi.systems.libraries.engine.rosters.pricing import NEVER, Costs, Rows

SMOOTHED = 0.6
# A roster is worth adding when it saves more than this.
WORTH = 1e-4
CLOSE = 0.01
WAYS = 2
# Fewer people than this are not worth a second thread.
FEW = 4


@dataclass(frozen=True, slots=True, eq=False)
class Generated:
    """The master's cost, the best bound, both in the problem's prices, the prices of rows and the parts of columns."""

    cost: float
    bound: float
    duals: Floats
    parts: Floats


class Pricer:
    """Asks people for rosters, on `threads` threads at once; the answers do not depend on how many."""

    def __init__(self, core: Core, threads: int) -> None:
        self.core = core
        self._rooms = [core.room() for _ in range(threads)]
        self._executor = ThreadPoolExecutor(threads)

    def __enter__(self) -> "Pricer":
        return self

    def __exit__(self, *_fault: object) -> None:
        self._executor.shutdown()

    def ask(self, master: Master, prices: Prices, *, strict: bool) -> list[tuple[int, Costs, Rows]]:
        """Give each open person's cheapest rosters and their costs at these prices."""
        people = master.opening.people
        step = len(self._rooms) if len(people) >= FEW else 1

        def some(first: int) -> list[tuple[int, Costs, Rows]]:
            room = self._rooms[first]
            return [
                (i, *price(self.core, master.opening, i, prices.of(i), room, WAYS, strict=strict))
                for i in people[first::step]
            ]

        found = [one for part in self._executor.map(some, range(step)) for one in part]
        return sorted(found, key=lambda one: one[0])


def generate(
    pricer: Pricer,
    master: Master,
    *,
    stop: Callable[[], bool],
    rounds: int | None = None,
    smoothed: float = 0.0,
    strict: bool = False,
) -> Generated:
    """Add columns until none is worth adding, `rounds` are over, or `stop` says so.

    With `strict` only rosters are added that keep loose limits too; then the bound means nothing.
    """
    bound, center = -np.inf, None
    cost, duals, parts = master.solve()
    done = 0
    while rounds is None or done < rounds:
        done += 1
        at = duals if center is None else smoothed * center + (1 - smoothed) * duals
        new, lower = _round(pricer, master, at, duals, strict=strict)
        if lower > bound:
            bound, center = lower, at if smoothed else None
        if not new and at is not duals:
            new, lower = _round(pricer, master, duals, duals, strict=strict)
            bound, center = max(bound, lower), duals
        if not master.add(new):
            break
        cost, duals, parts = master.solve()
        if cost - bound < CLOSE or stop():
            break
    return Generated(cost, bound, duals, parts)


def _round(
    pricer: Pricer, master: Master, at: Floats, duals: Floats, *, strict: bool
) -> tuple[list[Column], float]:
    """Ask everybody at the prices `at`; give what is worth adding at the prices `duals`, and the bound."""
    core, new = pricer.core, []
    prices = Prices(master, at)
    bound = needs_paid(master.opening, prices, master)
    for person, costs, rows in pricer.ask(master, prices, strict=strict):
        if costs[0] == NEVER:
            return [], -np.inf
        bound += core.staff[person].constant + int(costs[0])
        for cost, row in zip(costs, rows, strict=True):
            column = master.pool.add(person, row) if cost < NEVER else None
            if column is not None and master.reduced(column, duals) < -WORTH:
                new.append(column)
    return new, bound / core.scale
