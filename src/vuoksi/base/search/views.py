from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vuoksi.base.search import queries
from vuoksi.base.search.registry import SEARCHABLE

FIRST = 5
PAGE = 20
LONGEST_QUERY = 200


def search(request: HttpRequest) -> HttpResponse:
    """Everything public that fits: the first of each kind, or all of one kind in pages."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    counts = queries.counts_by_kind(query)
    wanted = request.GET.get("kind", "")
    kind = wanted if wanted in counts else ""
    groups = [_group(request, query, key, counts, kind) for key in ([kind] if kind else counts)]
    context = {"query": query, "groups": groups, "kind": kind, "total": sum(counts.values())}
    return render(request, "search/search.html", context)


def _group(
    request: HttpRequest, query: str, key: str, counts: dict[str, int], kind: str
) -> dict[str, Any]:
    size = PAGE if kind else FIRST
    pages = max(-(-counts[key] // size), 1)
    asked = request.GET.get("page", "1")
    page = min(max(int(asked), 1), pages) if kind and asked.isdecimal() and len(asked) < 9 else 1
    found = queries.hits(query, key, request.user, offset=(page - 1) * size, limit=size)
    return {
        "key": key,
        "label": SEARCHABLE[key].label,
        "count": counts[key],
        "hits": found,
        "has_more": not kind and counts[key] > size,
        "page": page,
        "pages": pages,
        "previous": page - 1 if page > 1 else None,
        "next": page + 1 if kind and page < pages else None,
    }
