"""The master program: of each person's known rosters take parts that add up to one, so that needs are met most cheaply.

Its rows are one for each open person, one for each need, one for each loose limit of an open person. `Pool` keeps all
rosters that were ever met, `Master` is the linear program over some of them.
"""

import highspy
import numpy as np
from numpy.typing import NDArray

from vuoksi.systems.libraries.engine.rosters.core import Core, Row
from vuoksi.systems.libraries.engine.rosters.opening import Opening, keeps
from vuoksi.systems.libraries.engine.rosters.pricing import Costs

Floats = NDArray[np.float64]
# A roster: the person and its number among the person's in the pool.
Column = tuple[int, int]
# What it costs to leave a person without a roster: more than any roster.
NOBODY = 1e6
PART = 1e-6
DUAL, PRIMAL = 1, 4


class Pool:
    """Every roster met so far, a person's own list each, without doubles."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.rows: list[list[Row]] = [[] for _ in core.staff]
        self.costs: list[list[float]] = [[] for _ in core.staff]
        self._numbers: list[dict[bytes, int]] = [{} for _ in core.staff]

    def add(self, person: int, row: Row) -> Column:
        numbers = self._numbers[person]
        number = numbers.setdefault(row.tobytes(), len(self.rows[person]))
        if number == len(self.rows[person]):
            self.rows[person].append(row.copy())
            self.costs[person].append(self.core.staff[person].cost_of(row) / self.core.scale)
        return person, number

    def row(self, column: Column) -> Row:
        return self.rows[column[0]][column[1]]

    def cost(self, column: Column) -> float:
        return self.costs[column[0]][column[1]]

    def is_whole(self, column: Column) -> bool:
        """Whether the roster keeps also the loose limits."""
        return keeps(self.row(column), self.core.staff[column[0]].loose)


class Prices:
    """Prices of needs (days x kinds) and of loose limits, as scaled whole numbers that the program could have."""

    def __init__(self, master: "Master", duals: Floats) -> None:
        core, people = master.core, len(master.opening.people)
        of_cells = np.rint(duals[people : people + core.needed.size] * core.scale)
        cells = of_cells.astype(np.int64).reshape(core.needed.shape)
        self.core = core
        self.cells = np.clip(cells, -core.over * core.scale, core.short * core.scale)
        self.limits = {
            key: min(0, round(float(duals[row]) * core.scale))
            for key, row in master.limit_rows.items()
        }

    def of(self, person: int) -> Costs:
        """Give what each day in each kind costs in this person's rosters."""
        one = self.core.staff[person]
        found = one.base - self.cells[:, one.kinds]
        for limit in one.loose:
            found[:, limit.kind] -= self.limits[person, limit.kind]
        return found.astype(np.int32)


