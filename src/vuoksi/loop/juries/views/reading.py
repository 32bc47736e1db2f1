"""What is read of panels: by those on it, by the authors, by everybody."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.calls.rules import IS_PUBLIC
from vuoksi.loop.juries import actions, queries, rules
from vuoksi.loop.juries.models import PANEL_STATES, Conflict, Panel, Review
from vuoksi.loop.juries.pictures import (
    chart_of,
    is_cut_decided,
    published_rows,
    rows_of,
    sentences_of,
    shared_out,
)
from vuoksi.loop.juries.views.doors import csv_answer, find_call, find_panel
from vuoksi.loop.juries.words import MISSING


def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """A panel as this person sees it: how far it is, and what to do next."""
    row = find_panel(request, pk)
    user = request.user
    steers = rules.may_steer_panel(user)
    is_juror = bool(rules.is_juror.test(user, row))
    possible = PANEL_STATES.possible(row.state) if steers else ()
    idle = queries.idle_seats(row) if steers or is_juror else set()
    context = {
        "panel": row,
        "criteria": attach(queries.criteria_of(row)),
        "rule_sets": queries.rule_sets_of(row),
        "progress": queries.progress_of(row),
        "seats": queries.seats_of(row) if steers else [],
        "idle": idle,
        "is_idle": row.jurors.filter(user=signed_in(request), pk__in=idle).exists()
        if idle and is_juror
        else False,
        "shared_out": shared_out(row) if steers else [],
        "entry_count": queries.competing(row).count(),
        "given_up": _named(queries.given_up(row)) if steers else [],
        "short": _short(row) if steers and row.state == Panel.State.OPEN else [],
        "missing": [MISSING[name] for name in queries.missing_before_opening(row, timezone.now())]
        if steers and row.state == Panel.State.DRAFT
        else [],
        "reviews": _with_texts(queries.my_reviews(row, signed_in(request))) if is_juror else [],
        "may": {name: name in possible for name in ("open", "lock", "reopen", "conclude")},
        "may_steer": steers,
        "may_write": rules.may_write_rules(user, row),
        "may_seat": rules.may_seat(user, row),
        "may_change": rules.may_change_rules(user, row),
        "may_place": rules.may_place(user, row),
        "may_see_scores": rules.may_see_scores(user, row),
        "is_late": queries.is_late(row, timezone.now()),
    }
    return render(request, "juries/panel.html", context)


@login_required
def standings(request: HttpRequest, pk: int) -> HttpResponse:
    """The ranking with its uncertainty, for the panel once scores are locked."""
    row = find_panel(request, pk)
    rules.check_see_scores(request.user, row)
    ranking = queries.newest_ranking(row)
    rows = rows_of(row, ranking)
    context = {
        "panel": row,
        "ranking": ranking,
        "chart": chart_of(ranking, rows),
        "is_outdated": ranking is not None and ranking.digest != queries.judged_digest(row),
        "rows": rows,
        "sentences": sentences_of(row, ranking),
        "may_steer": rules.may_steer_panel(request.user),
    }
    return render(request, "juries/standings.html", context)


def results(request: HttpRequest, slug: str) -> HttpResponse:
    """What everybody reads: who won, by which rules, and how sure the order is."""
    call = find_call(request, slug)
    panels = attach(queries.concluded_panels(call))
    if not panels:
        raise Http404
    stages = [
        {
            "panel": one,
            "is_clear": is_cut_decided(queries.newest_ranking(one)),
            "entries": queries.competing(one).count(),
            "criteria": attach(queries.criteria_of(one)),
            "rule_sets": queries.rule_sets_of(one),
            "progress": queries.progress_of(one),
            "rows": published_rows(one),
        }
        for one in panels
    ]
    winners = attach(
        Entry.objects.filter(IS_PUBLIC, panels__in=panels, award__gt="")
        .select_related("call", "category", "author")
        .distinct()
        .order_by("category__position", "pk")
    )
    return render(
        request, "juries/results.html", {"call": call, "stages": stages, "winners": winners}
    )


@login_required
def feedback(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What the jury says to the authors of an idea."""
    entry = get_object_or_404(Entry.objects.select_related("call"), pk=pk, call__slug=slug)
    if not rules.may_read_feedback(request.user, entry):
        raise Http404
    attach([entry])
    attach([entry.call])
    said = queries.feedback_on(entry)
    for one in said:
        attach([one.panel])
        attach([criterion for criterion, _mean, _points in one.points])
    return render(request, "juries/feedback.html", {"entry": entry, "said": said})


def ranking_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The published ranking as a file: the places that were given."""
    row = find_panel(request, pk)
    rules.check_read_results(request.user, row)
    header = ("place", "place_low", "place_high", "chance_percent", "entry", "title", "award")
    rows = [
        (
            one.place,
            one.place_low,
            one.place_high,
            one.percent,
            one.entry.pk,
            one.entry.title,
            one.entry.award,
        )
        for one in published_rows(row)
    ]
    return csv_answer(f"ranking-{row.pk}", header, rows)


@login_required
@require_POST
def scores_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every score with who gave it, for coordinators; that it was taken is on record."""
    row = find_panel(request, pk)
    rows = actions.export_scores(panel=row, by=signed_in(request), at=timezone.now())
    return csv_answer(f"scores-{row.pk}", actions.HEADER, rows)


def _short(panel: Panel) -> list[tuple[Entry, int]]:
    rows = queries.short_entries(panel)
    attach([entry for entry, _missing in rows])
    return rows


def _named(conflicts: Iterable[Conflict]) -> list[Conflict]:
    rows = list(conflicts)
    attach([row.entry for row in rows])
    return rows


def _with_texts(reviews: Iterable[Review]) -> list[Review]:
    rows = list(reviews)
    attach([row.entry for row in rows])
    return rows
