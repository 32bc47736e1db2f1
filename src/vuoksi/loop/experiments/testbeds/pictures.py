"""The calendar of an offering as its page draws it: a grid where there is room, a list always."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuoksi.base.texts.queries import in_language
from vuoksi.base.ui.maps import Feature, Map
from vuoksi.loop.experiments.testbeds.models import Offering, Testbed
from vuoksi.loop.experiments.testbeds.queries import FURTHEST, Day, Free, free_slots

# By the hour a week is shown at a time; by the day, a month.
BY_THE_HOUR = (Offering.Slot.HOUR, Offering.Slot.HALF_DAY)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid: an empty one has no words. `state` is free, some, full or shut."""

    words: str = ""
    label: str = ""
    url: str = ""
    state: str = ""
    hour: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The calendar: `heads` over the columns, each row with its own heading, and the addresses beside it."""

    title: str
    corner: str
    heads: list[str]
    rows: list[tuple[str, list[Cell]]]
    days: list[tuple[str, list[Cell]]]
    before: str
    after: str


def grid_of(offering: Offering, day: date, at: datetime, booking_url: str) -> Grid:
    """The week or month around `day`; a free slot leads to `booking_url`, if there is one."""
    if offering.slot in BY_THE_HOUR:
        first = day - timedelta(days=day.weekday())
        return _week(offering, first, at, booking_url)
    return _month(offering, day.replace(day=1), at, booking_url)


def map_of(testbeds: list[Testbed]) -> Map:
    features = [
        Feature(
            row.place.slug,
            in_language(row, "title").text,
            row.get_absolute_url(),
            row.place.geometry,
            row.get_state_display(),
        )
        for row in testbeds
    ]
    return Map(_("Testbeds on the map"), features)


def _week(offering: Offering, first: date, at: datetime, booking_url: str) -> Grid:
    days = free_slots(offering, first, first + timedelta(days=6), at)
    cells = {
        (day.date, _hour(free)): _cell(free, day.date, booking_url, with_hour=True)
        for day in days
        for free in day.slots
    }
    hours = sorted({hour for _day, hour in cells})
    last = days[-1].date
    return Grid(
        title=f"{date_format(first, 'SHORT_DATE_FORMAT')} – {date_format(last, 'SHORT_DATE_FORMAT')}",
        corner=_("Time"),
        heads=[f"{WEEKDAYS_ABBR[n]} {days[n].date.day}" for n in range(7)],
        rows=[(hour, [cells.get((day.date, hour), Cell()) for day in days]) for hour in hours],
        days=_listed(days, booking_url, with_hour=True),
        before=_before(first, at),
        after=_after(last, at),
    )


def _month(offering: Offering, first: date, at: datetime, booking_url: str) -> Grid:
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    days = free_slots(offering, first, last, at)
    row: list[Cell] = [Cell()] * first.weekday()
    rows: list[tuple[str, list[Cell]]] = []
    for day in days:
        row.append(_day_cell(day, booking_url))
        if len(row) == 7 or day.date == last:
            rows.append((str(day.date.isocalendar().week), row + [Cell()] * (7 - len(row))))
            row = []
    return Grid(
        title=date_format(first, "YEAR_MONTH_FORMAT"),
        corner=_("Week"),
        heads=[str(WEEKDAYS_ABBR[n]) for n in range(7)],
        rows=rows,
        days=_listed(days, booking_url, with_hour=False),
        before=_before(first, at),
        after=_after(last, at),
    )


def _listed(days: list[Day], booking_url: str, *, with_hour: bool) -> list[tuple[str, list[Cell]]]:
    """Each opening day with its slots, for readers without room for a grid."""
    return [
        (
            _day_words(day.date),
            [_cell(free, day.date, booking_url, with_hour=with_hour) for free in day.slots],
        )
        for day in days
        if day.slots
    ]


def _day_cell(day: Day, booking_url: str) -> Cell:
    if not day.slots:
        return Cell(day=day.date, state="shut")
    return _cell(day.slots[0], day.date, booking_url, with_hour=False)


def _cell(free: Free, day: date, booking_url: str, *, with_hour: bool) -> Cell:
    label = _day_words(day)
    if with_hour:
        label = f"{label}, {_hour(free)}"
    state = "shut" if not free.is_open else _state(free)
    words = {"free": free.free, "units": free.units}
    return Cell(
        words=_("%(free)s of %(units)s free") % words if free.is_open else _("closed"),
        label=label,
        url=_booking_address(booking_url, free) if free.can_be_booked else "",
        state=state,
        hour=_hour(free) if with_hour else "",
        day=day,
    )


def _state(free: Free) -> str:
    if free.free == 0:
        return "full"
    return "free" if free.free == free.units else "some"


def _day_words(day: date) -> str:
    return f"{date_format(day, 'l')} {date_format(day, 'SHORT_DATE_FORMAT')}"


def _hour(free: Free) -> str:
    return timezone.localtime(free.slot.start).strftime("%H:%M")


def _booking_address(booking_url: str, free: Free) -> str:
    if not booking_url:
        return ""
    local = timezone.localtime(free.slot.start)
    asked = {"day": local.date().isoformat(), "time": local.strftime("%H:%M")}
    return f"{booking_url}?{urlencode(asked)}"


def _before(first: date, at: datetime) -> str:
    """The way to the days before; none from the present ones back, for nothing can be booked there."""
    return _address(first - timedelta(days=1)) if first > timezone.localtime(at).date() else ""


def _after(last: date, at: datetime) -> str:
    """The way to the days after; none to where nothing can be booked yet."""
    is_open = last < timezone.localtime(at).date() + FURTHEST
    return _address(last + timedelta(days=1)) if is_open else ""


def _address(day: date) -> str:
    return "?" + urlencode({"from": day.isoformat()})
