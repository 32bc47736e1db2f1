"""Calls and ideas as Atom feeds, the dates of calls as iCalendar (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.calls import queries
from vuoksi.loop.calls.models import Call, Entry, Phase

NEWEST = 50


class CallFeed(Feed[Call, None]):
    """The newest published calls."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Calls of %(city)s") % {"city": settings.CITY_NAME}

    def subtitle(self) -> str:
        return _("What the city needs ideas for.")

    def link(self) -> str:
        return reverse("calls:calls")

    def items(self) -> list[Call]:
        published = queries.public_calls().exclude(published_at=None)
        return attach(published.order_by("-published_at", "-pk")[:NEWEST])

    def item_title(self, item: Any) -> str:
        return str(in_language(item, "title"))

    def item_description(self, item: Any) -> str:
        return str(in_language(item, "summary"))

    def item_pubdate(self, item: Call) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Call) -> datetime | None:
        return item.published_at


class EntryFeed(Feed[Entry, Call]):
    """The newest ideas of one call."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Call:
        return get_object_or_404(queries.public_calls(), slug=slug)

    def title(self, obj: Call) -> str:
        return _("Ideas: %(call)s") % {"call": in_language(obj, "title")}

    def subtitle(self, obj: Call) -> str:
        return str(in_language(obj, "summary"))

    def link(self, obj: Call) -> str:
        return obj.get_absolute_url()

    def items(self, obj: Call) -> list[Entry]:
        return attach(queries.entries_of(obj).order_by("-submitted_at", "-pk")[:NEWEST])

    def item_title(self, item: Any) -> str:
        return str(in_language(item, "title"))

    def item_description(self, item: Any) -> str:
        return str(in_language(item, "summary"))

    def item_pubdate(self, item: Entry) -> datetime | None:
        return item.submitted_at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.edited_at


def calendar(request: HttpRequest) -> HttpResponse:
    """The phases of all public calls."""
    return _calendar(queries.public_calls().prefetch_related("phases").order_by("pk"), "calls")


def call_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The phases of one call."""
    call = get_object_or_404(queries.public_calls().prefetch_related("phases"), slug=slug)
    return _calendar([call], call.slug)


def _calendar(calls: Iterable[Call], name: str) -> HttpResponse:
    whole = Calendar()
    whole.add("prodid", "-//Vuoksi//calls//EN")
    whole.add("version", "2.0")
    made_at = timezone.now()
    for call in attach(calls):
        for window in queries.windows_of(call):
            event = Event()
            event.add("uid", f"{call.slug}-{window.kind}@{settings.SITE_URL.split('//')[-1]}")
            event.add("dtstamp", made_at)
            event.add("dtstart", window.opens_at)
            event.add("dtend", window.closes_at)
            event.add("summary", f"{in_language(call, 'title')}: {Phase.Kind(window.kind).label}")
            event.add("url", settings.SITE_URL + call.get_absolute_url())
            whole.add_component(event)
    response = HttpResponse(whole.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
