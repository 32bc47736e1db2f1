"""Pilots: experiments that were started. How far each has come, what it showed, and whether it came into use."""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
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

from vuoksi.loop.decisions.models import Decision, FollowUp, Money
from vuoksi.loop.decisions.words import Stage
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment

State = Experiment.State
IN_USE = Decision.Use.IN_USE
# Nothing more comes of a pilot that was cancelled, or on which the city decided otherwise than to try again.
SETTLED = Q(state=State.CANCELLED) | (
    Q(state=State.DECIDED) & ~Q(in_force__kind=Decision.Kind.REPEAT)
)
STARTED = Q(frozen_at__isnull=False)


def staged() -> QuerySet[Any]:
    """All experiments, each with its decision in force (`in_force`) and its stage."""
    return Experiment.objects.alias(
        in_force=FilteredRelation(
            "decisions", condition=Q(decisions__state=Decision.State.PUBLISHED)
        )
    ).annotate(
        stage=Case(
            When(state=State.DRAFT, then=Value(Stage.PLANNED)),
            When(state=State.RUNNING, then=Value(Stage.RUNNING)),
            When(state=State.ENDED, then=Value(Stage.MEASURED)),
            When(state=State.CANCELLED, then=Value(Stage.CANCELLED)),
            When(in_force__use=IN_USE, then=Value(Stage.IN_USE)),
            default=Value(Stage.DECIDED),
            output_field=CharField(),
        )
    )


def reached_use() -> Exists:
    """Whether a follow-up ever found an experiment's result in use."""
    return Exists(
        FollowUp.objects.filter(decision__experiment=OuterRef("pk"), use=IN_USE).exclude(
            decision__state=Decision.State.DRAFT
        )
    )


def newest_evidence(field: str) -> Subquery:
    rows = Evidence.objects.filter(experiment=OuterRef("pk")).order_by("-published_at", "-pk")
    return Subquery(rows.values(field)[:1])


def money_sum(kind: str) -> Subquery:
    rows = Money.objects.filter(experiment=OuterRef("pk"), kind=kind, taken_back_at=None)
    return Subquery(rows.values("experiment").annotate(total=Sum("amount_eur")).values("total"))


def pilots() -> QuerySet[Any]:
    """Every experiment that was started, with what its line in the portfolio shows."""
    rows: QuerySet[Any] = (
        staged()
        .filter(STARTED)
        .annotate(
            decision_kind=F("in_force__kind"),
            decision_slug=F("in_force__slug"),
            decided_on=F("in_force__decided_on"),
            goes_against_rule=F("in_force__goes_against_rule"),
            used_on=F("in_force__use_on"),
            finding=newest_evidence("finding"),
            has_reached_use=reached_use(),
        )
        .select_related("goal", "owner", "testbed")
    )
    return rows


def pilots_with_figures() -> QuerySet[Any]:
    """The same with effects and money, for exports and the API."""
    rows: QuerySet[Any] = pilots().annotate(
        effect=newest_evidence("effect"),
        low=newest_evidence("low"),
        high=newest_evidence("high"),
        effect_unit=newest_evidence("unit"),
        claim=newest_evidence("claim"),
        learned=F("in_force__learned"),
        **{f"{kind}_eur": money_sum(kind) for kind in Money.Kind.values},
    )
    return rows
