"""Whether a roster keeps what must hold, and what it costs: written from the rules alone, sharing nothing with the solver."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise

from vuoksi.systems.libraries.engine.rosters.problem import Person, Roster, RosterProblem


@dataclass(frozen=True, slots=True)
class Violation:
    """What does not hold: the rule, the person, the day on which it shows (None: over the whole period), how much."""

    rule: str
    person: str
    day: int | None = None
    found: int = 0
    allowed: int = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a roster costs, in the problem's prices."""

    wishes: int
    short: int
    over: int

    @property
    def total(self) -> int:
        return self.wishes + self.short + self.over


def violations(problem: RosterProblem, roster: Roster) -> list[Violation]:
    """Give everything in the roster that is not allowed; raises ValueError for a roster of other people or days."""
    if len(roster.shifts) != len(problem.people):
        raise ValueError(f"{len(roster.shifts)} rows for {len(problem.people)} people")
    minutes = {kind.key: kind.minutes for kind in problem.kinds}
    banned = {kind.key: kind.banned_next for kind in problem.kinds}
    found: list[Violation] = []
    for person, row in zip(problem.people, roster.shifts, strict=True):
        if len(row) != problem.days:
            raise ValueError(f"{len(row)} days of {person.key} for {problem.days}")
        found += _of_days(person, row, banned)
        found += _of_amounts(person, row, minutes)
        found += _of_runs(person, row)
    return found


def cost(problem: RosterProblem, roster: Roster) -> Cost:
    """Price a roster, also one that is not allowed."""
    wishes = 0
    for person, row in zip(problem.people, roster.shifts, strict=True):
        wishes += sum(price for (day, kind), price in person.wanted.items() if row[day] != kind)
        wishes += sum(price for (day, kind), price in person.unwanted.items() if row[day] == kind)
    there = Counter((day, kind) for row in roster.shifts for day, kind in enumerate(row) if kind)
    short = over = 0
    for need in problem.needs:
        gap = need.people - there[need.day, need.kind]
        short += max(gap, 0) * need.price_short
        over += max(-gap, 0) * need.price_over
    return Cost(wishes, short, over)


def _of_days(
    person: Person, row: tuple[str | None, ...], banned: dict[str, frozenset[str]]
) -> list[Violation]:
    found = [
        Violation("cannot work this shift", person.key, day)
        for day, kind in enumerate(row)
        if kind is not None and person.most.get(kind, 0) == 0
    ]
    found += [
        Violation("day off", person.key, day)
        for day in sorted(person.days_off)
        if row[day] is not None
    ]
    found += [
        Violation("shift that must not follow", person.key, day + 1)
        for day, (first, second) in enumerate(pairwise(row))
        if first is not None and second in banned[first]
    ]
    return found


def _of_amounts(
    person: Person, row: tuple[str | None, ...], minutes: dict[str, int]
) -> list[Violation]:
    found = []
    worked = sum(minutes[kind] for kind in row if kind is not None)
    if worked > person.most_minutes:
        found.append(Violation("most minutes", person.key, None, worked, person.most_minutes))
    if worked < person.least_minutes:
        found.append(Violation("least minutes", person.key, None, worked, person.least_minutes))
    for kind, count in sorted(Counter(kind for kind in row if kind is not None).items()):
        if 0 < person.most.get(kind, 0) < count:
            found.append(
                Violation(f"most shifts {kind}", person.key, None, count, person.most[kind])
            )
    weekends = sum(
        row[saturday] is not None or row[saturday + 1] is not None
        for saturday in range(5, len(row) - 1, 7)
    )
    if weekends > person.most_weekends:
        found.append(Violation("most weekends", person.key, None, weekends, person.most_weekends))
    return found


def _of_runs(person: Person, row: tuple[str | None, ...]) -> list[Violation]:
    found, start = [], 0
    for working, days in groupby(kind is not None for kind in row):
        length = len(list(days))
        touches = start == 0 or start + length == len(row)
        if working and length > person.most_run:
            found.append(
                Violation("most days in a row", person.key, start, length, person.most_run)
            )
        if working and not touches and length < person.least_run:
            found.append(
                Violation("least days in a row", person.key, start, length, person.least_run)
            )
        if not working and not touches and length < person.least_off:
            found.append(
                Violation("least days off in a row", person.key, start, length, person.least_off)
            )
        start += length
    return found
