from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS
from vuoksi.base.lists.paging import paginated
from vuoksi.loop.experiments.plans import queries
from vuoksi.loop.experiments.plans.models import Deviation, Experiment

router = Router(tags=["experiments"])
SHORT_NAME = r"^[-\w]+$"


class ExperimentOut(Schema):
    """One experiment. `frozen_digest` is the SHA-256 of the plan that was fixed at the start."""

    slug: str
    language: str
    title: str
    summary: str
    state: str
    goal: str | None = Field(None, alias="goal.slug")
    testbed: str | None = Field(None, alias="testbed.slug")
    owner: str | None = Field(None, alias="owner.name")
    starts_on: date | None
    ends_on: date | None
    frozen_at: datetime | None
    frozen_digest: str
    ended_at: datetime | None
    source: str
    is_demo: bool


class OtherMeasureOut(Schema):
    """A measure beside the main one."""

    key: str
    title: str
    unit: str
    better: str


class DeviationOut(Schema):
    """Something that was done otherwise than the fixed plan says."""

    kind: str
    happened_on: date
    what: str
    reason: str
    could_change: bool
    language: str
    at: datetime
    is_demo: bool


class WholeExperimentOut(ExperimentOut):
    hypothesis: str
    users: str
    fit: str
    benefit: str
    budget_eur: float | None
    budget_use: str
    schedule: str
    indicator: str | None = Field(None, alias="indicator.key")
    measure: str
    unit: str
    better: str
    design: str
    assignment: str
    kind: str
    lowest: float | None
    highest: float | None
    switch_on: date | None
    period: str
    season: str
    season_length: int | None
    estimand: str
    correction: str
    planned_units: int | None
    other_measures: list[OtherMeasureOut]
    question: str | None = Field(None, alias="question.slug")
    baseline: float | None
    baseline_note: str
    minimum_effect: float | None
    stop_effect: float | None
    rule: str
    cancel_reason: str
    partners: list[str]
    ideas: list[int]

    @staticmethod
    def resolve_measure(row: Experiment) -> str:
        return queries.measure_words(row)

    @staticmethod
    def resolve_unit(row: Experiment) -> str:
        return queries.unit_of(row)

    @staticmethod
    def resolve_other_measures(row: Experiment) -> list[Any]:
        return list(row.other_measures.order_by("key"))

    @staticmethod
    def resolve_partners(row: Experiment) -> list[str]:
        return sorted(partner.name for partner in row.partners.all())

    @staticmethod
    def resolve_ideas(row: Experiment) -> list[int]:
        return [entry.pk for entry in row.entries.all()]


class ExperimentFilter(Schema):
    state: Literal["running", "ended", "decided", "cancelled"] | None = None
    goal: str | None = Field(None, max_length=60, pattern=SHORT_NAME)
    testbed: str | None = Field(None, max_length=60, pattern=SHORT_NAME)
    finding: Literal["better", "worse", "none"] | None = None


@router.get("/", response={200: list[ExperimentOut], **READ_REFUSALS}, summary="Experiments")
@paginated
def list_experiments(
    request: HttpRequest, filters: Query[ExperimentFilter]
) -> QuerySet[Experiment]:
    """Experiments that have started, newest first; also those that failed or were cancelled."""
    wanted = {
        "state": filters.state,
        "goal__slug": filters.goal,
        "testbed__slug": filters.testbed,
        "evidence__finding": filters.finding,
    }
    narrowed = {name: value for name, value in wanted.items() if value}
    return queries.public_experiments().filter(**narrowed).distinct().order_by("-frozen_at", "-pk")


@router.get(
    "/{slug:slug}", response={200: WholeExperimentOut, **READ_REFUSALS}, summary="One experiment"
)
def get_experiment(request: HttpRequest, slug: str) -> Any:
    """One experiment with its whole plan."""
    return get_object_or_404(queries.whole_experiments(), slug=slug)


@router.get(
    "/{slug:slug}/deviations",
    response={200: list[DeviationOut], **READ_REFUSALS},
    summary="Deviations from the plan",
)
@paginated
def list_deviations(request: HttpRequest, slug: str) -> QuerySet[Deviation]:
    """What was done otherwise than planned, oldest first."""
    return queries.deviations_of(get_object_or_404(queries.public_experiments(), slug=slug))
