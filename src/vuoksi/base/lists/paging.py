"""Paging of the API's lists: `?limit=` (at most 200) and `?offset=`, the same envelope everywhere."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.pagination import PaginationBase, paginate

LARGEST = 200
# The largest offset that both databases accept.
FURTHEST = 2**63 - 1 - LARGEST


class Paging(PaginationBase):
    """`{"count", "next", "previous", "results"}`; next and previous are whole addresses or null."""

    items_attribute = "results"

    class Input(Schema):
        limit: int = Field(50, ge=1, le=LARGEST, description="How many rows to give")
        offset: int = Field(0, ge=0, le=FURTHEST, description="How many rows to pass over")

    class Output(Schema):
        count: int
        next: str | None
        previous: str | None
        results: list[Any]

    def paginate_queryset(
        self, queryset: QuerySet[Any], pagination: Any, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        limit, offset = pagination.limit, pagination.offset
        count = self._items_count(queryset)
        before = _address(request, limit, max(offset - limit, 0)) if offset else None
        after = _address(request, limit, offset + limit) if offset + limit < count else None
        rows = list(_in_fixed_order(queryset)[offset : offset + limit])
        return {"count": count, "next": after, "previous": before, "results": rows}


paginated = paginate(Paging)


def _in_fixed_order(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Give a query an order if it has none: pages of an unordered one may overlap. A list has its own."""
    if isinstance(queryset, QuerySet) and not queryset.ordered:
        return queryset.order_by("pk")
    return queryset


def _address(request: HttpRequest, limit: int, offset: int) -> str:
    asked = request.GET.copy()
    asked["limit"], asked["offset"] = str(limit), str(offset)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
