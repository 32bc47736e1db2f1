"""A first roster, at once: person by person, each the cheapest for what is still missing."""

import numpy as np

from vuoksi.systems.libraries.engine.rosters.core import Core, Row
from vuoksi.systems.libraries.engine.rosters.opening import all_open, price
from vuoksi.systems.libraries.engine.rosters.pricing import NEVER


class NobodyCan(ValueError):
    """No roster of this person keeps the rules that are the person's own."""

    def __init__(self, person: str) -> None:
        super().__init__(f"no roster of {person} keeps all rules")
        self.person = person


def first(core: Core) -> list[Row]:
    """Give a roster that keeps every rule. Raises NobodyCan for a person who cannot have any."""
    opening, room, left = all_open(core), core.room(), core.needed.copy()
    found: dict[int, Row] = {}
    # Who can do little goes first: the others can fill what is left.
    for i in sorted(opening.people, key=lambda i: (int(core.staff[i].can.sum()), i)):
        one = core.staff[i]
        worth = np.where(left > 0, core.short, -core.over) * core.scale
        prices = (one.base - worth[:, one.kinds]).astype(np.int32)
        costs, rows = price(core, opening, i, prices, room, 1, strict=True)
        if costs[0] == NEVER:
            raise NobodyCan(one.person.key)
        found[i] = rows[0]
        left -= core.counts({i: rows[0]})
    return [found[i] for i in range(len(core.staff))]
