"""Pilots: experiments that were started. How far each has come, what it showed, and whether it came into use."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)

from vuoksi.base.texts.queries import attach
from vuoksi.loop.decisions.models import Decision, FollowUp, Money
from vuoksi.loop.decisions.words import Stage
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.queries import evidence_of_all
from vuoksi.loop.experiments.plans.models import Experiment

State = Experiment.State
IN_USE = Decision.Use.IN_USE
TRIED_AGAIN = Q(kind_in_force=Decision.Kind.REPEAT) | Q(kind_in_force=None)
# Nothing more comes of a pilot that was cancelled, or on which the city decided otherwise than to try again.
SETTLED = Q(state=State.CANCELLED) | Q(
    state=State.DECIDED,
    kind_in_force__in=[kind for kind in Decision.Kind.values if kind != Decision.Kind.REPEAT],
)
# The rest of those that were started. Said outright: `~SETTLED` would ask for the decision of each pilot by itself.
OPEN = Q(state__in=[State.RUNNING, State.ENDED]) | (Q(state=State.DECIDED) & TRIED_AGAIN)
STARTED = Q(frozen_at__isnull=False)


def staged() -> QuerySet[Any]:
    """All experiments, each with its stage and its decision in force (`in_force`, of it `…_in_force`).

    What a filter asks of that decision it asks by `…_in_force`: every filter by `in_force__…` would look it up anew.
    """
    return Experiment.objects.alias(
        in_force=FilteredRelation(
            "decisions", condition=Q(decisions__state=Decision.State.PUBLISHED)
        ),
        kind_in_force=F("in_force__kind"),
        use_in_force=F("in_force__use"),
    ).annotate(
        stage=Case(
            When(state=State.DRAFT, then=Value(Stage.PLANNED)),
            When(state=State.RUNNING, then=Value(Stage.RUNNING)),
            When(state=State.ENDED, then=Value(Stage.MEASURED)),
            When(state=State.CANCELLED, then=Value(Stage.CANCELLED)),
            When(use_in_force=IN_USE, then=Value(Stage.IN_USE)),
            default=Value(Stage.DECIDED),
            output_field=CharField(),
        )
    )


def reached_use() -> QuerySet[Any]:
    """The keys of experiments whose result a follow-up ever found in use."""
    return FollowUp.objects.filter(use=IN_USE).values("decision__experiment")


def finding_is(finding: str) -> Q:
    """Experiments whose newest evidence found this; empty: those without evidence."""
    newest = Evidence.objects.filter(experiment=OuterRef("experiment")).order_by(
        "-published_at", "-pk"
    )
    rows = Evidence.objects.filter(pk=Subquery(newest.values("pk")[:1]))
    if not finding:
        return ~Q(pk__in=Evidence.objects.values("experiment"))
    return Q(pk__in=rows.filter(finding=finding).values("experiment"))


def pilots() -> QuerySet[Any]:
    """Every experiment that was started. What else its line shows is added to a page's rows by `with_outcomes`."""
    rows: QuerySet[Any] = (
        staged()
        .filter(STARTED)
        .annotate(decided_on=F("in_force__decided_on"))
        .defer("frozen_text")
        .prefetch_related("goal", "owner", "testbed")
    )
    return rows


def with_outcomes(rows: Sequence[Any]) -> list[Any]:
    """Give pilots their evidence, decision, use and money: a fixed number of queries, whatever their number."""
    keys = [row.pk for row in rows]
    decisions = {
        row.experiment_id: row
        for row in attach(
            Decision.objects.filter(experiment__in=keys, state=Decision.State.PUBLISHED)
        )
    }
    evidence = {row.experiment_id: row for row in attach(evidence_of_all(rows))}
    reached = set(reached_use().filter(decision__experiment__in=keys).values_list(flat=True))
    money = money_of_all(keys)
    for row in rows:
        row.decision, row.evidence_shown = decisions.get(row.pk), evidence.get(row.pk)
        row.has_reached_use = row.pk in reached
        for kind in Money.Kind.values:
            setattr(row, f"{kind}_eur", money.get((row.pk, kind)))
    return list(rows)


def money_of_all(keys: Iterable[int]) -> dict[tuple[int, str], Decimal]:
    """The sums of many experiments by key and kind."""
    rows = Money.objects.filter(experiment__in=list(keys), taken_back_at=None)
    summed = rows.values_list("experiment", "kind").annotate(total=Sum("amount_eur")).order_by()
    return {(experiment, kind): total for experiment, kind, total in summed}
