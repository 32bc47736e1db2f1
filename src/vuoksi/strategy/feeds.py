"""News of actions as an Atom feed, their last days as a calendar."""

from datetime import datetime, timedelta

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.strategy import queries
from vuoksi.strategy.models import ActionUpdate

NEWEST = 50


class Updates(Feed[ActionUpdate, None]):
    """What was told of actions, newest first."""

    feed_type = Atom1Feed
    title = _("News of the city's actions")
    subtitle = _("What was done to reach the goals of the strategy")
    link = reverse_lazy("strategy:actions")

    def items(self) -> list[ActionUpdate]:
        rows = list(queries.updates()[:NEWEST])
        attach({row.action_id: row.action for row in rows}.values())
        return attach(rows)

    def item_title(self, item: ActionUpdate) -> str:
        return in_language(item.action, "title").text

    def item_description(self, item: ActionUpdate) -> str:
        return in_language(item, "text").text

    def item_link(self, item: ActionUpdate) -> str:
        return f"{item.action.get_absolute_url()}#update-{item.pk}"

    def item_pubdate(self, item: ActionUpdate) -> datetime:
        return item.at

    def item_updateddate(self, item: ActionUpdate) -> datetime:
        return item.at


def dates(request: HttpRequest) -> HttpResponse:
    """Last days of actions and due days of targets."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vuoksi//strategy//")
    calendar.add("version", "2.0")
    now = timezone.now()
    for action in attach(queries.dated_actions()):
        if action.ends_on is not None:
            title = in_language(action, "title").text
            calendar.add_component(
                _event(
                    request,
                    f"action-{action.pk}",
                    title,
                    action.ends_on,
                    action.get_absolute_url(),
                    now,
                )
            )
    targets = list(queries.all_targets().filter(due_on__isnull=False))
    attach({row.indicator_id: row.indicator for row in targets}.values())
    for target in targets:
        title = in_language(target.indicator, "title").text
        url = reverse("strategy:goal", args=[target.goal.slug])
        calendar.add_component(
            _event(request, f"target-{target.pk}", title, target.due_on, url, now)
        )
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(
    request: HttpRequest, key: str, title: str, day: object, url: str, now: datetime
) -> Event:
    event = Event()
    event.add("uid", f"{key}@{request.get_host()}")
    event.add("dtstamp", now)
    event.add("summary", title)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # type: ignore[operator]  # a date, as icalendar takes it
    event.add("url", request.build_absolute_uri(url))
    return event
