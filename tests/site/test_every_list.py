"""Every list there is asks a literal number of queries, the same for one row and for three.

A new list, page or API or feed, must be put into `LISTS`: it is found by what makes a list of a view. Pages that gather
lists of their own are found by nobody, so `GATHERED` names them by hand.
"""

import inspect
import re

import pytest
from django.contrib.syndication.views import Feed
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve
from tests.factories.city import grow
from tests.factories.people import UserFactory
from tests.loop.calls.test_api import token_of

from vuoksi.base.people.models import Role
from vuoksi.site.api import api

# Who asks: a reader without an account, somebody of the city who may do everything, a program with that one's token.
ANYBODY, ME, PROGRAM = "anybody", "me", "program"
# What answers with a list (vuoksi.base.lists.tables).
LISTING = {"respond", "page_of"}
# Address, in the words of `grow`: who asks, and how many queries it takes.
LISTS = {
    "/api/calls/": (ANYBODY, 3),
    "/api/calls/{call}/entries": (ANYBODY, 9),
    "/api/decisions/": (ANYBODY, 6),
    "/api/entries/": (ANYBODY, 8),
    "/api/evidence/": (ANYBODY, 2),
    "/api/experiments/": (ANYBODY, 2),
    "/api/experiments/{experiment}/analyses": (ANYBODY, 3),
    "/api/experiments/{experiment}/deviations": (ANYBODY, 3),
    "/api/experiments/{experiment}/groups": (ANYBODY, 4),
    "/api/experiments/{experiment}/looks": (ANYBODY, 3),
    "/api/experiments/{running}/measurements": (ANYBODY, 3),
    "/api/indicators/": (ANYBODY, 2),
    "/api/indicators/{indicator}/observations/": (ANYBODY, 3),
    "/api/organisations/": (ANYBODY, 2),
    "/api/panels/": (ANYBODY, 2),
    "/api/places/": (ANYBODY, 2),
    "/api/portfolio/pilots/": (ANYBODY, 9),
    "/api/questions/": (ANYBODY, 2),
    "/api/recruitments/": (ANYBODY, 2),
    "/api/recruitments/{running}/codes": (PROGRAM, 9),
    "/api/runs/": (PROGRAM, 5),
    "/api/strategy/actions": (ANYBODY, 2),
    "/api/strategy/goals": (ANYBODY, 2),
    "/api/strategy/roadmaps": (ANYBODY, 2),
    "/api/strategy/stories": (ANYBODY, 2),
    "/api/strategy/targets": (ANYBODY, 2),
    "/api/testbeds/": (ANYBODY, 3),
    "/api/testbeds/bookings/": (PROGRAM, 6),
    "/api/testbeds/offerings/": (ANYBODY, 2),
    "/api/testbeds/{testbed}/booked": (ANYBODY, 3),
    "/calls/": (ANYBODY, 5),
    "/calls/answers/": (ME, 13),
    "/calls/entries/": (ANYBODY, 10),
    "/calls/feed/": (ANYBODY, 1),
    "/calls/{call}/": (ANYBODY, 19),
    "/calls/{call}/feed/": (ANYBODY, 3),
    "/calls/{joint}/shares/": (ME, 16),
    "/decisions/": (ANYBODY, 4),
    "/decisions/feed/": (ANYBODY, 1),
    "/experiments/": (ANYBODY, 4),
    "/experiments/feed/": (ANYBODY, 1),
    "/experiments/questions/": (ANYBODY, 2),
    "/experiments/{experiment}/bookings/": (ME, 9),
    "/experiments/{experiment}/groups/": (ANYBODY, 6),
    "/experiments/{running}/measurements/": (ANYBODY, 7),
    "/experiments/{running}/participants/": (ME, 15),
    "/indicators/": (ANYBODY, 3),
    "/indicators/{indicator}/ledger/": (ANYBODY, 3),
    "/me/notices/": (ME, 8),
    "/me/notices/told/calls.entry/{entry}/": (ME, 10),
    "/moderation/": (ANYBODY, 2),
    "/moderation/cases/": (ME, 6),
    "/moderation/feed/": (ANYBODY, 1),
    "/my/bookings/": (ME, 6),
    "/my/entries/": (ME, 11),
    "/organisations/": (ANYBODY, 2),
    "/people/": (ME, 7),
    "/places/": (ANYBODY, 2),
    "/portfolio/feed/": (ANYBODY, 1),
    "/portfolio/pilots/": (ANYBODY, 12),
    "/runs/": (ME, 5),
    "/strategy/actions/": (ANYBODY, 5),
    "/strategy/actions/updates.atom": (ANYBODY, 1),
    "/take-part/": (ANYBODY, 2),
    "/take-part/feed/": (ANYBODY, 1),
    "/testbeds/": (ANYBODY, 6),
    "/testbeds/bookings/": (ME, 6),
    "/testbeds/{testbed}/booked/": (ANYBODY, 4),
}
# Pages that gather lists of their own, and answers whose rows are not counted here.
GATHERED = {
    "/api/testbeds/offerings/{offering}/slots": (ANYBODY, 2),
    "/api/portfolio/funnel/": (ANYBODY, 7),
    "/api/search/?q=lamps": (ANYBODY, 1),
    "/": (ANYBODY, 6),
    "/strategy/": (ANYBODY, 6),
    "/strategy/roadmaps/{roadmap}/": (ANYBODY, 6),
    "/strategy/goals/{goal}/": (ANYBODY, 10),
    "/strategy/actions/dates.ics": (ANYBODY, 2),
    "/calls/calendar.ics": (ANYBODY, 2),
    "/calls/{call}/calendar.ics": (ANYBODY, 2),
    "/calls/{call}/panels/": (ME, 7),
    "/calls/{call}/manage/": (ME, 15),
    "/calls/{call}/entries/{entry}/": (ANYBODY, 12),
    "/me/": (ME, 6),
    "/me/reviews/": (ME, 4),
    "/me/notices/follows/": (ME, 6),
    "/me/notices/waiting/": (ME, 10),
    "/me/consents/": (ME, 4),
    "/me/participation/": (ME, 4),
    "/privacy/": (ANYBODY, 0),
    "/portfolio/": (ANYBODY, 18),
    "/portfolio/figures/": (ANYBODY, 11),
    "/portfolio/figures/?goals=1": (ANYBODY, 19),
    "/portfolio/places/": (ANYBODY, 2),
    "/portfolio/report/2026/": (ANYBODY, 25),
    "/testbeds/templates/": (ME, 5),
    "/testbeds/{testbed}/": (ANYBODY, 3),
    "/testbeds/{testbed}/calendar.ics": (ANYBODY, 2),
    "/experiments/{experiment}/agreements/": (ME, 9),
    "/experiments/{running}/": (ANYBODY, 17),
    "/experiments/questions/{question}/": (ANYBODY, 3),
    "/experiments/{running}/take-part/": (ANYBODY, 8),
    "/indicators/{indicator}/": (ANYBODY, 2),
    "/organisations/{unit}/": (ANYBODY, 1),
    "/chain/experiment/{experiment}/": (ANYBODY, 10),
    "/decisions/money/{experiment}/": (ME, 6),
    "/search/?q=lamps": (ANYBODY, 1),
    "/api/places/collection.geojson": (ANYBODY, 1),
}
# Lists that do not grow with the rows of the database, and why.
OTHERWISE = {
    "/api/testbeds/offerings/{key}/slots": "slots are reckoned from the calendar",
    "/api/panels/{key}/ranking": "a jury's whole run stands behind it: tests/loop/juries/test_api.py",
    "/api/search/": "its answers are counted by kind: tests/base/search",
    "/api/portfolio/funnel/": "its rows are goals: counted among the gathered",
}


