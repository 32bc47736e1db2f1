"""Paging of the API's lists: `?limit=` (at most 200) and `?offset=`, the same envelope everywhere.

    @router.get("/", response={200: list[PlaceOut], **READ_REFUSALS})
    @paginated(prepare=attach)
    def list_places(request: HttpRequest) -> QuerySet[Place]: ...

`prepare` may be left out: `@paginated` alone will do.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Any, overload

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.pagination import PaginationBase, paginate

LARGEST = 200
# The largest offset that both databases accept.
FURTHEST = 2**63 - 1 - LARGEST
# The largest key of a row; a larger number in an address is a mistake, not a row that is missing.
Key = Annotated[int, Field(ge=1, le=2**63 - 1)]

Prepare = Callable[[list[Any]], Iterable[Any]]
View = Callable[..., Any]


class Paging(PaginationBase):
    """`{"count", "next", "previous", "results"}`; next and previous are whole addresses or null.

    `prepare` runs on the rows of the page only, e.g. `texts.attach`.
    """

    items_attribute = "results"

    class Input(Schema):
        limit: int = Field(50, ge=1, le=LARGEST, description="How many rows to give")
        offset: int = Field(0, ge=0, le=FURTHEST, description="How many rows to pass over")

    class Output(Schema):
        count: int
        next: str | None
        previous: str | None
        results: list[Any]

    def __init__(self, *, prepare: Prepare = list, **options: Any) -> None:
        super().__init__(**options)
        self.prepare = prepare

    def paginate_queryset(
        self, queryset: QuerySet[Any], pagination: Any, request: HttpRequest, **params: Any
    ) -> dict[str, Any]:
        limit, offset = pagination.limit, pagination.offset
        count = self._items_count(queryset)
        before = _address(request, limit, max(offset - limit, 0)) if offset else None
        after = _address(request, limit, offset + limit) if offset + limit < count else None
        rows = list(_in_fixed_order(queryset)[offset : offset + limit])
        results = list(self.prepare(rows))
        return {"count": count, "next": after, "previous": before, "results": results}


@overload
def paginated(view: View) -> View: ...
@overload
def paginated(*, prepare: Prepare) -> Callable[[View], View]: ...
def paginated(view: View | None = None, *, prepare: Prepare = list) -> Any:
    decorate = paginate(Paging, prepare=prepare)
    return decorate if view is None else decorate(view)


def _in_fixed_order(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Give a query an order if it has none: pages of an unordered one may overlap. A list has its own."""
    if isinstance(queryset, QuerySet) and not queryset.ordered:
        return queryset.order_by("pk")
    return queryset


def _address(request: HttpRequest, limit: int, offset: int) -> str:
    asked = request.GET.copy()
    asked["limit"], asked["offset"] = str(limit), str(offset)
    return request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
