"""Chance decides, and everybody can check that it did.

Every draw is an ordering by SHA-256 of the recorded seed and a name, so that anybody can repeat it in
any language and no version of a library can change it. Publish the seed before the draw, or take one
that nobody could have chosen (a lottery's numbers, say).

Permuted blocks within strata: Zelen, M. (1974). The randomization and stratification of patients to
clinical trials. Journal of Chronic Diseases 27, 365-375, doi:10.1016/0021-9681(74)90015-0.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass

from vuoksi.loop.experiments.analyses.engine.problem import ProblemError
from vuoksi.loop.experiments.analyses.engine.problem.question import (
    MOST_VALUES,
    check_lengths,
    check_range,
)

MOST_GROUPS, MOST_PARTS, MOST_STEPS = 10, 20, 100


@dataclass(frozen=True, slots=True)
class DrawProblem:
    """Who takes part, and how they are to be divided.

    Parameters
    ----------
    units
        Names, each once. In the order of arrival if `block` is given.
    seed
        Any whole number; recorded with the draw.
    strata
        A name for each unit (its district, say): each stratum is divided on its own. Empty for none.
    groups, parts
        Names of the groups and how many of each turn goes to each of them.
    block
        Size of a block in which the parts are kept, a multiple of their sum, for units that arrive one
        after the other. None to divide each stratum as a whole.
    """

    units: tuple[str, ...]
    seed: int
    strata: tuple[str, ...] = ()
    groups: tuple[str, ...] = ("reference", "treatment")
    parts: tuple[int, ...] = (1, 1)
    block: int | None = None

    def __post_init__(self) -> None:
        _check_names("unit", self.units)
        _check_names("group", self.groups)
        check_range("number of groups", len(self.groups), 2, MOST_GROUPS)
        check_lengths(len(self.groups), {"parts": self.parts})
        for part in self.parts:
            check_range("part of a group", part, 1, MOST_PARTS)
        if self.strata:
            check_lengths(len(self.units), {"strata": self.strata})
        if self.block is not None and (self.block < 1 or self.block % sum(self.parts)):
            raise ProblemError("bad_range", "The block must be a multiple of the sum of the parts.")


@dataclass(frozen=True, slots=True)
class Draw:
    """The group of each unit, in the units' order, and the seed that gives the same draw again."""

    groups: tuple[str, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class OrderProblem:
    """Sites that are to start in `steps` steps, as evenly as can be."""

    sites: tuple[str, ...]
    seed: int
    steps: int

    def __post_init__(self) -> None:
        _check_names("site", self.sites)
        check_range("number of steps", self.steps, 2, min(MOST_STEPS, len(self.sites)))


@dataclass(frozen=True, slots=True)
class Order:
    """The step, from 1, at which each site starts, and the seed."""

    steps: tuple[int, ...]
    seed: int


def draw(problem: DrawProblem) -> Draw:
    """Divide the units by lot."""
    strata = problem.strata or ("",) * len(problem.units)
    given: dict[int, str] = {}
    for stratum in dict.fromkeys(strata):
        places = [place for place, name in enumerate(strata) if name == stratum]
        if problem.block is None:
            places.sort(key=lambda place: lot(problem.seed, "unit", problem.units[place]))
        slots = _slots(problem, stratum, len(places))
        given.update(zip(places, slots, strict=True))
    return Draw(tuple(given[place] for place in range(len(problem.units))), problem.seed)


def draw_order(problem: OrderProblem) -> Order:
    """Bring the sites into the order in which they start."""
    ordered = sorted(problem.sites, key=lambda site: lot(problem.seed, "site", site))
    steps = sorted(
        range(1, problem.steps + 1), key=lambda step: lot(problem.seed, "step", str(step))
    )
    # The steps that get one site more, if they cannot all be alike, are drawn as well.
    sizes = Counter(steps[place % problem.steps] for place in range(len(ordered)))
    turns = [step for step in range(1, problem.steps + 1) for _ in range(sizes[step])]
    start = dict(zip(ordered, turns, strict=True))
    return Order(tuple(start[site] for site in problem.sites), problem.seed)


def lot(seed: int, *names: str) -> str:
    """What a name draws: SHA-256 of the seed and the names, joined by line breaks, in hexadecimal."""
    return hashlib.sha256("\n".join((str(seed), *names)).encode()).hexdigest()


def draw_violations(problem: DrawProblem, given: Draw) -> tuple[str, ...]:
    """Every way in which a draw does not divide the units as asked; it does not draw again."""
    found = []
    if len(given.groups) != len(problem.units) or given.seed != problem.seed:
        found.append("the draw belongs to other units or another seed")
    strata = problem.strata or ("",) * len(problem.units)
    for stratum in sorted(set(strata)):
        members = [
            group for name, group in zip(strata, given.groups, strict=False) if name == stratum
        ]
        size = problem.block or max(len(members), 1)
        found += [
            f"a block of stratum '{stratum}' is divided unfairly"
            for first in range(0, len(members), size)
            if not _is_fair(problem, members[first : first + size], size)
        ]
    return tuple(found)


def _is_fair(problem: DrawProblem, members: list[str], size: int) -> bool:
    """Whether no group got more than its share of a whole block, rounded up to whole turns."""
    turns = -(-size // sum(problem.parts))
    counts = Counter(members)
    limits = dict(zip(problem.groups, (turns * part for part in problem.parts), strict=True))
    if set(counts) - set(limits) or any(counts[name] > limits[name] for name in limits):
        return False
    whole = len(members) // sum(problem.parts) if problem.block is None else 0
    return all(
        counts[name] >= whole * part
        for name, part in zip(problem.groups, problem.parts, strict=True)
    )


def _slots(problem: DrawProblem, stratum: str, size: int) -> list[str]:
    """Groups for the units of a stratum, turn by turn or block by block, the last one cut off."""
    turn = [
        group
        for group, part in zip(problem.groups, problem.parts, strict=True)
        for _ in range(part)
    ]
    block = turn * ((problem.block or len(turn)) // len(turn))
    slots: list[str] = []
    number = 0
    while len(slots) < size:
        names = [f"{stratum}/{number}/{place}" for place in range(len(block))]
        places = sorted(
            range(len(block)), key=lambda place: lot(problem.seed, "slot", names[place])
        )
        slots += [block[place] for place in places]
        number += 1
    return slots[:size]


def _check_names(what: str, names: tuple[str, ...]) -> None:
    check_range(f"number of {what}s", len(names), 2, MOST_VALUES)
    if len(set(names)) != len(names):
        raise ProblemError("bad_groups", f"Every {what} must be named once.")
