"""What pilots.json holds: more pilots for the portfolio, each told shortly, and what came after decisions."""

from dataclasses import dataclass
from datetime import date

from vuoksi.site.demo_data.shapes import Text


@dataclass(frozen=True)
class Amount:
    kind: str
    eur: int
    day: date


@dataclass(frozen=True)
class NextStep:
    title: Text
    due: date
    owner: str
    done: date | None = None


@dataclass(frozen=True)
class FollowUp:
    """Whether it was in use on the day; `value` counts what `counts` says."""

    use: str
    day: date
    text: Text
    value: float | None = None
    counts: Text | None = None
    next: date | None = None


@dataclass(frozen=True)
class Opinion:
    text: Text
    name: str = ""


@dataclass(frozen=True)
class Verdict:
    """What was decided on a pilot, and what came after it."""

    key: str
    outcome: str
    decided: date
    decided_by: Text
    title: Text
    reasons: Text
    learned: Text
    against_why: Text | None = None
    deciders: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    follow_up: date | None = None


@dataclass(frozen=True)
class Pilot:
    """A pilot measured on the same units before and after; without `starts` it is still a plan."""

    key: str
    demo: bool
    goal: str
    title: Text
    summary: Text
    hypothesis: Text
    users: Text
    measure: Text
    unit: str
    better: str
    testbed: str
    owner: str
    planned: date
    eur: int
    smallest_effect: float
    source: str
    starts: date | None = None
    ends: date | None = None
    before: tuple[float, ...] = ()
    after: tuple[float, ...] = ()
    cancelled: date | None = None
    cancel_reason: Text | None = None
    has_evidence: bool = False
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Afterwards:
    """What came after a pilot: its money, the next steps and follow-ups of its decision."""

    experiment: str
    source: str
    money: tuple[Amount, ...] = ()
    steps: tuple[NextStep, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
