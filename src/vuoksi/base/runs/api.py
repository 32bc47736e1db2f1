from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from vuoksi.base.lists.answers import WRITE_REFUSALS
from vuoksi.base.lists.paging import Key, paginated
from vuoksi.base.people.models import User
from vuoksi.base.people.tokens import TokenAuth
from vuoksi.base.runs import queries, rules
from vuoksi.base.runs.models import Run

SCOPE = "read"
router = Router(tags=["runs"], auth=TokenAuth(SCOPE))


class RunOut(Schema):
    id: int
    kind: str
    engine_version: str
    seed: int
    status: Run.Status
    progress: float
    message: str
    error: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class RunWithResult(RunOut):
    problem: Any
    limits: dict[str, Any]
    result: Any
    bound: float | None


@router.get(
    "/",
    response={200: list[RunOut], **WRITE_REFUSALS},
    summary="Your computations",
    openapi_extra={"x-scope": SCOPE},
)
@paginated
def list_runs(request: HttpRequest) -> QuerySet[Run]:
    assert isinstance(request.user, User)
    return queries.runs_of(request.user)


@router.get(
    "/{run_id}",
    response={200: RunWithResult, **WRITE_REFUSALS},
    summary="One with its result",
    openapi_extra={"x-scope": SCOPE},
)
def read_run(request: HttpRequest, run_id: Key) -> Run:
    found = get_object_or_404(Run, pk=run_id)
    rules.check_read_run(request.user, found)
    return found
