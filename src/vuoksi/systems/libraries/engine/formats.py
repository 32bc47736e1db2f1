"""The text format of the public shift-scheduling instances (Curtois and Qu, 2014, schedulingbenchmarks.org).

A file has sections of lines whose parts are divided by commas; "#" begins a remark. Weekends count when the period
holds both their days.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from vuoksi.systems.libraries.engine.rosters.check import cost
from vuoksi.systems.libraries.engine.rosters.problem import (
    Need,
    Person,
    Roster,
    RosterProblem,
    ShiftKind,
)
from vuoksi.systems.libraries.engine.rosters.solve import solve

# How often the solver may ask whether it goes on, where no clock is there to say so.
WORK = 300


class FormatError(ValueError):
    """A line that cannot be read: `line` is its number, from 1."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(f"line {line}: {words}")
        self.line = line


@dataclass(slots=True)
class _Parts:
    days: int = 0
    kinds: list[ShiftKind] = field(default_factory=list)
    staff: dict[str, tuple[dict[str, int], list[int]]] = field(default_factory=dict)
    off: dict[str, set[int]] = field(default_factory=dict)
    wanted: dict[str, dict[tuple[int, str], int]] = field(default_factory=dict)
    unwanted: dict[str, dict[tuple[int, str], int]] = field(default_factory=dict)
    needs: list[Need] = field(default_factory=list)


def read_instance(text: str) -> RosterProblem:
    """Read an instance. Raises FormatError with the line, ValueError for an instance that contradicts itself."""
    parts = _Parts()
    for number, section, cells in _lines(text):
        reader = READERS.get(section)
        if reader is None:
            raise FormatError(number, f"unknown section {section or 'before any line'}")
        try:
            reader(parts, cells)
        except (ValueError, IndexError, KeyError) as fault:
            raise FormatError(number, f"cannot be read as {section}: {','.join(cells)}") from fault
    return RosterProblem(
        parts.days,
        tuple(parts.kinds),
        tuple(_person(parts, key) for key in parts.staff),
        tuple(parts.needs),
    )


def solve_text(text: str) -> str:
    """Make a roster of an instance, within a fixed amount of work, and give it as JSON with what it costs.

    Raises ValueError for what cannot be read, and for a person who cannot have any roster.
    """
    problem = read_instance(text)
    asked = count()
    found = solve(problem, spent=lambda: next(asked) / WORK)
    parts = cost(problem, found.roster)
    people = [person.key for person in problem.people]
    result = {
        "cost": found.cost,
        "bound": found.bound,
        "short": parts.short,
        "over": parts.over,
        "wishes": parts.wishes,
        "roster": dict(zip(people, found.roster.shifts, strict=True)),
    }
    return json.dumps(result, ensure_ascii=False)


def write_roster(roster: Roster) -> str:
    """Give a roster as lines of shifts divided by tabs, one a person, empty for a day off."""
    return "".join("\t".join(kind or "" for kind in row) + "\n" for row in roster.shifts)


def _lines(text: str) -> Iterator[tuple[int, str, list[str]]]:
    section = ""
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
        elif line and not line.startswith("#"):
            yield number, section, [cell.strip() for cell in line.split(",")]


def _person(parts: _Parts, key: str) -> Person:
    most, (most_minutes, least_minutes, most_run, least_run, least_off, weekends) = parts.staff[key]
    return Person(
        key,
        most,
        least_minutes,
        most_minutes,
        least_run,
        most_run,
        least_off,
        weekends,
        frozenset(parts.off.get(key, ())),
        parts.wanted.get(key, {}),
        parts.unwanted.get(key, {}),
    )


def _read_horizon(parts: _Parts, cells: list[str]) -> None:
    parts.days = int(cells[0])


def _read_shift(parts: _Parts, cells: list[str]) -> None:
    banned = cells[2].split("|") if len(cells) > 2 else []
    parts.kinds.append(ShiftKind(cells[0], int(cells[1]), frozenset(filter(None, banned))))


def _read_person(parts: _Parts, cells: list[str]) -> None:
    most = dict(part.split("=") for part in cells[1].split("|"))
    numbers = [int(cell) for cell in cells[2:8]]
    if len(numbers) != 6:
        raise ValueError("six numbers are needed")
    parts.staff[cells[0]] = {kind: int(number) for kind, number in most.items()}, numbers


def _read_days_off(parts: _Parts, cells: list[str]) -> None:
    parts.off.setdefault(cells[0], set()).update(int(cell) for cell in cells[1:] if cell)


def _read_wish(into: str) -> Callable[[_Parts, list[str]], None]:
    def read(parts: _Parts, cells: list[str]) -> None:
        wishes = getattr(parts, into).setdefault(cells[0], {})
        wishes[int(cells[1]), cells[2]] = int(cells[3])

    return read


def _read_need(parts: _Parts, cells: list[str]) -> None:
    day, kind, people, short, over = cells[:5]
    parts.needs.append(Need(int(day), kind, int(people), int(short), int(over)))


READERS: dict[str, Callable[[_Parts, list[str]], None]] = {
    "HORIZON": _read_horizon,
    "SHIFTS": _read_shift,
    "STAFF": _read_person,
    "DAYS_OFF": _read_days_off,
    "SHIFT_ON_REQUESTS": _read_wish("wanted"),
    "SHIFT_OFF_REQUESTS": _read_wish("unwanted"),
    "COVER": _read_need,
}
