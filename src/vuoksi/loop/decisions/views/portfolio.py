"""The portfolio of pilots: the board, the list, the figures, the map and the yearly report."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from vuoksi.base.lists.tables import respond
from vuoksi.base.texts.queries import attach
from vuoksi.loop.decisions import pictures, rules
from vuoksi.loop.decisions.pictures.portfolio import GoalRow
from vuoksi.loop.decisions.queries import board, figures, report
from vuoksi.loop.decisions.queries.pilots import pilots as all_pilots
from vuoksi.loop.decisions.tables import PILOTS

GAPS = 12


def portfolio(request: HttpRequest) -> HttpResponse:
    """What became of all pilots in one sentence, and the board."""
    now = timezone.now()
    today = timezone.localdate(now)
    outcomes = figures.outcomes()
    return render(
        request,
        "portfolio/board.html",
        {
            "outcomes": outcomes,
            "lanes": board.board(now, outcomes, with_plans=rules.may_read_plans(request.user)),
            "spent": figures.spent(),
            "years": report.years_with_pilots(today),
            "gap_count": figures.untried_goals().count(),
            "today": today,
        },
    )


def pilots(request: HttpRequest) -> HttpResponseBase:
    return respond(request, PILOTS, all_pilots(), "portfolio/pilots.html")


def numbers(request: HttpRequest) -> HttpResponse:
    """Funnel, money and gaps by year; by goal too for those who ask."""
    today = timezone.localdate()
    funnel, gaps = figures.funnel(today), figures.untried_goals()
    shown = attach(gaps if "all" in request.GET else gaps[:GAPS])
    money = figures.money(today)
    context = {
        "outcomes": figures.outcomes(),
        "funnel": pictures.funnel_rows(funnel),
        "by_goal": _by_goal(today) if "goals" in request.GET else None,
        "by_year": pictures.year_rows(funnel),
        "years": funnel.years,
        "money": pictures.money_rows(money, funnel.years),
        "gaps": shown,
        "gap_count": gaps.count(),
    }
    return render(request, "portfolio/figures.html", context)


def _by_goal(today: date) -> list[GoalRow]:
    return pictures.goal_rows(figures.funnel_by_goal(today), figures.money_by_goal())


def places(request: HttpRequest) -> HttpResponse:
    rows = attach(figures.by_place())
    return render(
        request, "portfolio/places.html", {"map": pictures.map_of_pilots(rows), "rows": rows}
    )


def yearly(request: HttpRequest, year: int) -> HttpResponse:
    """The report of a year, made to be printed."""
    today = timezone.localdate()
    if year not in (years := report.years_with_pilots(today)):
        raise Http404
    found = report.report_of(year)
    gaps = figures.untried_goals()
    context = {
        "report": found,
        "year": year,
        "years": years,
        "is_running": year == today.year,
        "today": today,
        "site_url": settings.SITE_URL,
        "kinds": pictures.kind_rows(found.kinds),
        "money": pictures.year_money(found.money),
        "gaps": attach(gaps[:GAPS]),
        "gap_count": gaps.count(),
    }
    return render(request, "portfolio/report.html", context)
