"""What is free: the engine's slots beside the rows of what is booked."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from vuoksi.loop.experiments.testbeds.engine import (
    Length,
    Limits,
    Offer,
    Rhythm,
    Slot,
    Taken,
    Wish,
    alternatives,
    local_day,
    slots_between,
)
from vuoksi.loop.experiments.testbeds.models import BookedSlot, Offering

# How far ahead one can book, and how far around a wish other times are looked for.
FURTHEST = timedelta(days=366)
NEAR = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Free:
    """One slot: how many units are free in it, and whether it can still be asked for."""

    slot: Slot
    free: int
    units: int
    is_open: bool

    @property
    def can_be_booked(self) -> bool:
        return self.is_open and self.free > 0


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the local calendar with its slots; none when the offering is closed."""

    date: date
    slots: tuple[Free, ...]


@dataclass(frozen=True, slots=True)
class Taking:
    """The slots around a wish, what is taken of them, and what can be asked for at all."""

    slots: tuple[Slot, ...]
    taken: Taken
    limits: Limits


def rhythm_of(offering: Offering) -> Rhythm:
    lengths: dict[str, Length] = {
        "hour": "hour",
        "half_day": "half_day",
        "day": "day",
        "week": "week",
    }
    return Rhythm(
        zone=ZoneInfo(settings.TIME_ZONE),
        length=lengths[offering.slot],
        weekdays=frozenset(int(digit) for digit in offering.weekdays),
        opens_hour=offering.opens_hour,
        closes_hour=offering.closes_hour,
    )


def limits_of(offering: Offering, at: datetime) -> Limits:
    """What can be asked for at the moment `at`."""
    return Limits(
        units=offering.units,
        now=at,
        earliest=at + timedelta(days=offering.lead_days),
        latest=at + FURTHEST,
    )


def taken_in(offering: Offering, first: datetime, last: datetime) -> Taken:
    """Each unit and slot that is booked and begins from `first` to `last`."""
    rows = BookedSlot.objects.filter(
        offering=offering, slot_start__gte=first, slot_start__lte=last
    ).values_list("unit_number", "slot_start")
    return frozenset((unit, start) for unit, start in rows)


def slots_of_stretch(offering: Offering, wish: Wish, at: datetime) -> Taking:
    """Everything that is needed to judge a wish and to find other times near it; one query."""
    rhythm = rhythm_of(offering)
    first = local_day(rhythm, max(min(wish.first, at + FURTHEST), at - NEAR) - NEAR)
    last = local_day(rhythm, max(min(wish.last, at + FURTHEST), at - NEAR) + NEAR)
    slots = slots_between(rhythm, first, last)
    taken = taken_in(offering, slots[0].start, slots[-1].start) if slots else frozenset()
    return Taking(slots, taken, limits_of(offering, at))


def offers_near(wish: Wish, taking: Taking) -> tuple[Offer, ...]:
    """The nearest times at which what was wished is free."""
    return alternatives(wish, taking.limits, taking.slots, taking.taken)


def free_slots(offering: Offering, first: date, last: date, at: datetime) -> list[Day]:
    """Every day from `first` to `last` with its slots; one query."""
    rhythm, limits = rhythm_of(offering), limits_of(offering, at)
    slots = slots_between(rhythm, first, last)
    taken = taken_in(offering, slots[0].start, slots[-1].start) if slots else frozenset()
    busy = Counter(start for unit, start in taken if unit <= offering.units)
    by_day: dict[date, list[Free]] = {
        first + timedelta(days=n): [] for n in range((last - first).days + 1)
    }
    for slot in slots:
        is_open = limits.earliest <= slot.start <= limits.latest
        free = Free(slot, offering.units - busy[slot.start], offering.units, is_open)
        by_day[local_day(rhythm, slot.start)].append(free)
    return [Day(day, tuple(found)) for day, found in by_day.items()]
