"""The figures of the portfolio, each counted by the database. What each of them means: docs/explanation/portfolio.md."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.timezone import get_current_timezone

from vuoksi.base.places.models import Place
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.calls.rules import IS_PUBLIC, PUBLIC_CALLS
from vuoksi.loop.decisions.engine import Share, share
from vuoksi.loop.decisions.models import Decision, FollowUp, Money
from vuoksi.loop.decisions.queries.pilots import (
    IN_USE,
    OPEN,
    SETTLED,
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
class Step:
    """One step of the funnel: all of it, and how many in each year."""

    total: int = 0
    years: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Rows by goal (None: no goal named), and by year. Each step counts in the year in which it happened."""

    years: Sequence[int]
    goals: Mapping[int | None, Mapping[str, Step]]

    def total(self, step: str) -> int:
        return sum(row[step].total for row in self.goals.values() if step in row)

    def in_year(self, step: str, year: int) -> int:
        return sum(row[step].years.get(year, 0) for row in self.goals.values() if step in row)


@dataclass(frozen=True, slots=True)
class Total:
    """What was asked, granted or spent: the sum, and of how many experiments it is known."""

    eur: Decimal
    experiments: int
    years: Mapping[int, Decimal]
    goals: Mapping[int | None, Decimal]


def outcomes(started_in: Range | None = None) -> Outcomes:
    """Count what became of pilots, of all or of those that were started in [from, to)."""
    rows = staged().filter(STARTED)
    if started_in is not None:
        rows = rows.filter(within("frozen_at", started_in))
    decided = Q(state=Experiment.State.DECIDED)
    found = rows.aggregate(
        started=Count("pk"),
        running=_where(Q(state=Experiment.State.RUNNING)),
        waiting=_where(Q(state=Experiment.State.ENDED)),
        cancelled=_where(Q(state=Experiment.State.CANCELLED)),
        settled=_where(SETTLED),
        in_use_now=_where(decided & Q(in_force__use=IN_USE)),
        against_rule=_where(decided & Q(in_force__goes_against_rule=True)),
        demo=_where(Q(is_demo=True)),
        **{
            f"kind_{kind}": _where(decided & Q(in_force__kind=kind))
            for kind in Decision.Kind.values
        },
    )
    reached = rows.filter(pk__in=reached_use()).aggregate(all=Count("pk"), open=_where(OPEN))
    return Outcomes(
        started=found["started"],
        running=found["running"],
        waiting=found["waiting"],
        cancelled=found["cancelled"],
        # What reached use is settled, whatever was decided since.
        settled=found["settled"] + reached["open"],
        reached=reached["all"],
        in_use_now=found["in_use_now"],
        kinds={kind: found[f"kind_{kind}"] for kind in Decision.Kind.values},
        against_rule=found["against_rule"],
        has_demo=found["demo"] > 0,
    )


def funnel(today: date) -> Funnel:
    """Count each step from call to use, by goal and by year, one query a step."""
    years = tuple(range(today.year - YEARS + 1, today.year + 1))
    goals: dict[int | None, dict[str, Step]] = defaultdict(dict)
    for step, (rows, goal, day) in _steps().items():
        for row in _by_goal(rows, goal, day, years):
            counted = {year: row[f"y{year}"] for year in years}
            goals[row[goal]][step] = Step(row["total"], counted)
    for goal_pk, uses in _first_uses(years).items():
        goals[goal_pk]["in_use"] = uses
    return Funnel(years, goals)


def money(today: date) -> dict[str, Total]:
    """What was asked, granted and spent, in all, by year and by goal; amounts taken back are left out."""
    years = range(today.year - YEARS + 1, today.year + 1)
    by_year = {
        f"y{year}": Sum("amount_eur", filter=within("dated_on", year_range(year))) for year in years
    }
    rows: QuerySet[Any] = (
        Money.objects.filter(taken_back_at=None)
        .values("kind", goal=F("experiment__goal"))
        .annotate(
            total=Sum("amount_eur"), experiments=Count("experiment", distinct=True), **by_year
        )
        .order_by()
    )
    found: dict[str, list[Any]] = {kind: [] for kind in Money.Kind.values}
    for row in rows:
        found[row["kind"]].append(row)
    return {kind: _total(of_kind, years) for kind, of_kind in found.items()}


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
            in_use=_where(Q(state=Experiment.State.DECIDED, in_force__use=IN_USE)),
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
    """For each experiment that reached use, its goal and the day on which it was first found in use."""
    return (
        FollowUp.objects.filter(use=IN_USE)
        .values("decision__experiment", "decision__experiment__goal")
        .annotate(first=Min("found_on"))
        .order_by()
    )


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
            accepted.alias(answered_at=Coalesce("answer__at", "submitted_at")),
            "call__goal",
            "answered_at",
        ),
        "experiments": (Experiment.objects.filter(STARTED), "goal", "frozen_at"),
        "decisions": (in_force, "experiment__goal", "decided_on"),
    }


def _by_goal(rows: QuerySet[Any], goal: str, day: str, years: Sequence[int]) -> QuerySet[Any]:
    counted = {f"y{year}": _where(within(day, year_range(year))) for year in years}
    found: QuerySet[Any] = rows.values(goal).annotate(total=Count("pk"), **counted).order_by()
    return found


def _first_uses(years: Sequence[int]) -> dict[int | None, Step]:
    days: dict[int | None, list[int]] = defaultdict(list)
    for row in first_uses():
        days[row["decision__experiment__goal"]].append(row["first"].year)
    return {
        goal: Step(len(found), {year: found.count(year) for year in years})
        for goal, found in days.items()
    }


def _total(rows: Sequence[Any], years: Iterable[int]) -> Total:
    """Add up the rows of the goals: an experiment has one goal at most, so that none counts twice."""
    return Total(
        sum((row["total"] for row in rows), Decimal(0)),
        sum(row["experiments"] for row in rows),
        {year: sum((row[f"y{year}"] or Decimal(0) for row in rows), Decimal(0)) for year in years},
        {row["goal"]: row["total"] for row in rows},
    )


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
