"""Panels for programs: what everybody reads of a concluded panel. Reading needs no key."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS
from vuoksi.base.lists.paging import paginated
from vuoksi.loop.calls.api.shapes import RulesOut
from vuoksi.loop.juries import queries
from vuoksi.loop.juries.models import Panel
from vuoksi.loop.juries.pictures import is_cut_decided, published_rows

router = Router(tags=["panels"])
LARGEST_KEY = 2**63 - 1


class PanelOut(Schema):
    """A concluded panel. `way` is scores (experts) or ranks (a jury's order)."""

    id: int
    call: str = Field(alias="call.slug")
    category: str | None = Field(None, alias="category.slug")
    language: str
    title: str
    guidance: str
    way: str
    places: int
    reviews_wanted: int
    is_blind: bool
    opened_at: datetime | None
    concluded_at: datetime | None


class CriterionOut(Schema):
    label: str
    hint: str
    weight: int
    points: list[str]


class PlaceOut(Schema):
    """One given place: `chance_percent` that the idea truly belongs among the winners, and its true place's limits."""

    place: int
    place_low: int
    place_high: int
    chance_percent: int
    entry: int
    title: str
    award: str


class WholePanelOut(PanelOut):
    criteria: list[CriterionOut]
    rules: list[RulesOut]
    entries: int
    reviews_sent: int
    is_line_clear: bool | None


class PanelFilter(Schema):
    call: str | None = Field(None, max_length=60, pattern=r"^[-\w]+$")


@router.get("/", response={200: list[PanelOut], **READ_REFUSALS}, summary="Concluded panels")
@paginated
def list_panels(request: HttpRequest, filters: Query[PanelFilter]) -> QuerySet[Panel]:
    """Panels whose results are public, the newest first."""
    rows = queries.published_panels()
    return rows.filter(call__slug=filters.call) if filters.call else rows


@router.get("/{key}", response={200: WholePanelOut, **READ_REFUSALS}, summary="One panel")
def get_panel(request: HttpRequest, key: int) -> Any:
    """One concluded panel with its criteria and every version of its rules."""
    panel = _published(key)
    return {
        **{name: getattr(panel, name) for name in _NAMES},
        "call.slug": panel.call.slug,
        "category.slug": panel.category.slug if panel.category else None,
        "criteria": [
            {
                "label": row.label,
                "hint": row.hint,
                "weight": row.weight,
                "points": queries.scale(row),
            }
            for row in queries.criteria_of(panel)
        ],
        "rules": list(queries.rule_sets_of(panel)),
        "entries": queries.competing(panel).count(),
        "reviews_sent": queries.progress_of(panel).sent,
        "is_line_clear": is_cut_decided(queries.newest_ranking(panel)),
    }


@router.get(
    "/{key}/ranking", response={200: list[PlaceOut], **READ_REFUSALS}, summary="Places given"
)
def get_ranking(request: HttpRequest, key: int) -> Any:
    """The published ranking: the places that were given. Ideas without one are not ranked in public."""
    return [
        {
            "place": row.place,
            "place_low": row.place_low,
            "place_high": row.place_high,
            "chance_percent": row.percent,
            "entry": row.entry.pk,
            "title": row.entry.title,
            "award": row.entry.award,
        }
        for row in published_rows(_published(key))
    ]


_NAMES = (
    "id",
    "language",
    "title",
    "guidance",
    "way",
    "places",
    "reviews_wanted",
    "is_blind",
    "opened_at",
    "concluded_at",
)


def _published(key: int) -> Panel:
    panel = queries.published_panels().filter(pk=key).first() if 0 < key <= LARGEST_KEY else None
    if panel is None:
        raise Http404
    return panel
