"""The portfolio of one year, for the yearly report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils.timezone import localtime

from vuoksi.base.texts.queries import attach
from vuoksi.loop.decisions.models import Decision, FollowUp, Money
from vuoksi.loop.decisions.queries.decisions import public_decisions
from vuoksi.loop.decisions.queries.figures import (
    Outcomes,
    first_uses,
    outcomes,
    within,
    year_range,
)
from vuoksi.loop.decisions.queries.pilots import STARTED, pilots, with_outcomes
from vuoksi.loop.experiments.analyses.queries import evidence_of_all
from vuoksi.loop.experiments.plans.models import Experiment

# A report names this many things of a kind; the portfolio's lists have them all.
NAMED = 20


@dataclass(frozen=True, slots=True)
class Report:
    """One year. `cohort` is what has become by now of the pilots that were started in it."""

    year: int
    started: Sequence[Any]
    started_count: int
    ended_count: int
    decisions: Sequence[Any]
    decided_count: int
    kinds: Mapping[str, int]
    against_rule: int
    cancelled: Sequence[Experiment]
    cancelled_count: int
    reached_count: int
    follow_ups: Sequence[FollowUp]
    follow_up_count: int
    money: Mapping[str, Decimal]
    cohort: Outcomes

    @property
    def has_demo(self) -> bool:
        return self.cohort.has_demo or any(row.is_demo for row in self.decisions)


def years_of(rows: QuerySet[Any], day: str) -> list[int]:
    """The years of the first and the last of these rows by a day or moment that each has, and those between, newest first.

    Two short walks of an index: asked for both at once, SQLite would walk all of it.
    """
    days = rows.values_list(day, flat=True)
    first, last = days.order_by(day).first(), days.order_by(f"-{day}").first()
    if first is None or last is None:
        return []
    return list(range(_year(last), _year(first) - 1, -1))


def years_of_starts() -> list[int]:
    """The years in which a pilot was started and those between them, the newest first."""
    return years_of(Experiment.objects.filter(STARTED), "frozen_at")


def _year(day: date) -> int:
    return (localtime(day) if isinstance(day, datetime) else day).year


def years_with_pilots(today: date) -> list[int]:
    """From this year back to that of the first start; without a pilot this year alone."""
    starts = years_of_starts()
    first = min(starts[-1], today.year) if starts else today.year
    return list(range(today.year, first - 1, -1))


def report_of(year: int) -> Report:
    """Gather a year in a fixed number of queries."""
    wanted = year_range(year)
    started = pilots().filter(within("frozen_at", wanted)).order_by("frozen_at", "pk")
    decisions = _decisions(year)
    cancelled = Experiment.objects.filter(
        STARTED, within("ended_at", wanted), state=Experiment.State.CANCELLED
    )
    follow_ups = FollowUp.objects.filter(within("found_on", wanted))
    kinds = _kinds(decisions)
    found = Report(
        year=year,
        started=with_outcomes(attach(started[:NAMED])),
        started_count=started.count(),
        ended_count=Experiment.objects.filter(within("ended_at", wanted), STARTED).count(),
        decisions=_with_evidence(attach(decisions[:NAMED])),
        decided_count=sum(kinds.values()),
        kinds=kinds,
        against_rule=decisions.filter(goes_against_rule=True).count(),
        cancelled=attach(cancelled.defer("frozen_text").order_by("ended_at", "pk")[:NAMED]),
        cancelled_count=cancelled.count(),
        reached_count=first_uses().filter(within("first", wanted)).count(),
        follow_ups=attach(follow_ups.select_related("decision").order_by("found_on", "pk")[:NAMED]),
        follow_up_count=follow_ups.count(),
        money=_money(year),
        cohort=outcomes(wanted),
    )
    attach([row.experiment for row in found.decisions])
    attach([row.decision for row in found.follow_ups])
    attach([row.testbed for row in found.started if row.testbed is not None])
    return found


def _decisions(year: int) -> QuerySet[Any]:
    """Decisions in force that were made in the year."""
    return (
        public_decisions()
        .filter(within("decided_on", year_range(year)), state=Decision.State.PUBLISHED)
        .order_by("decided_on", "pk")
    )


def _with_evidence(decisions: list[Any]) -> list[Any]:
    """Give each decision the newest evidence of its experiment, one query for all."""
    newest = {
        row.experiment_id: row for row in evidence_of_all([one.experiment for one in decisions])
    }
    for decision in decisions:
        decision.evidence_shown = newest.get(decision.experiment_id)
    return decisions


def _kinds(decisions: QuerySet[Any]) -> dict[str, int]:
    counted = dict(decisions.values_list("kind").annotate(number=Count("pk")).order_by())
    return {kind: counted.get(kind, 0) for kind in Decision.Kind.values}


def _money(year: int) -> dict[str, Decimal]:
    rows = Money.objects.filter(within("dated_on", year_range(year)), taken_back_at=None)
    found = dict(rows.values_list("kind").annotate(total=Sum("amount_eur")).order_by())
    return {kind: found.get(kind, Decimal(0)) for kind in Money.Kind.values}
