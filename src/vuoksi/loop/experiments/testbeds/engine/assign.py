"""Which numbered units a wish gets, and what is free near by when it cannot be met."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vuoksi.loop.experiments.testbeds.engine.slots import Slot

# A unit in a slot that is booked: the unit's number and the slot's start.
Taken = frozenset[tuple[int, datetime]]
Mistake = Literal[
    "past", "lead", "too_far", "closed", "backwards", "too_long", "too_many_units", "no_units"
]
# The most units times slots that one booking may hold: a hundred units for four weeks by the day.
MOST_AT_ONCE = 3_000


@dataclass(frozen=True, slots=True)
class Wish:
    """Slots from the one that begins at `first` to the one that begins at `last`, for `units` units at once."""

    first: datetime
    last: datetime
    units: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What can be asked for: `units` there are, nothing before `earliest` and nothing after `latest`.

    `now` tells the past from the time that the offering needs to get ready.
    """

    units: int
    now: datetime
    earliest: datetime
    latest: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """A stretch of slots near the wish in which the wanted number of units is free."""

    slots: tuple[Slot, ...]
    units: tuple[int, ...]


def mistakes(wish: Wish, limits: Limits, slots: Sequence[Slot]) -> dict[str, Mistake]:
    """What is wrong with a wish, by what it concerns: `first`, `last` or `units`. `slots` are those of the offering."""
    starts = {slot.start for slot in slots}
    wrong: dict[str, Mistake] = {}
    if wish.units < 1:
        wrong["units"] = "no_units"
    elif wish.units > limits.units:
        wrong["units"] = "too_many_units"
    if wish.last < wish.first:
        wrong["last"] = "backwards"
    elif wish.last > limits.latest:
        wrong["last"] = "too_far"
    elif wish.last not in starts:
        wrong["last"] = "closed"
    elif len(wished(wish, slots)) * max(wish.units, 1) > MOST_AT_ONCE:
        wrong["last"] = "too_long"
    first = _mistake_in_first(wish.first, limits, starts)
    return wrong if first is None else {**wrong, "first": first}


def wished(wish: Wish, slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """The slots that a wish asks for: days on which the offering is closed are passed over."""
    return tuple(slot for slot in slots if wish.first <= slot.start <= wish.last)


def free_units(slots: Sequence[Slot], taken: Taken, capacity: int) -> tuple[int, ...]:
    """The numbers of the units that are free in all of `slots`, the lowest first."""
    busy = {unit for unit, start in taken if start in {slot.start for slot in slots}}
    return tuple(unit for unit in range(1, capacity + 1) if unit not in busy)


def assign(
    slots: Sequence[Slot], taken: Taken, capacity: int, units: int
) -> tuple[int, ...] | None:
    """Give `units` units that are free all the time, or None when there are fewer."""
    free = free_units(slots, taken, capacity)
    return free[:units] if len(free) >= units else None


def alternatives(
    wish: Wish, limits: Limits, slots: Sequence[Slot], taken: Taken, *, most: int = 3
) -> tuple[Offer, ...]:
    """The free stretches of the same length nearest to the wish, the nearest first; of two as near, the earlier."""
    length = len(wished(wish, slots))
    usable = [slot for slot in slots if limits.earliest <= slot.start <= limits.latest]
    found = []
    for place in range(len(usable) - length + 1 if length else 0):
        stretch = tuple(usable[place : place + length])
        units = assign(stretch, taken, limits.units, wish.units)
        if units is not None:
            found.append(Offer(stretch, units))
    found.sort(key=lambda offer: (abs(offer.slots[0].start - wish.first), offer.slots[0].start))
    return tuple(found[:most])


def _mistake_in_first(first: datetime, limits: Limits, starts: set[datetime]) -> Mistake | None:
    if first < limits.now:
        return "past"
    if first < limits.earliest:
        return "lead"
    if first > limits.latest:
        return "too_far"
    return None if first in starts else "closed"
