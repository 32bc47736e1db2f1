"""Recruitment for programs. Pages that look for people are open to all; codes are for the team and partners.

No person is ever here: a device or a partner gets codes, and which of them nothing may be measured under any more.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS, Refusal
from vuoksi.base.lists.paging import paginated
from vuoksi.base.people.models import User
from vuoksi.base.people.tokens import TokenAuth
from vuoksi.loop.experiments.participants import queries, rules
from vuoksi.loop.experiments.participants.models import Participant, Recruitment

router = Router(tags=["recruitments"])
may_read = TokenAuth("read")


class RecruitmentOut(Schema):
    """A page on which an experiment looks for people."""

    slug: str = Field(alias="experiment.slug")
    language: str
    title: str
    seeking: str
    tasks: str
    duration: str
    reward: str
    capacity: int
    youngest: int
    guardian_below: int
    closes_on: date | None
    state: str
    opened_at: datetime | None
    is_demo: bool


class CodeOut(Schema):
    """A participant as a code. `may_be_measured` is false once they withdrew, or until they agree to a new version."""

    code: str
    state: str
    since: datetime = Field(alias="changed_at")
    may_be_measured: bool


@router.get("/", response={200: list[RecruitmentOut], **READ_REFUSALS}, summary="Recruitments")
@paginated
def list_recruitments(request: HttpRequest) -> QuerySet[Recruitment]:
    """What is or was open, the newest first."""
    return queries.public_recruitments().order_by("-opened_at", "-pk")


@router.get(
    "/{slug:slug}", response={200: RecruitmentOut, **READ_REFUSALS}, summary="One recruitment"
)
def read_recruitment(request: HttpRequest, slug: str) -> Recruitment:
    return get_object_or_404(queries.public_recruitments(), experiment__slug=slug)


@router.get(
    "/{slug:slug}/codes",
    auth=may_read,
    response={200: list[CodeOut], **READ_REFUSALS, 401: Refusal, 403: Refusal},
    summary="Codes of participants",
    openapi_extra={"x-scope": "read"},
)
@paginated
def list_codes(request: HttpRequest, slug: str) -> list[dict[str, Any]]:
    """The codes of those who take part or have withdrawn, for the unit in charge and the experiment's partners."""
    recruitment = get_object_or_404(queries.public_recruitments(), experiment__slug=slug)
    assert isinstance(request.user, User)  # TokenAuth made it the token's person
    rules.check_read_codes(request.user, recruitment)
    rows = queries.participants_of(recruitment).filter(
        state__in=[*queries.IN_TRIAL, Participant.State.WITHDRAWN]
    )
    refused = queries.refused_codes(recruitment.experiment, [row.code for row in rows])
    return [
        {
            "code": row.code,
            "state": row.state,
            "changed_at": row.changed_at,
            "may_be_measured": row.code not in refused,
        }
        for row in rows
    ]
