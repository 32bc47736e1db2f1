"""The figures of the portfolio, each counted by the database. What each of them means: docs/explanation/portfolio.md."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import get_current_timezone

from vuoksi.base.places.models import Place
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.calls.rules import IS_PUBLIC, PUBLIC_CALLS
from vuoksi.loop.decisions.engine import Share, share
from vuoksi.loop.decisions.models import Decision, FollowUp, Money
from vuoksi.loop.decisions.queries.pilots import (
    IN_USE,
    STARTED,
    reached_use,
    staged,
)
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Goal

# How many years a table by year has; what is older counts in its sums.
YEARS = 6
STEPS = ("calls", "entries", "accepted", "experiments", "decisions", "in_use")
Range = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of all pilots. The settled ones are the denominator of the share that reached use."""

    started: int
    running: int
    waiting: int
    cancelled: int
    decided: int
    settled: int
    reached: int
    in_use_now: int
    kinds: Mapping[str, int]
    against_rule: int
    has_demo: bool

    @property
    def of_settled(self) -> Share:
        return share(self.reached, self.settled)

    @property
    def of_started(self) -> Share:
        return share(self.reached, self.started)


@dataclass(frozen=True, slots=True)
class Alike:
    """What pilots have in common that count alike; `kind` and `use` are those of the decision in force."""

    state: str
    kind: str | None
    use: str | None
    goes_against_rule: bool | None
    is_demo: bool
    has_reached_use: bool

    @property
    def is_settled(self) -> bool:
        """As `SETTLED`; what reached use is settled too, whatever was decided since."""
        is_decided = self.state == Experiment.State.DECIDED and self.kind is not None
        return (
            self.has_reached_use
            or self.state == Experiment.State.CANCELLED
            or (is_decided and self.kind != Decision.Kind.REPEAT)
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel: all of it, and how many in each year."""

    total: int = 0
    years: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Each step in all and by year: it counts in the year in which it happened."""

    years: Sequence[int]
    steps: Mapping[str, Step]

    def total(self, step: str) -> int:
        return self.steps[step].total

    def in_year(self, step: str, year: int) -> int:
        return self.steps[step].years.get(year, 0)


@dataclass(frozen=True, slots=True)
class Total:
    """What was asked, granted or spent: the sum, and of how many experiments it is known."""

    eur: Decimal
    experiments: int
    years: Mapping[int, Decimal]


def outcomes(started_in: Range | None = None) -> Outcomes:
    """Count what became of pilots, of all or of those that were started in [from, to)."""
    rows = staged().filter(STARTED)
    if started_in is not None:
        rows = rows.filter(within("frozen_at", started_in))
    alike: list[tuple[Alike, int]] = [
        (Alike(*row[:-1]), row[-1])
        for row in rows.values_list(
            "state",
            "in_force__kind",
            "in_force__use",
            "in_force__goes_against_rule",
            "is_demo",
            Case(When(pk__in=reached_use(), then=True), default=False),
        )
        .annotate(number=Count("pk"))
        .order_by()
    ]

    def number(is_wanted: Callable[[Alike], Any]) -> int:
        return sum(count for one, count in alike if is_wanted(one))

    state = Experiment.State
    kinds = dict.fromkeys(Decision.Kind.values, 0)
    for one, count in alike:
        if one.state == state.DECIDED and one.kind is not None:
            kinds[one.kind] += count
    return Outcomes(
        started=number(lambda one: True),
        running=number(lambda one: one.state == state.RUNNING),
        waiting=number(lambda one: one.state == state.ENDED),
        cancelled=number(lambda one: one.state == state.CANCELLED),
        decided=number(lambda one: one.state == state.DECIDED),
        settled=number(lambda one: one.is_settled),
        reached=number(lambda one: one.has_reached_use),
        in_use_now=number(lambda one: one.state == state.DECIDED and one.use == IN_USE),
        kinds=kinds,
        against_rule=number(lambda one: one.state == state.DECIDED and one.goes_against_rule),
        has_demo=any(one.is_demo for one, _count in alike),
    )


def funnel(today: date) -> Funnel:
    """Count each step from call to use, in all and by year, one query a step."""
    years = _years(today)
    steps = {
        step: _step(rows.aggregate(**_counts(day, years)), years)
        for step, (rows, _goal, day) in _steps().items()
    }
    uses = first_uses().aggregate(**_counts("first", years))
    return Funnel(years, steps | {"in_use": _step(uses, years)})


def funnel_by_goal(today: date) -> dict[int | None, dict[str, Step]]:
    """The same for each goal (None: no goal named) that has anything in it."""
    years = _years(today)
    goals: dict[int | None, dict[str, Step]] = defaultdict(dict)
    for step, (rows, goal, day) in _steps().items():
        for row in rows.values(of_goal=F(goal)).annotate(**_counts(day, years)).order_by():
            goals[row["of_goal"]][step] = _step(row, years)
    days: dict[int | None, list[int]] = defaultdict(list)
    for of_goal, first in first_uses().values_list("decision__experiment__goal", "first"):
        days[of_goal].append(first.year)
    for of_goal, firsts in days.items():
        counted = {year: firsts.count(year) for year in years}
        goals[of_goal]["in_use"] = Step(len(firsts), counted)
    return goals


def money(today: date) -> dict[str, Total]:
    """What was asked, granted and spent, in all and by year; amounts taken back are left out."""
    years = _years(today)
    rows = Money.objects.filter(taken_back_at=None).order_by()
    totals: dict[str, tuple[Decimal, int]] = {
        kind: (total, experiments)
        for kind, total, experiments in rows.values_list("kind").annotate(
            Sum("amount_eur"), Count("experiment", distinct=True)
        )
    }
    by_year = _money_by_year(rows, years)
    return {
        kind: Total(
            *totals.get(kind, (Decimal(0), 0)),
            {year: by_year.get((kind, year), Decimal(0)) for year in years},
        )
        for kind in Money.Kind.values
    }


def _money_by_year(rows: QuerySet[Money], years: Sequence[int]) -> dict[tuple[str, int], Decimal]:
    """Sums by kind and year, in one query: of each year the index is read from its first day to its last."""
    kinds = Money.Kind.values
    parts = [
        rows.filter(within("dated_on", year_range(year)), kind__in=kinds)
        .values_list("kind", Value(year))
        .annotate(Sum("amount_eur"))
        for year in years
    ]
    found = parts[0].union(*parts[1:], all=True)
    return {(kind, year): total for kind, year, total in found}


def money_by_goal() -> dict[tuple[int | None, str], Decimal]:
    """The sums of all years by goal (None: no goal named) and kind."""
    rows = Money.objects.filter(taken_back_at=None).values_list("experiment__goal", "kind")
    summed = rows.annotate(total=Sum("amount_eur")).order_by()
    return {(goal, kind): total for goal, kind, total in summed}


def spent() -> Decimal:
    rows = Money.objects.filter(kind=Money.Kind.SPENT, taken_back_at=None)
    total: Decimal | None = rows.aggregate(total=Sum("amount_eur"))["total"]
    return total or Decimal(0)


def untried_goals() -> QuerySet[Any]:
    """Goals for which no experiment is planned, running or waiting for its decision; `was_tried` says if any ever was."""
    mine = Experiment.objects.filter(goal=OuterRef("pk"))
    alive = mine.filter(state__in=["draft", "running", "ended"])
    return (
        Goal.objects.filter(~Exists(alive))
        .annotate(
            was_tried=Exists(mine.filter(frozen_at__isnull=False)),
            has_call=Exists(Call.objects.filter(goal=OuterRef("pk"), state__in=PUBLIC_CALLS)),
        )
        .select_related("chapter", "roadmap")
        .order_by("was_tried", "has_call", "position", "pk")
    )


def by_place() -> list[Any]:
    """Places with pilots, those with most first: how many were started there, run now, and are in use."""
    counted = (
        staged()
        .filter(STARTED, testbed__isnull=False)
        .values("testbed")
        .annotate(
            started=Count("pk"),
            running=_where(Q(state=Experiment.State.RUNNING)),
            in_use=_where(Q(state=Experiment.State.DECIDED, use_in_force=IN_USE)),
        )
        .order_by("-started", "testbed")
    )
    numbers = {row["testbed"]: row for row in counted}
    places: dict[int, Any] = Place.objects.in_bulk(numbers)
    for key, place in places.items():
        for name in ("started", "running", "in_use"):
            setattr(place, name, numbers[key][name])
    return [places[key] for key in numbers]


def first_uses() -> QuerySet[Any]:
    """For each experiment that reached use, the day on which it was first found in use."""
    return (
        FollowUp.objects.filter(use=IN_USE)
        .values("decision__experiment")
        .annotate(first=Min("found_on"))
        .order_by()
    )


def _years(today: date) -> tuple[int, ...]:
    return tuple(range(today.year - YEARS + 1, today.year + 1))


def _steps() -> dict[str, tuple[QuerySet[Any], str, str]]:
    """The rows of each step, where its goal stands, and on which day it happened."""
    entries = Entry.objects.filter(IS_PUBLIC, call__state__in=PUBLIC_CALLS)
    answer = FilteredRelation("answers", condition=Q(answers__is_current=True))
    accepted = entries.filter(state=Entry.State.ACCEPTED).alias(answer=answer)
    in_force = Decision.objects.filter(
        state=Decision.State.PUBLISHED, experiment__frozen_at__isnull=False
    )
    return {
        "calls": (Call.objects.filter(state__in=PUBLIC_CALLS), "goal", "published_at"),
        "entries": (entries, "call__goal", "submitted_at"),
        "accepted": (
            accepted.annotate(answered_at=Coalesce("answer__at", "submitted_at")),
            "call__goal",
            "answered_at",
        ),
        "experiments": (Experiment.objects.filter(STARTED), "goal", "frozen_at"),
        "decisions": (in_force, "experiment__goal", "decided_on"),
    }


def _counts(day: str, years: Sequence[int]) -> dict[str, Count]:
    by_year = {f"y{year}": _where(within(day, year_range(year))) for year in years}
    return {"total": Count(day), **by_year}


def _step(counted: Mapping[str, Any], years: Sequence[int]) -> Step:
    return Step(counted["total"], {year: counted[f"y{year}"] for year in years})


def _where(condition: Q) -> Count:
    return Count("pk", filter=condition)


def year_range(year: int) -> Range:
    return date(year, 1, 1), date(year + 1, 1, 1)


def within(day: str, wanted: Range) -> Q:
    """The days [from, to) of the city, on a date or on a moment (`…_at`)."""
    first, after = wanted
    if day.endswith("_at"):
        zone = get_current_timezone()
        first = datetime(first.year, first.month, first.day, tzinfo=zone)
        after = datetime(after.year, after.month, after.day, tzinfo=zone)
    return Q(**{f"{day}__gte": first, f"{day}__lt": after})
