"""When a testbed is booked, as iCalendar (RFC 5545): units and times, nobody's name."""

from collections import defaultdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from vuoksi.base.texts.queries import in_language
from vuoksi.loop.experiments.testbeds import queries, rules
from vuoksi.loop.experiments.testbeds.engine import Slot
from vuoksi.loop.experiments.testbeds.models import BookedSlot, Booking
from vuoksi.loop.experiments.testbeds.tables import prepare_booked


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for each stretch without a gap; a request that waits for its answer is tentative."""
    testbed = queries.testbed_page(slug)
    if testbed is None or not rules.may_read_testbed(request.user, testbed):
        raise Http404
    whole = Calendar()
    whole.add("prodid", "-//Vuoksi//testbeds//EN")
    whole.add("version", "2.0")
    rows = prepare_booked(list(queries.booked_slots(testbed)))
    by_booking: dict[int, list[BookedSlot]] = defaultdict(list)
    for row in rows:
        by_booking[row.booking_id].append(row)
    for key, stretches in queries.stretches_of(rows).items():
        for number, stretch in enumerate(stretches):
            whole.add_component(_event(by_booking[key], stretch, number, testbed.title))
    response = HttpResponse(whole.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.ics"'
    return response


def _event(rows: list[BookedSlot], stretch: Slot, number: int, place: str) -> Event:
    booking, offering = rows[0].booking, rows[0].offering
    units = sorted({row.unit_number for row in rows})
    event = Event()
    event.add("uid", f"booked-{booking.pk}-{number}@{settings.SITE_URL.split('//')[-1]}")
    event.add("dtstamp", booking.decided_at or booking.requested_at)
    event.add("dtstart", stretch.start)
    event.add("dtend", stretch.end)
    numbers = ", ".join(str(unit) for unit in units)
    words = {"what": in_language(offering, "title"), "units": numbers}
    event.add("summary", _("Booked: %(what)s (%(units)s)") % words)
    is_approved = booking.state == Booking.State.APPROVED
    event.add("status", "CONFIRMED" if is_approved else "TENTATIVE")
    event.add("location", place)
    return event
