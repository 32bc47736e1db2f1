"""The slots of an offering: pure arithmetic between local clocks and one line of time.

A slot begins at a moment (UTC) that the local clock shows as an opening hour. Hours are stepped on the line of time, so
that a day with 23 or 25 hours (EU directive 2000/84/EC) has as many hourly slots as it has hours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

Length = Literal["hour", "half_day", "day", "week"]
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Nobody asks for more at once: a year ahead, and some weeks around it.
MOST_DAYS = 500


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When an offering can be booked.

    `weekdays` are ISO numbers (Monday is 1); `opens_hour` and `closes_hour` are hours of the local clock, 0 to 24.
    Raises ValueError when no slot could ever be.
    """

    zone: tzinfo
    length: Length
    weekdays: frozenset[int]
    opens_hour: int
    closes_hour: int

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= set(range(1, 8)):
            raise ValueError("weekdays are numbers from 1 to 7, at least one")
        if not 0 <= self.opens_hour < self.closes_hour <= 24:
            raise ValueError("opening hours go forward, from 0 to 24")
        if self.length == "half_day" and self.closes_hour - self.opens_hour < 2:
            raise ValueError("half a day needs two hours at least")


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """From `start` up to but not including `end`, both in UTC."""

    start: datetime
    end: datetime


def slots_between(rhythm: Rhythm, first: date, last: date) -> tuple[Slot, ...]:
    """Every slot that begins on a local day from `first` to `last`, in order; at most `MOST_DAYS` days are looked at."""
    days = min((last - first).days, MOST_DAYS)
    found = (
        slot for n in range(days + 1) for slot in _slots_of_day(rhythm, first + timedelta(days=n))
    )
    # Hours that the clock leaves out in spring are no time at all.
    return tuple(slot for slot in found if slot.start < slot.end)


def local_day(rhythm: Rhythm, moment: datetime) -> date:
    return moment.astimezone(rhythm.zone).date()


def merged(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Join slots that follow on each other without a gap; the same slot of several units is one."""
    joined: list[Slot] = []
    for slot in sorted(set(slots)):
        if joined and slot.start <= joined[-1].end:
            joined[-1] = Slot(joined[-1].start, max(joined[-1].end, slot.end))
        else:
            joined.append(slot)
    return tuple(joined)


def _slots_of_day(rhythm: Rhythm, day: date) -> Iterator[Slot]:
    if rhythm.length == "week":
        if day.isoweekday() == min(rhythm.weekdays):
            last = day + timedelta(days=max(rhythm.weekdays) - min(rhythm.weekdays))
            yield Slot(
                _moment(rhythm.zone, day, rhythm.opens_hour),
                _moment(rhythm.zone, last, rhythm.closes_hour),
            )
        return
    if day.isoweekday() not in rhythm.weekdays:
        return
    opens = _moment(rhythm.zone, day, rhythm.opens_hour)
    closes = _moment(rhythm.zone, day, rhythm.closes_hour)
    if rhythm.length == "day":
        yield Slot(opens, closes)
    elif rhythm.length == "half_day":
        noon = _moment(rhythm.zone, day, (rhythm.opens_hour + rhythm.closes_hour) // 2)
        yield Slot(opens, noon)
        yield Slot(noon, closes)
    else:
        yield from _hours(opens, closes)


def _hours(opens: datetime, closes: datetime) -> Iterator[Slot]:
    start = opens
    while start + HOUR <= closes:
        yield Slot(start, start + HOUR)
        start += HOUR


def _moment(zone: tzinfo, day: date, hour: int) -> datetime:
    """The moment at which the local clock shows `hour` on `day`; 24 is the next midnight.

    An hour that the clock leaves out in spring is the moment at which it jumps; of one that it shows twice in autumn,
    the first is meant.
    """
    shown = datetime.combine(day, time(hour % 24), zone)
    if hour == 24:
        shown = datetime.combine(day + DAY, time(0), zone)
    return shown.astimezone(UTC)
