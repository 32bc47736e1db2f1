"""When experiments run, as iCalendar (RFC 5545)."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import public_experiments


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One event an experiment, from its first day to its last."""
    whole = Calendar()
    whole.add("prodid", "-//Vuoksi//experiments//EN")
    whole.add("version", "2.0")
    rows = public_experiments().exclude(starts_on=None).exclude(ends_on=None).order_by("pk")
    for row in attach(rows):
        whole.add_component(_event(row))
    response = HttpResponse(whole.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="experiments.ics"'
    return response


def _event(row: Experiment) -> Event:
    event = Event()
    event.add("uid", f"experiment-{row.slug}@{settings.SITE_URL.split('//')[-1]}")
    event.add("dtstamp", row.frozen_at or timezone.now())
    event.add("dtstart", row.starts_on)
    # The end of an event of whole days is the day after the last.
    if row.ends_on is not None:
        event.add("dtend", row.ends_on + timedelta(days=1))
    event.add("summary", str(in_language(row, "title")))
    event.add("status", "CANCELLED" if row.state == Experiment.State.CANCELLED else "CONFIRMED")
    if row.testbed is not None:
        event.add("location", row.testbed.name)
    event.add("url", settings.SITE_URL + row.get_absolute_url())
    return event
