from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.testbeds.engine import Offer
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    Booking,
    FilledChecklist,
    Offering,
    Testbed,
)

TESTBED_TONES = {
    Testbed.State.DRAFT: "neutral",
    Testbed.State.PUBLISHED: "good",
    Testbed.State.CLOSED: "bad",
}
BOOKING_TONES = {
    Booking.State.REQUESTED: "warn",
    Booking.State.APPROVED: "good",
    Booking.State.REFUSED: "bad",
    Booking.State.WITHDRAWN: "neutral",
    Booking.State.CANCELLED: "neutral",
}
AGREEMENT_TONES = {
    Agreement.State.DRAFT: "neutral",
    Agreement.State.SENT: "warn",
    Agreement.State.SIGNED: "good",
    Agreement.State.DECLINED: "bad",
}
CHECKLIST_TONES = {FilledChecklist.State.OPEN: "warn", FilledChecklist.State.SIGNED: "good"}
WEEKDAYS = [
    ("1", _("Monday")),
    ("2", _("Tuesday")),
    ("3", _("Wednesday")),
    ("4", _("Thursday")),
    ("5", _("Friday")),
    ("6", _("Saturday")),
    ("7", _("Sunday")),
]
# What is wrong with a wish, said at the field that it concerns.
MISTAKES = {
    "past": _("This time is past. Choose a later one."),
    "lead": _("This is too soon: the unit in charge needs more days of notice."),
    "too_far": _("This is more than a year ahead. Choose an earlier time."),
    "closed": _("Nothing can be booked at this time: it is closed then. Choose an opening day."),
    "backwards": _("The end must not come before the beginning."),
    "too_long": _("This is too much for one booking. Divide it."),
    "too_many_units": _("There are not so many units."),
    "no_units": _("Ask for one unit at least."),
}
# What people read where a template has a blank.
BLANKS = {
    "experiment": _("the experiment's title"),
    "parties": _("the parties"),
    "partner": _("the partner"),
    "city": _("the unit in charge"),
    "testbed": _("the testbed"),
    "testbed_owner": _("the unit that keeps the testbed"),
    "starts_on": _("the first day"),
    "ends_on": _("the last day"),
    "digest": _("the digest of the plan"),
    "contact": _("contact person of the partner"),
    "equipment": _("what is installed or used"),
    "insurance": _("insurance of the partner"),
    "data": _("data that are collected, and who keeps them"),
    "removal": _("when and by whom everything is removed"),
}


def weekday_words(weekdays: str) -> str:
    """Opening days in short: "Mon–Fri" where they follow on each other."""
    numbers = [int(digit) for digit in weekdays]
    names = [str(WEEKDAYS_ABBR[number - 1]) for number in numbers]
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"{names[0]}–{names[-1]}"
    return ", ".join(names)


def price_words(cents: int | None) -> str:
    """Money in the reader's manner; nothing asked is said too."""
    if cents is None:
        return gettext("not set")
    if cents == 0:
        return gettext("free of charge")
    return f"{number_format(cents / 100, decimal_pos=2, force_grouping=cents >= 1_000_000)} €"


def time_words(offering: Offering, moment: datetime) -> str:
    """The beginning of a slot: the day, and the hour where it matters."""
    local = timezone.localtime(moment)
    day = date_format(local, "SHORT_DATE_FORMAT")
    if offering.slot in {Offering.Slot.HOUR, Offering.Slot.HALF_DAY}:
        return f"{day} {date_format(local, 'H:i')}"
    return day


def stretch_words(offering: Offering, starts_at: datetime, ends_at: datetime) -> str:
    """From the beginning of the first slot to the end of the last."""
    # A day that closes at midnight is over on that day, not on the next.
    last = ends_at - timedelta(seconds=1)
    if offering.slot not in {Offering.Slot.HOUR, Offering.Slot.HALF_DAY}:
        first_day, last_day = (time_words(offering, moment) for moment in (starts_at, last))
        return first_day if first_day == last_day else f"{first_day} – {last_day}"
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    same_day = start.date() == timezone.localtime(last).date()
    ending = date_format(end, "H:i") if same_day else time_words(offering, ends_at)
    return f"{time_words(offering, starts_at)} – {ending}"


def offer_words(offering: Offering, offer: Offer) -> str:
    """What is free near by: when, and which units."""
    when = stretch_words(offering, offer.slots[0].start, offer.slots[-1].end)
    units = ", ".join(str(unit) for unit in offer.units)
    words = ngettext("%(when)s (unit %(units)s)", "%(when)s (units %(units)s)", len(offer.units))
    return words % {"when": when, "units": units}


def left_words(free: int) -> str:
    """Why a wish cannot be met: how many units somebody else has left."""
    if not free:
        return gettext("No unit is free for the whole of this time.")
    words = ngettext(
        "Only %(free)s unit is free for the whole of this time.",
        "Only %(free)s units are free for the whole of this time.",
        free,
    )
    return words % {"free": free}
