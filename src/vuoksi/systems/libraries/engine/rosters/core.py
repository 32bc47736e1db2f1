"""The problem in numbers: what the solver works with, made once from a RosterProblem."""

from dataclasses import dataclass, field
from functools import reduce
from math import gcd, prod

import numpy as np
from numpy.typing import NDArray

from vuoksi.systems.libraries.engine.rosters.pricing import NEVER, Costs, Sequence, Usage
from vuoksi.systems.libraries.engine.rosters.problem import Person, Roster, RosterProblem

Bools = NDArray[np.bool_]
Cells = NDArray[np.int64]
# One person's days in the person's own numbering of kinds, -1 for a day off.
Row = NDArray[np.int16]
# A limit of a kind stays out of the table where the table would have more cells than this.
MOST_CELLS = 6_000_000
FINEST = 1000
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` shifts of the person's kind number `kind`."""

    kind: int
    most: int


@dataclass(slots=True, eq=False)
class Staff:
    """One person in numbers; `kinds` are the kinds that the person can work, and all else is numbered by them.

    `base` (days x kinds) is what wishes add, and `constant` what they cost when no wanted shift is worked, scaled.
    `held` are the limits that a table can hold, `loose` those that it cannot. `asked` are the numbers of those among
    `held` that the last roster used up.
    """

    person: Person
    kinds: Cells
    base: Cells
    constant: int
    can: Bools
    sequence: Sequence
    minutes: Cells
    held: tuple[Limit, ...]
    loose: tuple[Limit, ...]
    asked: tuple[int, ...] = ()
    usages: dict[tuple[int, ...], Usage] = field(default_factory=dict)

    @property
    def states(self) -> int:
        return len(self.sequence.follows[0]) * self.sequence.most_run + self.sequence.least_off

    def cost_of(self, row: Row) -> int:
        """Give what a roster costs by this person's wishes, scaled."""
        days = np.nonzero(row >= 0)[0]
        return self.constant + int(self.base[days, row[days]].sum())


class Core:
    """All people and needs in numbers; `needed`, `short` and `over` are days x kinds.

    Prices are multiplied by `scale`, so that the prices of the master program, rounded to whole numbers, are still fine
    enough. Minutes are counted in their greatest common divisor.
    """

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.days = problem.days
        self.unit = reduce(gcd, (kind.minutes for kind in problem.kinds), 0)
        self.needed, self.short, self.over = self._needs()
        self.scale = self._scale()
        weekday = np.arange(self.days) % 7
        # A last weekend of which the period holds only the Saturday does not count.
        whole = np.arange(self.days) < self.days // 7 * 7
        self.weekend_new = (np.isin(weekday, (SATURDAY, SUNDAY)) & whole).astype(np.int64)
        self.weekend_on = ((weekday == SATURDAY) & whole).astype(np.int64)
        self.staff = [self._staff(person) for person in problem.people]

    def room(self) -> Costs:
        """Give room for one table of any person: one for each thread."""
        most = max((one.states * self._largest(one) for one in self.staff), default=1)
        return np.empty(self.days * most, np.int32)

    def roster(self, rows: list[Row]) -> Roster:
        kinds = self.problem.kinds
        return Roster(
            tuple(
                tuple(None if kind < 0 else kinds[one.kinds[kind]].key for kind in row)
                for one, row in zip(self.staff, rows, strict=True)
            )
        )

    def counts(self, rows: dict[int, Row]) -> Cells:
        """Give how many of these people work: days x kinds."""
        found = np.zeros_like(self.needed)
        for person, row in rows.items():
            days = np.nonzero(row >= 0)[0]
            np.add.at(found, (days, self.staff[person].kinds[row[days]]), 1)
        return found

    def cost_of(self, rows: list[Row]) -> float:
        """Give the cost of a whole roster in the problem's prices."""
        gap = self.needed - self.counts(dict(enumerate(rows)))
        wishes = sum(one.cost_of(row) for one, row in zip(self.staff, rows, strict=True))
        needs = np.maximum(gap, 0) * self.short + np.maximum(-gap, 0) * self.over
        return float(needs.sum()) + wishes / self.scale

    def usage(self, one: Staff, asked: tuple[int, ...]) -> Usage:
        """Give how a table is laid out that holds the limits with these numbers."""
        if asked not in one.usages:
            one.usages[asked] = _usage(one, [one.held[k] for k in asked], self.days, self.unit)
        return one.usages[asked]

    def _largest(self, one: Staff) -> int:
        sizes = [one.person.most_minutes // self.unit + 1, one.person.most_weekends + 2]
        return prod(sizes) * prod(limit.most + 2 for limit in one.held)

    def _needs(self) -> tuple[Cells, Cells, Cells]:
        index = {kind.key: k for k, kind in enumerate(self.problem.kinds)}
        needed, short, over = (np.zeros((self.days, len(index)), np.int64) for _ in range(3))
        for need in self.problem.needs:
            at = need.day, index[need.kind]
            needed[at], short[at], over[at] = need.people, need.price_short, need.price_over
        return needed, short, over

    def _scale(self) -> int:
        """As fine as 32 bits allow for all that one roster can cost."""
        dearest = int(np.maximum(self.short, self.over).max(axis=1, initial=0).sum())
        wishes = [
            sum(person.wanted.values()) + sum(person.unwanted.values())
            for person in self.problem.people
        ]
        return max(1, min(FINEST, NEVER // 4 // max(1, dearest + max(wishes, default=0))))

    def _staff(self, person: Person) -> Staff:
        kinds = self.problem.kinds
        own = [k for k, kind in enumerate(kinds) if person.most.get(kind.key, 0) > 0] or [0]
        number = {kinds[k].key: t for t, k in enumerate(own)}
        base = np.zeros((self.days, len(own)), np.int64)
        for sign, wishes in ((-1, person.wanted), (1, person.unwanted)):
            for (day, key), price in wishes.items():
                if key in number:
                    base[day, number[key]] += sign * price * self.scale
        can = np.ones((self.days, len(own)), np.bool_)
        can[sorted(person.days_off)] = False
        can[:, [person.most.get(kinds[k].key, 0) == 0 for k in own]] = False
        minutes = np.array([kinds[k].minutes // self.unit for k in own], np.int64)
        sequence = self._sequence(person, own)
        held, loose = self._limits(person, own, minutes, sequence)
        constant = sum(person.wanted.values()) * self.scale
        return Staff(person, np.array(own), base, constant, can, sequence, minutes, held, loose)

    def _sequence(self, person: Person, own: list[int]) -> Sequence:
        """Put kinds that forbid the same followers into one class, and give what each kind may follow."""
        kinds = self.problem.kinds
        bans = [
            frozenset(other for other in own if kinds[other].key in kinds[k].banned_next)
            for k in own
        ]
        classes = list(dict.fromkeys(bans))
        befores = [tuple(k not in ban for ban in classes) for k in own]
        sets = list(dict.fromkeys(befores))
        return Sequence(
            np.array([classes.index(ban) for ban in bans], np.int64),
            np.array([sets.index(before) for before in befores], np.int64),
            np.array(sets, np.bool_),
            person.most_run,
            person.least_run,
            person.least_off,
        )

    def _limits(
        self, person: Person, own: list[int], minutes: Cells, sequence: Sequence
    ) -> tuple[tuple[Limit, ...], tuple[Limit, ...]]:
        """Divide the limits that can matter into those that a table can hold, tightest first, and the others."""
        highest = person.most_minutes // self.unit
        most = [person.most.get(self.problem.kinds[k].key, 0) for k in own]
        limits = [
            Limit(t, often)
            for t, often in enumerate(most)
            if 0 < often < min(self.days, highest // int(minutes[t]))
        ]
        states = sequence.follows.shape[1] * sequence.most_run + sequence.least_off
        cells = self.days * states * (highest + 1) * (person.most_weekends + 2)
        held: list[Limit] = []
        for limit in sorted(limits, key=lambda limit: limit.most):
            if cells * (limit.most + 2) > MOST_CELLS:
                break
            cells *= limit.most + 2
            held.append(limit)
        return tuple(held), tuple(limit for limit in limits if limit not in held)


def _usage(one: Staff, limits: list[Limit], days: int, unit: int) -> Usage:
    person = one.person
    sizes = [person.most_weekends + 2, *(limit.most + 2 for limit in limits)]
    strides = [prod(sizes[k + 1 :]) for k in range(len(sizes))]
    minute = prod(sizes)
    cells = (person.most_minutes // unit + 1) * minute
    step = one.minutes * minute
    for limit, stride in zip(limits, strides[1:], strict=True):
        step[limit.kind] += stride
    place = np.arange(cells)
    brim = np.zeros(cells, np.bool_)
    for size, stride in zip(sizes, strides, strict=True):
        brim |= place // stride % size == size - 1
    least = -(-person.least_minutes // unit)
    # What must be used up on each day so that the least can still be reached, and what cannot be used up yet.
    day, longest = np.arange(days), int(one.minutes.max())
    low = np.clip((least - (days - 1 - day) * longest) * minute, 0, cells)
    high = np.minimum(cells, ((day + 1) * longest + 1) * minute)
    return Usage(step, strides[0], brim, low, high, least * minute)
