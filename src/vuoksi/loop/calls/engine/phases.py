"""The time of a call: phases that open and close by date.

A phase is half-open, [opens_at, closes_at): at the very moment of closing it is closed. All times know their time
zone. Phases may overlap (people support ideas while others still send theirs), but they come in an order: none opens
or closes before one that stands earlier in `ORDER`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations

ENTRY = "entry"
ORDER = (ENTRY, "discussion", "review", "decision")


class Stage(StrEnum):
    """Where a phase, or a call as a whole, stands at one moment."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


class Mistake(StrEnum):
    """What can be wrong with one phase among the others."""

    TWICE = "twice"
    OPENS_TOO_EARLY = "opens_too_early"
    CLOSES_TOO_EARLY = "closes_too_early"


@dataclass(frozen=True, slots=True)
class Window:
    """One phase. Raises ValueError for an unknown kind, a time without a zone, or no length."""

    kind: str
    opens_at: datetime
    closes_at: datetime

    def __post_init__(self) -> None:
        if self.kind not in ORDER:
            raise ValueError(f"unknown kind of phase: {self.kind!r}")
        if self.opens_at.tzinfo is None or self.closes_at.tzinfo is None:
            raise ValueError("a phase opens and closes at times that know their time zone")
        if self.closes_at <= self.opens_at:
            raise ValueError("a phase closes after it opens")

    def stage(self, at: datetime) -> Stage:
        if at < self.opens_at:
            return Stage.UPCOMING
        return Stage.OPEN if at < self.closes_at else Stage.CLOSED


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind` is wrong because of `other`, an earlier phase (or itself, when it stands twice)."""

    kind: str
    mistake: Mistake
    other: str


def in_order(windows: Iterable[Window]) -> list[Window]:
    return sorted(windows, key=lambda window: ORDER.index(window.kind))


def faults(windows: Iterable[Window]) -> list[Fault]:
    """Give what is wrong with these phases together; an empty list when nothing is."""
    found: list[Fault] = []
    for earlier, later in combinations(in_order(windows), 2):
        if earlier.kind == later.kind:
            found.append(Fault(later.kind, Mistake.TWICE, earlier.kind))
            continue
        if later.opens_at < earlier.opens_at:
            found.append(Fault(later.kind, Mistake.OPENS_TOO_EARLY, earlier.kind))
        if later.closes_at < earlier.closes_at:
            found.append(Fault(later.kind, Mistake.CLOSES_TOO_EARLY, earlier.kind))
    return found


def entry_window(windows: Iterable[Window]) -> Window | None:
    return next((window for window in windows if window.kind == ENTRY), None)


def accepts_entries(windows: Iterable[Window], at: datetime) -> bool:
    window = entry_window(windows)
    return window is not None and window.stage(at) is Stage.OPEN


def next_change(windows: Sequence[Window], at: datetime) -> datetime | None:
    """Give the next moment after `at` when a phase opens or closes."""
    moments = [moment for window in windows for moment in (window.opens_at, window.closes_at)]
    return min((moment for moment in moments if moment > at), default=None)
