"""The first page: what the city tries to reach, what is being tried, where one can take part; pages about the site."""

from typing import get_args

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vuoksi.base.texts.queries import attach
from vuoksi.base.ui.cards import Section, home_cards
from vuoksi.loop.calls.queries import open_calls
from vuoksi.loop.decisions.queries import public_decisions
from vuoksi.loop.experiments.plans.queries import running_experiments
from vuoksi.strategy.queries import headline_targets, target_verdicts

MOST = 4


def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    decisions = public_decisions().order_by("-decided_on", "-pk")
    context = {
        "targets": target_verdicts(headline_targets()[:MOST], timezone.localdate(now)),
        "experiments": attach(running_experiments()[:MOST]),
        "calls": attach(open_calls(now)[:MOST]),
        "cards": {section: home_cards(section, request) for section in get_args(Section)},
        "decisions": attach(decisions[:MOST]),
    }
    return render(request, "site/home.html", context)


def words(request: HttpRequest, page: str) -> HttpResponse:
    """A page that says something of the site itself: about, accessibility, contact."""
    context = {"contact": settings.CONTACT, "site_url": settings.SITE_URL}
    return render(request, f"site/{page}.html", context)
