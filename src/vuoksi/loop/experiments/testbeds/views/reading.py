"""What everybody reads: the list, a testbed, the calendar of what it offers, what is booked."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from vuoksi.base.lists.tables import page_of, respond
from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.plans.downstream import results_of
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.words import TONES
from vuoksi.loop.experiments.testbeds import pictures, queries, rules
from vuoksi.loop.experiments.testbeds.models import Offering, Testbed
from vuoksi.loop.experiments.testbeds.tables import TESTBEDS, booked_table
from vuoksi.loop.experiments.testbeds.views.doors import find_offering, find_testbed
from vuoksi.loop.experiments.testbeds.words import TESTBED_TONES, price_words, weekday_words


def testbeds(request: HttpRequest) -> HttpResponseBase:
    rows = queries.public_testbeds(request.user)
    context: dict[str, Any] = {
        "may_create": rules.may_create_testbed(request.user),
        "may_see_queue": rules.may_see_queue(request.user),
    }
    if "format" not in request.GET:
        context["map"] = pictures.map_of(page_of(request, TESTBEDS, rows).rows)
    return respond(request, TESTBEDS, rows, "testbeds/testbeds.html", context)


def testbed(request: HttpRequest, slug: str) -> HttpResponse:
    """One testbed: what it offers, what is and was tried there with its results, and how to ask."""
    row = find_testbed(request, slug)
    attach([row])
    attach([row.place])
    offerings = attach(queries.offerings_of(row))
    context = {
        "testbed": row,
        "tone": TESTBED_TONES[Testbed.State(row.state)],
        "offerings": [_shown(one) for one in offerings],
        "experiments": _experiments(row, request),
        "map": pictures.map_of([row]),
        "may_keep": rules.may_keep_testbed(request.user, row),
        "is_open": row.state == Testbed.State.PUBLISHED,
    }
    return render(request, "testbeds/testbed.html", context)


def offering(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The calendar of one offering, by the week or month."""
    row = find_offering(request, slug, pk)
    attach([row])
    attach([row.testbed])
    at = timezone.now()
    is_open = row.is_offered and row.testbed.state == Testbed.State.PUBLISHED
    booking_url = reverse("testbeds:book", args=[slug, pk]) if is_open else ""
    context = {
        "offering": _shown(row),
        "testbed": row.testbed,
        "grid": pictures.grid_of(row, _asked_day(request), at, booking_url),
        "is_open": is_open,
        "booking_url": booking_url,
        "may_keep": rules.may_keep_testbed(request.user, row.testbed),
    }
    return render(request, "testbeds/offering.html", context)


def booked(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What is booked, unit by unit, to filter and download: no persons and no purposes."""
    row = find_testbed(request, slug)
    attach([row])
    context = {"testbed": row}
    return respond(
        request, booked_table(row), queries.booked_slots(row), "testbeds/booked.html", context
    )


def _asked_day(request: HttpRequest) -> date:
    """The day whose week or month is asked for; today when the address makes no sense."""
    today = timezone.localdate()
    try:
        day = parse_date(request.GET.get("from", ""))
    except ValueError:
        return today
    if day is None or abs((day - today).days) > queries.FURTHEST.days:
        return today
    return day


def _shown(row: Offering) -> Offering:
    row.price_words = price_words(row.price_cents)  # type: ignore[attr-defined]  # for the template
    row.weekday_words = weekday_words(row.weekdays)  # type: ignore[attr-defined]  # for the template
    return row


def _experiments(row: Testbed, request: HttpRequest) -> list[Experiment]:
    found = attach(queries.experiments_at(row, request.user))
    results = results_of(found)
    for one in found:
        one.tone = TONES[Experiment.State(one.state)]
        one.result = results.get(one.pk)
    return found
