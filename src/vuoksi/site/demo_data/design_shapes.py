"""What designs.json holds: a question, and experiments of several designs that answer it."""

from dataclasses import dataclass
from datetime import date

from vuoksi.site.demo_data.shapes import Text


@dataclass(frozen=True)
class Made:
    """How values are made up: `units` start around `level`, `spread` apart; `effect` is what the trial really does.

    `noise` is how far one value of a unit strays from its level, `rise` what everybody gains in a month.
    """

    units: int
    level: float
    spread: float
    noise: float
    rise: float
    effect: float


@dataclass(frozen=True)
class Deviation:
    kind: str
    day: date
    could_change: bool
    what: Text
    reason: Text


@dataclass(frozen=True)
class Trial:
    """`state` is draft or ended; `asked` is what the sample size is computed from, `months` are measured."""

    key: str
    state: str
    design: str
    by_chance: bool
    goal: str
    testbed: str
    owner: str
    begun: date
    starts: date
    ends: date
    switch_on: date | None
    period: str
    months: tuple[date, ...]
    baseline: float
    minimum_effect: float
    budget_eur: int
    asked: dict[str, float]
    seed: int | None
    made: Made
    title: Text
    summary: Text
    hypothesis: Text
    benefit: Text
    budget_use: Text
    rule: Text
    deviation: Deviation | None = None


@dataclass(frozen=True)
class Story:
    """`others` are experiments of experiments.json on the same question; `same` is said of every trial."""

    key: str
    source: str
    asked: date
    goal: str
    others: tuple[str, ...]
    title: Text
    summary: Text
    measure: Text
    baseline_note: Text
    users: Text
    fit: Text
    schedule: Text
    limits: Text
    trials: tuple[Trial, ...]
