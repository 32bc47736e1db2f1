"""Spans of whole days: a year, a quarter, a month, or any other.

Half-open: `end` is the first day that no longer belongs, so neighbouring periods share a day in
writing and none in fact. Labels follow ISO 8601 for years, months and intervals; a quarter is
written ``2024-Q1``.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_LABEL = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2})))?"
    r"|(?P<start>\d{4}-\d{2}-\d{2})/(?P<end>\d{4}-\d{2}-\d{2})",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `start` up to but not including `end`; ValueError if that is no day at all."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"A period must end after it starts: {self.start} to {self.end}.")

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """Whether `day` belongs to the period."""
        return self.start <= day < self.end

    @property
    def label(self) -> str:
        """``2024``, ``2024-Q1``, ``2024-05``, else ``2024-01-15/2024-02-01`` (end not included)."""
        first = self.start
        if first.day == self.end.day == 1:
            months = 12 * (self.end.year - first.year) + self.end.month - first.month
            if months == 12 and first.month == 1:
                return f"{first.year:04}"
            if months == 3 and first.month % 3 == 1:
                return f"{first.year:04}-Q{first.month // 3 + 1}"
            if months == 1:
                return f"{first.year:04}-{first.month:02}"
        return f"{first.isoformat()}/{self.end.isoformat()}"


def year(number: int) -> Period:
    """The calendar year `number`, 1 to 9998 (the end of 9999 cannot be written as a date)."""
    return _months(number, 1, 12)


def quarter(number: int, which: int) -> Period:
    """Quarter `which` (1 to 4) of year `number`."""
    if which not in {1, 2, 3, 4}:
        raise ValueError(f"A quarter is 1, 2, 3 or 4, not {which}.")
    return _months(number, 3 * which - 2, 3)


def month(number: int, which: int) -> Period:
    """Month `which` (1 to 12) of year `number`."""
    return _months(number, which, 1)


def parse(text: str) -> Period:
    """Read a label as `Period.label` writes it; spaces around it do not matter.

    Raises
    ------
    ValueError
        If the text has another form or names days that do not exist.
    """
    match = _LABEL.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is not a period like 2024, 2024-Q1 or 2024-05.")
    if match["start"]:
        return Period(date.fromisoformat(match["start"]), date.fromisoformat(match["end"]))
    number = int(match["year"])
    if match["quarter"]:
        return quarter(number, int(match["quarter"]))
    if match["month"]:
        return month(number, int(match["month"]))
    return year(number)


def _months(number: int, first: int, count: int) -> Period:
    after = first - 1 + count
    return Period(date(number, first, 1), date(number + after // 12, after % 12 + 1, 1))
