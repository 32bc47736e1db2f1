"""Large-neighbourhood search: open some people or some days of a roster, solve that part anew, keep what is no dearer.

Shaw (1998), doi:10.1007/3-540-49481-2_30. Each part is solved by column generation, and then by an exact choice among
the columns whose reduced cost leaves them a chance.
"""

from collections.abc import Callable
from math import ceil
from typing import Protocol

import highspy
import numpy as np

from vuoksi.systems.libraries.engine.rosters import master as programs
from vuoksi.systems.libraries.engine.rosters.core import Bools, Core, Row
from vuoksi.systems.libraries.engine.rosters.generate import Pricer, generate
from vuoksi.systems.libraries.engine.rosters.master import Column, Floats, Master, Pool
from vuoksi.systems.libraries.engine.rosters.opening import Opening, opened

# How many people are open at once, by how many that grows, and after how many parts without gain.
SMALL, LARGE, MORE, PATIENCE = 10, 40, 3, 8
# Of days that cost something, so often one is chosen to begin with; of those, so often only the days around it are open.
MENDING, WINDOW = 0.75, 0.4
# How many known rosters of each person a part begins with; how long the exact choice may take, among how many a person.
KNOWN, NODES, CHOICES = 60, 100, 50
ROUNDS = 40


class Told(Protocol):
    """The best roster so far."""

    best: list[Row]
    cost: float

    @property
    def is_proved(self) -> bool: ...

    def take(self, rows: list[Row]) -> bool: ...


def improve(
    pricer: Pricer, pool: Pool, told: Told, *, rng: np.random.Generator, stop: Callable[[], bool]
) -> None:
    """Look for cheaper rosters until stopped, or until the best is proved to be."""
    count = len(told.best)
    size, failed = min(count, SMALL), 0
    while not told.is_proved and not stop():
        people, days = _neighbourhood(pricer.core, told.best, rng, size)
        better = _solve_part(
            pricer, pool, told, opened(pricer.core, told.best, people, days), rng, stop
        )
        failed = 0 if better else failed + 1
        if failed == PATIENCE:
            size = min(count, size + MORE if size < LARGE else SMALL)
            failed = 0


def _neighbourhood(
    core: Core, rows: list[Row], rng: np.random.Generator, size: int
) -> tuple[list[int], Bools]:
    """Choose people and days: who can work in a cell that costs something, or anybody."""
    count = len(rows)
    gap = core.needed - core.counts(dict(enumerate(rows)))
    pain = (np.maximum(gap, 0) * core.short + np.maximum(-gap, 0) * core.over).ravel()
    rank, days = rng.random(count), np.ones(core.days, np.bool_)
    if pain.sum() == 0 or rng.random() > MENDING:
        return _first(rank, size), days
    day, kind = divmod(int(rng.choice(pain.size, p=pain / pain.sum())), core.needed.shape[1])
    for i, one in enumerate(core.staff):
        if (one.can[day] & (one.kinds == kind)).any():
            rank[i] -= 0.5
    if rng.random() > WINDOW:
        return _first(rank, size), days
    half = int(rng.integers(2, 6))
    days = np.abs(np.arange(core.days) - day) <= half
    return _first(rank, 3 * size), days


def _first(rank: Floats, size: int) -> list[int]:
    return [int(i) for i in np.argsort(rank)[:size]]


def _solve_part(
    pricer: Pricer,
    pool: Pool,
    told: Told,
    opening: Opening,
    rng: np.random.Generator,
    stop: Callable[[], bool],
) -> bool:
    """Solve the opening anew; say whether the roster got cheaper."""
    rows = told.best
    now = [pool.add(i, rows[i]) for i in opening.people]
    master = Master(pricer.core, opening, pool)
    master.add([*now, *_known(pool, opening, rng)])
    closed = sum(
        pool.cost(pool.add(i, row)) for i, row in enumerate(rows) if i not in master.places
    )
    here = told.cost - closed
    found = generate(pricer, master, stop=stop, rounds=ROUNDS, strict=True)
    if ceil(found.cost - programs.PART) >= here:
        return False
    chosen = _choose(master, now, found.duals, here - found.cost)
    new = {person: pool.row((person, number)) for person, number in chosen}
    return told.take([new.get(i, row) for i, row in enumerate(rows)])


def _known(pool: Pool, opening: Opening, rng: np.random.Generator) -> list[Column]:
    """Give some known rosters of each open person that fit the opening."""
    found: list[Column] = []
    for i in opening.people:
        fitting = [
            (i, number)
            for number, row in enumerate(pool.rows[i])
            if opening.fits(i, row) and pool.is_whole((i, number))
        ]
        if len(fitting) > KNOWN:
            fitting = [fitting[k] for k in sorted(rng.choice(len(fitting), KNOWN, replace=False))]
        found += fitting
    return found


def _choose(master: Master, now: list[Column], duals: Floats, gap: float) -> list[Column]:
    """Choose one column a person, exactly unless it takes too long; `now` when nothing better is found."""
    core, pool, people = master.core, master.pool, len(master.places)
    dear = [(master.reduced(column, duals), column) for column in master.columns]
    cheap = sorted(one for one in dear if one[0] <= gap)[: CHOICES * people]
    some = list(dict.fromkeys([*now, *(column for _reduced, column in cheap)]))
    program = programs.quiet()
    program.setOptionValue("mip_max_nodes", NODES)
    program.setOptionValue("mip_rel_gap", 0.0)
    program.setOptionValue("mip_abs_gap", 1 - programs.PART)
    needed = np.concatenate([np.ones(people), master.opening.needed.ravel().astype(float)])
    programs.rows(program, needed, needed)
    slacks = programs.add_slacks(program, core, people)
    entries = [
        programs.cells_of(core, column, pool, master.places[column[0]], people) for column in some
    ]
    costs = [pool.cost(column) for column in some]
    programs.columns(
        program,
        costs,
        [index for index, _value in entries],
        [value for _index, value in entries],
        most=1,
    )
    whole = np.array([highspy.HighsVarType.kInteger] * len(some))
    program.changeColsIntegrality(
        len(some), np.arange(slacks, slacks + len(some), dtype=np.int32), whole
    )
    program.run()
    values = np.array(program.getSolution().col_value)[slacks:]
    chosen = [column for column, value in zip(some, values, strict=False) if value > 0.5]
    return chosen if len({person for person, _number in chosen}) == people else now
