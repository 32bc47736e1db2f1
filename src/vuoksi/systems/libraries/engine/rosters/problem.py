"""One period of shifts: who could work what, what they owe and want, and how many are needed.

This is the form in which rosters are made. The library's own words (branches, desks, events) become it in
`engine.library`, the public shift-scheduling instances in `engine.formats`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """A kind of shift, `minutes` long; none of `banned_next` may be worked on the day after it."""

    key: str
    minutes: int
    banned_next: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Person:
    """What one person may, must and wishes to work.

    `most` names the kinds that the person can work at all, and how often in the period. Runs are days in a row: of
    work between `least_run` and `most_run`, off at least `least_off`; a run that touches the border of the period is
    not held to the least. A weekend counts when its Saturday or Sunday is worked. Prices of wishes are whole numbers.
    """

    key: str
    most: Mapping[str, int]
    least_minutes: int
    most_minutes: int
    least_run: int
    most_run: int
    least_off: int
    most_weekends: int
    days_off: frozenset[int] = frozenset()
    wanted: Mapping[tuple[int, str], int] = field(default_factory=dict)
    unwanted: Mapping[tuple[int, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Need:
    """How many are needed on a day in a kind of shift, and what each one short or too many costs."""

    day: int
    kind: str
    people: int
    price_short: int
    price_over: int


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """A period of `days` days that starts on a Monday. Raises ValueError for what nobody could have meant."""

    days: int
    kinds: tuple[ShiftKind, ...]
    people: tuple[Person, ...]
    needs: tuple[Need, ...]

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError("a period has at least one day")
        known = {kind.key for kind in self.kinds}
        if len(known) != len(self.kinds):
            raise ValueError("two kinds of shift have the same key")
        if len({person.key for person in self.people}) != len(self.people):
            raise ValueError("two people have the same key")
        for kind in self.kinds:
            _check(kind.minutes > 0, f"shift {kind.key}: {kind.minutes} minutes")
            _check(kind.banned_next <= known, f"shift {kind.key}: unknown follower")
        for person in self.people:
            self._check_person(person, known)
        for need in self.needs:
            _check(0 <= need.day < self.days, f"need on day {need.day}")
            _check(need.kind in known, f"need of unknown shift {need.kind}")
            _check(min(need.people, need.price_short, need.price_over) >= 0, "a negative need")

    def _check_person(self, person: Person, known: set[str]) -> None:
        who = f"person {person.key}: "
        _check(set(person.most) <= known, who + "unknown shift")
        _check(0 <= person.least_minutes <= person.most_minutes, who + "least and most minutes")
        _check(1 <= person.least_run <= person.most_run, who + "least and most days in a row")
        _check(person.least_off >= 1 and person.most_weekends >= 0, who + "days off or weekends")
        days = {day for day, _kind in (*person.wanted, *person.unwanted)} | person.days_off
        _check(all(0 <= day < self.days for day in days), who + "a day outside the period")


@dataclass(frozen=True, slots=True)
class Roster:
    """The shifts of all people: `shifts[i][d]` is the key of the kind that person i works on day d, None when off."""

    shifts: tuple[tuple[str | None, ...], ...]


def _check(holds: bool, words: str) -> None:
    if not holds:
        raise ValueError(words)
