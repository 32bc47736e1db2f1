"""From parts to whole rosters: fix what the parts agree on, price again, and so on until everybody has one roster.

What is fixed are days of people, never a whole roster while there is a choice: the more is fixed, the smaller the
tables and the program that are left. A day is fixed only as long as a roster of the person with a part fits all that is
fixed, so nobody is ever left without. Once `hurry` says so, columns are no longer generated.
"""

from collections.abc import Callable

import numpy as np

from vuoksi.systems.libraries.engine.rosters.core import Bools, Row
from vuoksi.systems.libraries.engine.rosters.generate import Pricer, generate
from vuoksi.systems.libraries.engine.rosters.master import PART, Floats, Master

WHOLE = 0.999
ROUNDS = 20
# Of all days, this share is fixed at least in each step, and all whose parts agree more than this.
SHARE, SURE = 0.02, 0.98

# The rosters of a person that have a part.
Parts = list[tuple[float, Row]]


def dive(pricer: Pricer, master: Master, *, hurry: Callable[[], bool]) -> dict[int, Row]:
    """Give a roster for each open person; the opening and the master are narrowed on the way."""
    opening, days = master.opening, pricer.core.days
    fixed = {i: np.zeros(days, np.bool_) for i in opening.people}
    least = max(1, int(SHARE * len(opening.people) * days))
    while True:
        found = generate(pricer, master, stop=hurry, rounds=0 if hurry() else ROUNDS, strict=True)
        chosen = _whole(master, found.parts)
        if chosen is not None:
            return chosen
        _fix(master, _parts(master, found.parts), fixed, least)
        master.close_unfit()


def _whole(master: Master, parts: Floats) -> dict[int, Row] | None:
    """Give the rosters if each open person has one whole."""
    columns = [master.columns[k] for k in np.nonzero(parts > WHOLE)[0]]
    rows = {
        column[0]: master.pool.row(column) for column in columns if master.pool.is_whole(column)
    }
    return rows if len(rows) == len(master.opening.people) else None


def _parts(master: Master, parts: Floats) -> dict[int, Parts]:
    found: dict[int, Parts] = {i: [] for i in master.opening.people}
    for k in np.nonzero(parts > PART)[0]:
        column = master.columns[k]
        if master.pool.is_whole(column):
            found[column[0]].append((float(parts[k]), master.pool.row(column)))
    return found


def _fix(master: Master, parts: dict[int, Parts], fixed: dict[int, Bools], least: int) -> None:
    """Fix the days on which parts agree most."""
    count = 0
    for agreed, person, day, kind in _agreements(master, parts, fixed):
        if agreed < SURE and count >= least:
            break
        fitting = [(part, row) for part, row in parts[person] if row[day] == kind]
        if fitting:
            parts[person] = fitting
            fixed[person][day] = True
            master.opening.fix(person, day, kind)
            count += agreed < WHOLE


def _agreements(
    master: Master, parts: dict[int, Parts], fixed: dict[int, Bools]
) -> list[tuple[float, int, int, int]]:
    """Give the open days, those first on which the parts agree most: how far, person, day and kind."""
    core = master.core
    days, found = np.arange(core.days), []
    for person, own in parts.items():
        weight = np.zeros((core.days, len(core.staff[person].kinds) + 1))
        for part, row in own:
            weight[days, row] += part  # a day off is -1, the last column
        top = weight.argmax(axis=1)
        kinds = np.where(top == weight.shape[1] - 1, -1, top)
        found += [
            (-weight[day, top[day]], person, int(day), int(kinds[day]))
            for day in days[~fixed[person]]
        ]
    return [(-agreed, person, day, kind) for agreed, person, day, kind in sorted(found)]