class Master:
    """The linear program of one opening; it grows by columns."""

    def __init__(self, core: Core, opening: Opening, pool: Pool) -> None:
        self.core, self.opening, self.pool = core, opening, pool
        self.columns: list[Column] = []
        self.places = {person: k for k, person in enumerate(opening.people)}
        self.limits = [(i, limit) for i in opening.people for limit in core.staff[i].loose]
        first = len(opening.people) + core.needed.size
        self.limit_rows = {(i, limit.kind): first + k for k, (i, limit) in enumerate(self.limits)}
        self._held: set[Column] = set()
        self._was_closed = False
        self.program = quiet()
        self._add_rows()
        self._slacks = add_slacks(self.program, core, len(opening.people))
        people = len(opening.people)
        columns(self.program, [NOBODY] * people, [[k] for k in range(people)], [[1.0]] * people)
        self._slacks += people

    def add(self, new: list[Column]) -> int:
        """Add columns; give how many were not there."""
        fresh = [column for column in dict.fromkeys(new) if column not in self._held]
        entries = [self._entries(column) for column in fresh]
        columns(
            self.program,
            [self.pool.cost(column) for column in fresh],
            [index for index, _value in entries],
            [value for _index, value in entries],
        )
        self.columns += fresh
        self._held.update(fresh)
        return len(fresh)

    def close_unfit(self) -> None:
        """Take out of the choice every column that no longer fits the opening."""
        unfit = [
            k
            for k, column in enumerate(self.columns)
            if not self.opening.fits(column[0], self.pool.row(column))
        ]
        if unfit:
            zeros = np.zeros(len(unfit))
            at = np.array(unfit, np.int32) + self._slacks
            self.program.changeColsBounds(len(unfit), at, zeros, zeros)
            self._was_closed = True

    def solve(self) -> tuple[float, Floats, Floats]:
        """Give the cost, the prices of all rows, and the part of each column."""
        # Added columns keep the last basis primal feasible, closed ones keep it dual feasible.
        self.program.setOptionValue("simplex_strategy", DUAL if self._was_closed else PRIMAL)
        self._was_closed = False
        self.program.run()
        solution = self.program.getSolution()
        parts = np.array(solution.col_value)[self._slacks :]
        return self.program.getInfo().objective_function_value, np.array(solution.row_dual), parts

    def reduced(self, column: Column, duals: Floats) -> float:
        """Give what the column costs beyond what its rows pay."""
        index, value = self._entries(column)
        return self.pool.cost(column) - float(duals[index] @ np.array(value))

    def _add_rows(self) -> None:
        people = np.ones(len(self.opening.people))
        needed = self.opening.needed.ravel().astype(float)
        most = np.array([float(limit.most) for _i, limit in self.limits])
        lower = np.concatenate([people, needed, np.full(len(most), -highspy.kHighsInf)])
        rows(self.program, lower, np.concatenate([people, needed, most]))

    def _entries(self, column: Column) -> tuple[list[int], list[float]]:
        person = column[0]
        row, one = self.pool.row(column), self.core.staff[person]
        index, value = cells_of(self.core, column, self.pool, self.places[person], len(self.places))
        for limit in one.loose:
            often = int((row == limit.kind).sum())
            if often:
                index.append(self.limit_rows[person, limit.kind])
                value.append(float(often))
        return index, value


def cells_of(
    core: Core, column: Column, pool: Pool, place: int, people: int
) -> tuple[list[int], list[float]]:
    """Give the rows of a person and of needs in which a roster stands, and how often."""
    row = pool.row(column)
    days = np.nonzero(row >= 0)[0]
    needs = people + days * core.needed.shape[1] + core.staff[column[0]].kinds[row[days]]
    index = [place, *needs.tolist()]
    return index, [1.0] * len(index)


def quiet() -> highspy.Highs:
    # The class below it: `Highs` itself sets up callbacks, and announces itself on standard output as it does.
    program: highspy.Highs = highspy.Highs.__mro__[1]()
    program.setOptionValue("output_flag", False)
    program.setOptionValue("threads", 1)
    return program


def rows(program: highspy.Highs, lower: Floats, upper: Floats) -> None:
    nothing = np.zeros(0, np.int32)
    program.addRows(
        len(lower), lower, upper, 0, np.zeros(len(lower), np.int32), nothing, np.zeros(0)
    )


def columns(
    program: highspy.Highs,
    costs: list[float],
    index: list[list[int]],
    value: list[list[float]],
    most: float = highspy.kHighsInf,
) -> None:
    """Add columns between 0 and `most`, with the rows in which they stand."""
    if not costs:
        return
    starts = np.cumsum([0, *(len(one) for one in index)], dtype=np.int32)
    program.addCols(
        len(costs),
        np.array(costs, float),
        np.zeros(len(costs)),
        np.full(len(costs), most),
        int(starts[-1]),
        starts[:-1],
        np.concatenate(index).astype(np.int32),
        np.concatenate(value).astype(float),
    )


def add_slacks(program: highspy.Highs, core: Core, first: int) -> int:
    """Add what is short and what is over in each need, whose rows begin at `first`; give how many columns that is."""
    size = core.needed.size
    index = [[first + k] for k in range(size)] * 2
    value = [[1.0]] * size + [[-1.0]] * size
    columns(program, [*core.short.ravel(), *core.over.ravel()], index, value)
    return 2 * size


def needs_paid(opening: Opening, prices: Prices, master: Master) -> int:
    """Give what needs and loose limits pay at these prices, scaled."""
    paid = int((prices.cells * opening.needed).sum())
    return paid + sum(prices.limits[i, limit.kind] * limit.most for i, limit in master.limits)
