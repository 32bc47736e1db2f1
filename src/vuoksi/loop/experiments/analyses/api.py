"""Everything about experiments for programs: one router for the three apps."""

from datetime import datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS
from vuoksi.base.lists.paging import paginated
from vuoksi.loop.experiments.analyses import queries
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence
from vuoksi.loop.experiments.measurements.api import router as measurements
from vuoksi.loop.experiments.plans.api import SHORT_NAME
from vuoksi.loop.experiments.plans.api import router as plans
from vuoksi.loop.experiments.plans.queries import public_experiments

router = Router(tags=["experiments"])
evidence_router = Router(tags=["evidence"])


class AnalysisOut(Schema):
    """One computation of the effect: what went in, what came out, and by which version of the method."""

    at: datetime
    engine_version: str
    data_digest: str
    problem: dict[str, Any]
    result: dict[str, Any]

    @staticmethod
    def resolve_problem(row: Analysis) -> dict[str, Any]:
        """Where somebody has withdrawn since, no single value is given out."""
        hides = bool(row.problem.get("withdrawn"))
        return {
            name: one for name, one in row.problem.items() if not (hides and isinstance(one, list))
        }


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
    published_at: datetime
    is_demo: bool


class EvidenceFilter(Schema):
    finding: Literal["better", "worse", "none"] | None = None
    experiment: str | None = Field(None, max_length=60, pattern=SHORT_NAME)


@router.get(
    "/{slug:slug}/analyses",
    response={200: list[AnalysisOut], **READ_REFUSALS},
    summary="Analyses of an experiment",
)
@paginated
def list_analyses(request: HttpRequest, slug: str) -> QuerySet[Analysis]:
    """Every computation of the effect, newest first."""
    return queries.analyses_of(get_object_or_404(public_experiments(), slug=slug))


@evidence_router.get("/", response={200: list[EvidenceOut], **READ_REFUSALS}, summary="Evidence")
@paginated
def list_evidence(request: HttpRequest, filters: Query[EvidenceFilter]) -> QuerySet[Evidence]:
    """Published evidence, newest first, whatever it found."""
    wanted = {"finding": filters.finding, "experiment__slug": filters.experiment}
    narrowed = {name: value for name, value in wanted.items() if value}
    return queries.public_evidence().filter(**narrowed)


router.add_router("", measurements)
router.add_router("", plans)