@pytest.fixture
def me(db):
    return UserFactory(
        is_superuser=True, is_staff=True, roles=[Role.COORDINATOR, Role.ADMINISTRATOR]
    )


def asked(me, city, wanted):
    """For each address how many queries it took, and its answer."""
    signed_in, token = Client(), token_of(me, ["read"])
    signed_in.force_login(me, backend="django.contrib.auth.backends.ModelBackend")
    ways = {ANYBODY: (Client(), {}), ME: (signed_in, {})}
    ways[PROGRAM] = (Client(), {"authorization": f"Bearer {token}"})
    found = {}
    for template, (who, _count) in wanted.items():
        (client, headers), address = ways[who], template.format(**vars(city))
        # What a process asks but once (an account's last visit, kinds) was asked before.
        client.get(address, headers=headers)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address, headers=headers)
        assert answer.status_code == 200, address
        found[template] = (len(queries), answer)
    return found


@pytest.mark.parametrize("number", [1, 3])
def test_every_list_asks_the_same_whatever_its_length(me, known_kinds, number):
    wanted = LISTS | GATHERED
    found = asked(me, grow(number, me), wanted)
    assert {address: count for address, (count, _answer) in found.items()} == {
        address: count for address, (_who, count) in wanted.items()
    }


def test_every_list_of_the_city_grows(me, known_kinds):
    """Else equal numbers would prove nothing."""
    one = {
        address: rows_of(answer) for address, (_n, answer) in asked(me, grow(1, me), LISTS).items()
    }
    city = grow(3, me)
    more = {address: rows_of(answer) for address, (_n, answer) in asked(me, city, LISTS).items()}
    assert {address for address in LISTS if more[address] <= one[address]} == set()


def test_the_table_has_every_list(me):
    city = grow(1, me)
    known = {plain(resolve(one.format(**vars(city)).partition("?")[0]).route) for one in LISTS}
    assert (list_pages() | list_operations()) - known == set(OTHERWISE)


def list_pages():
    """The addresses of views that answer with a list, and of feeds."""
    return {
        plain(route)
        for route, view in views(get_resolver().url_patterns)
        if isinstance(view, Feed) or LISTING & names(inspect.unwrap(view))
    }


def list_operations():
    """The addresses of the API that answer with a page of a list or with a whole one."""
    return {
        path
        for path, methods in api.get_openapi_schema()["paths"].items()
        if "get" in methods and is_list(methods["get"])
    }


def is_list(operation):
    content = operation["responses"].get(200, {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return "/Paged" in schema.get("$ref", "") or schema.get("type") == "array"


def views(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if not hasattr(pattern, "url_patterns"):
            yield route, pattern.callback
        elif pattern.namespace not in {"admin", "api"}:
            yield from views(pattern.url_patterns, route)


def plain(route):
    """An address as the API writes it: `{slug}` instead of `<slug:slug>`."""
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)


def names(view):
    return set(getattr(getattr(view, "__code__", None), "co_names", ()))


def rows_of(answer):
    kind = answer["Content-Type"]
    if kind.startswith("application/json"):
        return len(answer.json()["results"])
    if "xml" in kind:
        return len(re.findall(b"<entry>|<item>", answer.content))
    return len(answer.context["table"].rows)
