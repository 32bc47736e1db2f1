"""Decisions for programs: public, no key needed."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS
from vuoksi.base.lists.paging import paginated
from vuoksi.loop.decisions import queries
from vuoksi.loop.decisions.models import Decision

router = Router(tags=["decisions"])


class DecisionOut(Schema):
    """A published decision. `state` says whether it is in force or was replaced by a later one."""

    slug: str
    kind: str
    language: str
    title: str
    reasons: str
    experiment: str = Field(alias="experiment.slug")
    action: str | None = Field(None, alias="action.slug")
    organisation: str | None = Field(None, alias="organisation.name")
    decided_by: str
    decided_on: date
    state: str
    published_at: datetime | None
    is_demo: bool


class DecisionFilter(Schema):
    kind: Decision.Kind | None = None
    experiment: str | None = Field(None, max_length=60, pattern=r"^[-\w]+$")


@router.get("/", response={200: list[DecisionOut], **READ_REFUSALS})
@paginated
def list_decisions(request: HttpRequest, wanted: Query[DecisionFilter]) -> QuerySet[Decision]:
    rows = queries.public_decisions().order_by("-decided_on", "-pk")
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if wanted.experiment is not None:
        rows = rows.filter(experiment__slug=wanted.experiment)
    return rows


@router.get("/{slug:slug}/", response={200: DecisionOut, **READ_REFUSALS})
def get_decision(request: HttpRequest, slug: str) -> Decision:
    return get_object_or_404(queries.public_decisions(), slug=slug)
