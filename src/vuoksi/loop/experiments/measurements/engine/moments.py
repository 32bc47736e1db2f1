"""Moments and lengths of time as the SensorThings API writes them (ISO 8601), to the microsecond and in UTC."""

import re
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,6})M)?(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)S)?)?",
    re.ASCII,
)


class NoMoment(ValueError):
    """The text is no moment of time."""


def moment(text: str) -> datetime:
    """Read `2026-05-04T12:00:00.5Z`; a time without a zone is UTC. Raises NoMoment."""
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError) as error:
        raise NoMoment(f"“{str(text)[:60]}” is no moment of time") from error


def span(text: str) -> tuple[datetime, datetime | None]:
    """Read a moment, or two with a slash between them. Raises NoMoment."""
    if not isinstance(text, str):
        raise NoMoment(f"“{str(text)[:60]}” is no moment of time")
    first, slash, second = text.partition("/")
    if not slash:
        return moment(text), None
    start, end = moment(first), moment(second)
    if end < start:
        raise NoMoment(f"“{text[:60]}” ends before it starts")
    return start, end


def duration(text: str) -> timedelta:
    """Read `P1DT12H`: days, hours, minutes and seconds, which are always as long. Raises NoMoment."""
    found = _DURATION.fullmatch(text)
    parts = {name: value for name, value in found.groupdict("").items() if value} if found else {}
    sign = -1 if parts.pop("sign", "") else 1
    if not parts:
        raise NoMoment(f"“{text[:60]}” is no length of time")
    return sign * timedelta(**{name: float(value) for name, value in parts.items()})


def written(time: datetime) -> str:
    """Write a moment with milliseconds, or with as many digits as it has."""
    time = time.astimezone(UTC)
    precise = "microseconds" if time.microsecond % 1000 else "milliseconds"
    return time.replace(tzinfo=None).isoformat(timespec=precise) + "Z"


def written_span(start: datetime, end: datetime | None) -> str:
    return written(start) if end is None else f"{written(start)}/{written(end)}"


def key_of(datastream: int, start: datetime, end: datetime | None) -> str:
    """The id of an observation: its datastream and its time, so that the same one always has the same id."""
    times = [start] if end is None else [start, end]
    return "-".join(str(number) for number in [datastream, *map(_microseconds, times)])


def place_of(key: str) -> tuple[int, datetime, datetime | None]:
    """Read what `key_of` wrote; raises NoMoment."""
    parts = key.replace("--", "-~").split("-")
    try:
        numbers = [int(part.replace("~", "-")) for part in parts]
        times = [EPOCH + number * MICROSECOND for number in numbers[1:]]
    except (ValueError, OverflowError) as error:
        raise NoMoment(f"“{key[:60]}” is no id of an observation") from error
    if len(times) not in {1, 2}:
        raise NoMoment(f"“{key[:60]}” is no id of an observation")
    return numbers[0], times[0], times[1] if len(times) == 2 else None


def _microseconds(time: datetime) -> int:
    return (time - EPOCH) // MICROSECOND
