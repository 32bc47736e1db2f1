"""Lists that filter, sort, page and export. A view declares a `Table` and ends with `return respond(...)`.

    CALLS = Table("calls", _("Calls"), columns=(Column("title", _("Title"), str, sort="title"),), search=("title",))

    def calls(request):
        return respond(request, CALLS, queries.public_calls(), "calls/calls.html")

The template extends "ui/page.html" and includes "ui/table.html" (or "ui/cards.html") with `table`.
"""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from vuoksi.base.lists import exports, questions
from vuoksi.base.lists.columns import Choices, Column, Filter, Table
from vuoksi.base.lists.pages import TablePage

__all__ = ["Choices", "Column", "Filter", "Table", "TablePage", "page_of", "respond"]


def respond(
    request: HttpRequest,
    table: Table,
    queryset: QuerySet[Any],
    template: str,
    context: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer with the page of the list that was asked for, or with the whole list as a file.

    htmx gets the same template without the shell around it and takes `#rows` out of it.
    """
    question = questions.read(table, request.GET)
    rows = questions.narrowed(table, question, queryset)
    if question.format:
        return exports.as_file(table, rows, question.format)
    filled = {**(context or {}), "table": _page(table, question, rows)}
    if _wants_rows_only(request):
        filled["shell"] = "ui/bare.html"
    response = render(request, template, filled)
    # The same address has two bodies; the browser's "back" must not show the bare one.
    patch_vary_headers(response, ["HX-Request"])
    return response


def page_of(request: HttpRequest, table: Table, queryset: QuerySet[Any]) -> TablePage:
    """Give the page alone, for a view that shows a list among other things."""
    question = questions.read(table, request.GET)
    return _page(table, question, questions.narrowed(table, question, queryset))


def _page(table: Table, question: questions.Question, rows: QuerySet[Any]) -> TablePage:
    return TablePage(table, question, Paginator(rows, table.page_size))


def _wants_rows_only(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and htmx.target == "rows" and not htmx.history_restore_request
