"""What calls.json and experiments.json hold: calls, entries, experiments and decisions."""

from dataclasses import dataclass
from datetime import date

from vuoksi.site.demo_data.shapes import Text


@dataclass(frozen=True)
class Phase:
    key: str
    title: Text
    opens: date
    closes: date


@dataclass(frozen=True)
class Category:
    key: str
    title: Text
    entries: int | None = None
    prize_eur: int | None = None


@dataclass(frozen=True)
class Comment:
    author: str
    language: str
    text: str
    written: date


@dataclass(frozen=True)
class Answer:
    """The official answer to an entry: `outcome` is accepted or refused."""

    outcome: str
    answered: date
    author: str
    text: Text


@dataclass(frozen=True)
class Entry:
    """An entry in one language (`language`), with translations where there are any."""

    key: str
    author: str
    language: str
    title: Text
    text: Text
    entered: date
    supports: int
    channel: str = "own_account"
    co_authors: tuple[str, ...] = ()
    place: str = ""
    comments: tuple[Comment, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True)
class Winner:
    key: str
    category: str
    name: Text
    description: Text
    source: str
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    key: str
    text: Text
    required: bool


@dataclass(frozen=True)
class Call:
    """A call; `entries_total` is the published number, `entries` are only what is written here."""

    key: str
    demo: bool
    status: str
    year: int
    title: Text
    summary: Text
    organiser: str
    goal: str
    who_may_enter: Text
    source: str
    opens: date | None = None
    closes: date | None = None
    announced: date | None = None
    partners: tuple[str, ...] = ()
    phases: tuple[Phase, ...] = ()
    questions: tuple[Question, ...] = ()
    categories: tuple[Category, ...] = ()
    entries_total: int | None = None
    entries_by_companies: int | None = None
    to_further_planning: int | None = None
    budget_eur_low: int | None = None
    budget_eur_high: int | None = None
    months_low: int | None = None
    months_high: int | None = None
    winners: tuple[Winner, ...] = ()
    entries: tuple[Entry, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """What the experiment measures; `design` is paired, two_groups or before_after."""

    title: Text
    unit: str
    better: str
    design: str
    arms: tuple[str, str]
    baseline_value: float | None
    baseline_note: Text
    indicator: str = ""


@dataclass(frozen=True)
class Rule:
    """Scale when the 95 % interval of the effect lies at or above one bound, stop below the other."""

    text: Text
    scale_if_low_above: float
    stop_if_high_below: float


@dataclass(frozen=True)
class BudgetLine:
    title: Text
    eur: int


@dataclass(frozen=True)
class Milestone:
    title: Text
    due: date


@dataclass(frozen=True)
class NewAction:
    key: str
    goal: str
    title: Text


@dataclass(frozen=True)
class Decision:
    """What was decided on the evidence; it opens a new action or updates one of actions.csv."""

    key: str
    outcome: str
    decided: date
    decided_by: Text
    reasons: Text
    opens_action: NewAction | None = None
    updates_action: str = ""
    learned: Text | None = None
    follow_up: date | None = None


@dataclass(frozen=True)
class Experiment:
    key: str
    demo: bool
    status: str
    entry: str
    goal: str
    title: Text
    summary: Text
    hypothesis: Text
    users: Text
    fits_services: Text
    expected_benefit: Text
    testbed: str
    owner: str
    partners: tuple[str, ...]
    starts: date
    ends: date
    budget: tuple[BudgetLine, ...]
    schedule: tuple[Milestone, ...]
    measure: Measure
    rule: Rule
    source: str
    facts: tuple[Text, ...] = ()
    action: str = ""
    decision: Decision | None = None
