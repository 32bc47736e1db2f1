"""Indicators and their figures: reading needs no key; publishing needs a token with the scope `observations:write`."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Field, Query, Router, Schema, Status

from vuoksi.base.lists.answers import READ_REFUSALS, WRITE_REFUSALS, FieldError, Refusal
from vuoksi.base.lists.paging import paginated
from vuoksi.base.people.tokens import TokenAuth
from vuoksi.indicators import actions, queries
from vuoksi.indicators.forms import FigureForm
from vuoksi.indicators.models import Indicator, Observation

router = Router(tags=["indicators"])
may_publish = TokenAuth("observations:write")


class IndicatorOut(Schema):
    """An indicator and its newest figure that is not a forecast."""

    key: str
    language: str
    title: str
    description: str
    unit: str
    better: str
    data_owner: str
    source: str
    is_demo: bool
    latest_value: float | None
    latest_end: date | None


class ObservationOut(Schema):
    """One figure for the half-open period [start, end). A superseded figure has `is_current` false."""

    start: date
    end: date
    period: str = Field(alias="period_label")
    value: float
    low: float | None
    high: float | None
    method: str
    kind: str
    source: str
    note: str
    published_at: datetime
    is_current: bool


class FigureIn(Schema):
    """One figure to publish, in the indicator's unit. A figure that stands already is superseded."""

    period: str = Field(description="2025, 2025-Q1 or 2025-05", max_length=40)
    value: float
    method: str
    source: str
    low: float | None = None
    high: float | None = None
    kind: str = "measured"
    note: str = ""


class Published(Schema):
    count: int = Field(description="How many new rows the ledger has; 0 when it said this already")


class IndicatorFilter(Schema):
    q: str = Field("", max_length=100, description="Part of the title or key")


class LedgerFilter(Schema):
    method: str | None = Field(None, max_length=120)
    current: bool = Field(True, description="Leave out figures that were superseded")


@router.get("/", response={200: list[IndicatorOut], **READ_REFUSALS})
@paginated
def list_indicators(request: HttpRequest, wanted: Query[IndicatorFilter]) -> QuerySet[Indicator]:
    return queries.found(queries.public_indicators(), wanted.q.replace("\x00", ""))


@router.get("/{key}/", response={200: IndicatorOut, **READ_REFUSALS})
def get_indicator(request: HttpRequest, key: str) -> Indicator:
    return _indicator(key)


@router.get("/{key}/observations/", response={200: list[ObservationOut], **READ_REFUSALS})
@paginated
def list_observations(
    request: HttpRequest, key: str, wanted: Query[LedgerFilter]
) -> QuerySet[Observation]:
    rows = queries.whole_ledger(_indicator(key))
    if wanted.method is not None:
        rows = rows.filter(method=wanted.method.replace("\x00", ""))
    return rows.filter(is_current=True) if wanted.current else rows


@router.post(
    "/{key}/observations/",
    auth=may_publish,
    response={201: Published, **WRITE_REFUSALS},
    openapi_extra={"x-scope": "observations:write"},
)
def publish(
    request: HttpRequest, key: str, figure: FigureIn
) -> Status[Published] | Status[Refusal]:
    indicator = _indicator(key)
    form = FigureForm(figure.dict(), indicator=indicator)
    if not form.is_valid():
        errors = [
            FieldError(field=name, message=str(said[0])) for name, said in form.errors.items()
        ]
        return Status(422, Refusal(detail=gettext("What was sent has mistakes."), errors=errors))
    count = actions.publish_figures(
        indicator=indicator,
        figures=[form.figure()],
        by=request.user,  # type: ignore[arg-type]  # TokenAuth put the token's person there
        at=timezone.now(),
    )
    return Status(201, Published(count=count))


def _indicator(key: str) -> Indicator:
    return get_object_or_404(queries.public_indicators(), key=key.replace("\x00", ""))
