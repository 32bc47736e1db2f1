"""Everything about experiments for programs: one router for the three apps."""

from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS
from vuoksi.base.lists.paging import paginated
from vuoksi.loop.experiments.analyses import queries
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence, Look, Synthesis
from vuoksi.loop.experiments.measurements.api import router as measurements
from vuoksi.loop.experiments.plans.api import SHORT_NAME
from vuoksi.loop.experiments.plans.api import router as plans
from vuoksi.loop.experiments.plans.models import ListedUnit, SampleSize
from vuoksi.loop.experiments.plans.queries import (
    grouping_of,
    no_units,
    public_experiments,
    units_of,
)

router = Router(tags=["experiments"])
evidence_router = Router(tags=["evidence"])
questions_router = Router(tags=["questions"])


class AnalysisOut(Schema):
    """One computation of the effect: what went in, what came out, and by which version of the method."""

    at: datetime
    engine_version: str
    data_digest: str
    problem: dict[str, Any]
    result: dict[str, Any]
    more: dict[str, Any]

    @staticmethod
    def resolve_problem(row: Analysis) -> dict[str, Any]:
        """Where somebody has withdrawn since, no single value is given out."""
        hides = bool(row.problem.get("withdrawn"))
        return {
            name: one for name, one in row.problem.items() if not (hides and isinstance(one, list))
        }


class LookOut(Schema):
    """A look on the way, with the interval that stays true however often one looks."""

    at: datetime
    engine_version: str
    data_digest: str
    result: dict[str, Any]


class SampleSizeOut(Schema):
    """What was computed before the start: how many are needed, and what the planned number can find."""

    at: datetime
    engine_version: str
    problem: dict[str, Any]
    answer: dict[str, Any]


class GroupUnitOut(Schema):
    """A unit under its code, and the group it is in or the day it starts."""

    unit: str = Field(alias="code")
    group: str = Field(alias="arm")
    stratum: str
    cluster: str
    pair: int | None
    step: int | None
    starts_on: date | None


class QuestionOut(Schema):
    """A question with the number of public experiments on it, and of those with evidence."""

    slug: str
    language: str
    title: str
    summary: str
    scale: str
    unit: str
    goal: str | None = Field(None, alias="goal.slug")
    experiments: int = Field(alias="count")
    answered: int
    is_demo: bool


class SynthesisOut(Schema):
    """What all evidence on a question says together: a random-effects meta-analysis."""

    question: str = Field(alias="question.slug")
    at: datetime
    engine_version: str
    problem: dict[str, Any]
    result: dict[str, Any]
    apart: list[dict[str, str]]


class EvidenceOut(Schema):
    """What an experiment showed: the effect in `unit` with its 95 % interval."""

    id: int
    experiment: str = Field(alias="experiment.slug")
    finding: str
    language: str
    claim: str
    limits: str
    effect: float
    low: float
    high: float
    unit: str
    level: int | None = Field(description="Grade 1 to 5 on the Maryland Scientific Methods Scale")
    facts: dict[str, Any] = Field(description="What the grade was made from")
    published_at: datetime
    is_demo: bool


class EvidenceFilter(Schema):
    finding: Literal["better", "worse", "none"] | None = None
    experiment: str | None = Field(None, max_length=60, pattern=SHORT_NAME)
    question: str | None = Field(None, max_length=60, pattern=SHORT_NAME)
    least_level: int | None = Field(None, ge=1, le=5)


@router.get(
    "/{slug:slug}/analyses",
    response={200: list[AnalysisOut], **READ_REFUSALS},
    summary="Analyses of an experiment",
)
@paginated
def list_analyses(request: HttpRequest, slug: str) -> QuerySet[Analysis]:
    """Every computation of the effect, newest first."""
    return get_object_or_404(public_experiments(), slug=slug).analyses.order_by("-at", "-pk")


@router.get(
    "/{slug:slug}/looks",
    response={200: list[LookOut], **READ_REFUSALS},
    summary="Looks on the way",
)
@paginated
def list_looks(request: HttpRequest, slug: str) -> QuerySet[Look]:
    """Every look before the end, newest first; none of them is a result."""
    return queries.looks_of(get_object_or_404(public_experiments(), slug=slug))


@router.get(
    "/{slug:slug}/sample-size",
    response={200: SampleSizeOut, **READ_REFUSALS},
    summary="Sample size and power",
)
def get_sample_size(request: HttpRequest, slug: str) -> Any:
    """What was computed before the start and fixed with the plan."""
    rows = SampleSize.objects.filter(experiment__in=public_experiments())
    return get_object_or_404(rows, experiment__slug=slug)


@router.get(
    "/{slug:slug}/groups",
    response={200: list[GroupUnitOut], **READ_REFUSALS},
    summary="Groups",
)
@paginated
def list_groups(request: HttpRequest, slug: str) -> QuerySet[ListedUnit]:
    """The groups in force: units under codes, no persons."""
    grouping = grouping_of(get_object_or_404(public_experiments(), slug=slug))
    return units_of(grouping) if grouping else no_units()


@questions_router.get("/", response={200: list[QuestionOut], **READ_REFUSALS}, summary="Questions")
@paginated
def list_questions(request: HttpRequest) -> QuerySet[Any]:
    """What several experiments try to find out."""
    return queries.questions_with_counts().order_by("title", "pk")


@questions_router.get(
    "/{slug:slug}/synthesis",
    response={200: SynthesisOut, **READ_REFUSALS},
    summary="All evidence on a question together",
)
def get_synthesis(request: HttpRequest, slug: str) -> Any:
    """The average effect over the experiments, how much they differ, and what stands apart."""
    rows = Synthesis.objects.select_related("question")
    return get_object_or_404(rows, question__slug=slug)


@evidence_router.get("/", response={200: list[EvidenceOut], **READ_REFUSALS}, summary="Evidence")
@paginated
def list_evidence(request: HttpRequest, filters: Query[EvidenceFilter]) -> QuerySet[Evidence]:
    """Published evidence, newest first, whatever it found."""
    wanted = {
        "finding": filters.finding,
        "experiment__slug": filters.experiment,
        "experiment__question__slug": filters.question,
        "level__gte": filters.least_level,
    }
    narrowed = {name: value for name, value in wanted.items() if value}
    return queries.public_evidence().filter(**narrowed)


router.add_router("", measurements)
router.add_router("", plans)
