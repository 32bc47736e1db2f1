from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from vuoksi.base.lists.answers import READ_REFUSALS, WRITE_REFUSALS, Refusal, mistakes
from vuoksi.base.lists.faults import in_words
from vuoksi.base.lists.paging import paginated
from vuoksi.base.people.models import User
from vuoksi.base.people.tokens import TokenAuth
from vuoksi.loop.experiments.measurements import actions, queries
from vuoksi.loop.experiments.measurements.models import Measurement
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.measurements.refusals import Refused
from vuoksi.loop.experiments.plans.queries import public_experiments

router = Router(tags=["experiments"])
may_write = TokenAuth("measurements:write")
MOST_AT_ONCE = 10_000


class MeasurementOut(Schema):
    """One value of the experiment's measure. `unit` is the code of what was measured, never a person."""

    arm: str
    measure: str = Field("", description="Key of a further measure; empty for the main one")
    unit: str = Field(alias="unit_code")
    day: date = Field(alias="measured_on")
    value: float


class MeasurementIn(Schema):
    arm: Literal["before", "after", "control", "treatment"]
    # No control characters: no code has them, and PostgreSQL takes no NUL.
    unit: str = Field(
        max_length=60,
        pattern=r"^[^\x00-\x1f]*$",
        description="A code with a digit in it, never a name",
    )
    day: date
    value: float = Field(allow_inf_nan=False)
    measure: str = Field(
        "", max_length=30, pattern=r"^[-\w]*$", description="Key of a further measure"
    )


class BatchIn(Schema):
    """Measurements that belong together. The same content sent again changes nothing, so a retry is safe."""

    measurements: list[MeasurementIn] = Field(min_length=1, max_length=MOST_AT_ONCE)


class BatchOut(Schema):
    """What was taken in: `added` counts the values that did not stand here before."""

    digest: str
    added: int = Field(alias="count")
    at: datetime


class MeasurementFilter(Schema):
    arm: Literal["before", "after", "control", "treatment"] | None = None
    unit: str | None = Field(None, max_length=60, pattern=r"^[-\w.]+$")


@router.get(
    "/{slug:slug}/measurements",
    response={200: list[MeasurementOut], **READ_REFUSALS},
    summary="Measurements of an experiment",
)
@paginated
def list_measurements(
    request: HttpRequest, slug: str, filters: Query[MeasurementFilter]
) -> QuerySet[Measurement]:
    """Every value, oldest first."""
    experiment = get_object_or_404(public_experiments(), slug=slug)
    wanted = {"arm": filters.arm, "unit_code": filters.unit}
    narrowed = {name: value for name, value in wanted.items() if value}
    return queries.measurements_of(experiment).filter(**narrowed)


@router.post(
    "/{slug:slug}/measurements",
    auth=may_write,
    response={200: BatchOut, **WRITE_REFUSALS},
    summary="Send measurements",
    openapi_extra={"x-scope": "measurements:write"},
)
def send_measurements(request: HttpRequest, slug: str, batch: BatchIn) -> Any:
    """Send a batch to a running experiment, or to one that has ended and is not decided. All are taken in, or none."""
    experiment = get_object_or_404(public_experiments(), slug=slug)
    values = [
        Value(row.arm, row.unit, row.day, row.value, row.measure) for row in batch.measurements
    ]
    assert isinstance(request.user, User)  # TokenAuth made it the token's person
    try:
        return actions.add_measurements(
            experiment=experiment, values=values, origin="api", by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        return Status(422, _refusal(refusal))


def _refusal(refusal: Refused) -> Refusal:
    return mistakes(
        (
            (f"measurements.{fault.line}.{fault.column}", fault.words)
            for fault in in_words(refusal.faults)
        ),
        _("What was sent has mistakes. Nothing was taken in."),
    )
