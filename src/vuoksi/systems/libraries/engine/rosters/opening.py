"""What part of a roster is open, and the cheapest that one person can do in it."""

from dataclasses import dataclass
from math import prod

import numpy as np

from vuoksi.systems.libraries.engine.rosters.core import Bools, Cells, Core, Limit, Row
from vuoksi.systems.libraries.engine.rosters.pricing import NEVER, Calendar, Costs, Rows, cheapest


@dataclass(slots=True, eq=False)
class Opening:
    """What is open: some people (their numbers), what each may still do, and how many are needed beside the others."""

    people: list[int]
    can: dict[int, Bools]
    may_off: dict[int, Bools]
    needed: Cells

    def fits(self, person: int, row: Row) -> bool:
        worked = np.nonzero(row >= 0)[0]
        return bool(
            self.can[person][worked, row[worked]].all() and self.may_off[person][row < 0].all()
        )

    def fix(self, person: int, day: int, kind: int) -> None:
        """Leave one thing for the person to do on this day: a kind, or -1 to be off."""
        self.can[person][day] = False
        self.may_off[person][day] = kind < 0
        if kind >= 0:
            self.can[person][day, kind] = True


def opened(core: Core, rows: list[Row], people: list[int], days: Bools) -> Opening:
    """Open these people on these days; all else stays as it is in `rows`."""
    chosen = set(people)
    others = {i: row for i, row in enumerate(rows) if i not in chosen}
    opening = Opening(
        people,
        {i: core.staff[i].can.copy() for i in people},
        {i: np.ones(core.days, np.bool_) for i in people},
        core.needed - core.counts(others),
    )
    for i in people:
        for day in np.nonzero(~days)[0]:
            opening.fix(i, int(day), int(rows[i][day]))
    return opening


def all_open(core: Core) -> Opening:
    everybody = list(range(len(core.staff)))
    rows = [np.full(core.days, -1, np.int16)] * len(everybody)
    return opened(core, rows, everybody, np.ones(core.days, np.bool_))


def keeps(row: Row, limits: tuple[Limit, ...]) -> bool:
    return all(int((row == limit.kind).sum()) <= limit.most for limit in limits)


def price(
    core: Core,
    opening: Opening,
    person: int,
    prices: Costs,
    room: Costs,
    ways: int,
    *,
    strict: bool,
) -> tuple[Costs, Rows]:
    """Give the person's cheapest rosters at these prices (days x the person's kinds, scaled), without the constant.

    Loose limits are kept only if `strict`; then the first roster need not be the very cheapest. A cost of NEVER says
    that there is none.
    """
    costs, rows = _held(core, opening, person, prices, room, ways)
    loose = core.staff[person].loose
    if not strict or costs[0] == NEVER or keeps(rows[0], loose):
        return costs, rows
    return _fined(core, opening, person, prices, room, ways)


def _held(
    core: Core, opening: Opening, person: int, prices: Costs, room: Costs, ways: int
) -> tuple[Costs, Rows]:
    """Hold the limits that the cheapest roster would break, and no others: decremental state-space relaxation.

    Righini and Salani (2008), doi:10.1002/net.20212.
    """
    one = core.staff[person]
    calendar = Calendar(
        opening.can[person], opening.may_off[person], core.weekend_new, core.weekend_on
    )
    costs, asked = np.empty(ways, np.int32), one.asked
    while True:
        rows = np.full((ways, core.days), -1, np.int16)
        usage = core.usage(one, asked)
        shape = core.days, one.states, len(usage.brim)
        cheapest(
            room[: prod(shape)].reshape(shape), prices, calendar, one.sequence, usage, costs, rows
        )
        broken = {
            k
            for k, limit in enumerate(one.held)
            if costs[0] < NEVER and not keeps(rows[0], (limit,))
        }
        if not broken:
            break
        asked = tuple(sorted({*asked, *broken}))
    # What the cheapest roster does not even use up is not asked for next time.
    one.asked = tuple(
        k for k in asked if int((rows[0] == one.held[k].kind).sum()) == one.held[k].most
    )
    for k in range(1, ways):
        if not keeps(rows[k], one.held):
            costs[k] = NEVER
    return costs, rows


def _fined(
    core: Core, opening: Opening, person: int, prices: Costs, room: Costs, ways: int
) -> tuple[Costs, Rows]:
    """Make the kinds that are worked too often dearer, until they are not."""
    one, fined, fine = core.staff[person], prices.copy(), 5 * core.scale
    days = np.arange(core.days)
    costs, rows = _held(core, opening, person, fined, room, ways)
    while costs[0] < NEVER and not keeps(rows[0], one.loose) and fine < NEVER // 4 // core.days:
        for limit in one.loose:
            if not keeps(rows[0], (limit,)):
                fined[:, limit.kind] += fine
        fine *= 2
        costs, rows = _held(core, opening, person, fined, room, ways)
    for k, row in enumerate(rows):
        if costs[k] < NEVER:
            worked = days[row >= 0]
            costs[k] = prices[worked, row[worked]].sum() if keeps(row, one.loose) else NEVER
    return costs, rows
