"""What these views share: finding the panel or review that this person may see, else 404."""

import csv
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from vuoksi.base.lists.exports import csv_cell
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.calls.queries import entry_page, public_calls
from vuoksi.loop.juries import rules
from vuoksi.loop.juries.models import Panel, Review


def find_call(request: HttpRequest, slug: str) -> Call:
    call = get_object_or_404(public_calls(request.user), slug=slug)
    attach([call])
    return call


def find_panel(request: HttpRequest, pk: int) -> Panel:
    """Give a panel that this person may see: that one exists is nobody else's business."""
    panel = get_object_or_404(Panel.objects.select_related("call", "category"), pk=pk)
    if not rules.may_see_panel(request.user, panel):
        raise Http404
    attach([panel])
    attach([panel.call])
    return panel


def find_review(request: HttpRequest, pk: int) -> Review:
    """Give a juror their own review, else 404."""
    rows = Review.objects.select_related("juror__panel__call", "juror__user", "entry__call")
    review = get_object_or_404(rows, pk=pk)
    if not rules.is_its_reviewer.test(request.user, review):
        raise Http404
    attach([review.entry])
    attach([review.juror.panel])
    return review


def csv_answer(name: str, header: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """Give rows as a file that a spreadsheet opens without running anything in it."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    for row in ([*header], *rows):
        writer.writerow([csv_cell(cell) for cell in row])
    return response


def whole_entry(pk: int) -> Entry:
    """Give an entry with all that its page shows."""
    entry = entry_page(pk)
    if entry is None:
        raise Http404
    attach([entry])
    return entry
