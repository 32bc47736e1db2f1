"""What people are told about bookings, agreements and checklists."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

TESTBED_MOVED = kind(
    "testbeds.testbed_moved",
    _("A testbed at a place that I follow opens or closes"),
    _("The testbed “%(thing)s” has a new state."),
    outcomes={
        "publish": _("There is a new testbed: “%(thing)s”."),
        "close": _("The testbed “%(thing)s” takes no more bookings; those approved stand."),
        "reopen": _("The testbed “%(thing)s” takes bookings again."),
    },
)
BOOKING_WITHDRAWN = kind(
    "testbeds.booking_withdrawn",
    _("A request to book what my unit offers is taken back"),
    _("The request to book “%(thing)s” was taken back."),
)
BOOKING_REQUESTED = kind(
    "testbeds.booking_requested",
    _("Somebody asks to book what my unit offers"),
    _("A booking waits for your answer: “%(thing)s”."),
)
BOOKING_APPROVED = kind(
    "testbeds.booking_approved",
    _("My booking in a testbed is approved"),
    _("Your booking of “%(thing)s” is approved."),
)
BOOKING_REFUSED = kind(
    "testbeds.booking_refused",
    _("My booking in a testbed is refused"),
    _("Your booking of “%(thing)s” was refused. Reason: %(reason)s"),
)
BOOKING_CANCELLED = kind(
    "testbeds.booking_cancelled",
    _("A booking in a testbed is cancelled"),
    _("The booking of “%(thing)s” was cancelled. Reason: %(reason)s"),
)
PLACE_FOUND = kind(
    "testbeds.place_found",
    _("An experiment that comes from something of mine gets a place in a testbed"),
    _("The experiment “%(thing)s” has booked a testbed: %(testbed)s."),
)
PLACE_REFUSED = kind(
    "testbeds.place_refused",
    _("An experiment that comes from something of mine does not get the testbed it asked for"),
    _("The experiment “%(thing)s” did not get what it asked for in a testbed: %(testbed)s."),
)
AGREEMENT_SENT = kind(
    "testbeds.agreement_sent",
    _("An agreement waits for my organisation's signature"),
    _("An agreement on the experiment “%(thing)s” waits for your organisation's signature."),
)
AGREEMENT_SIGNED = kind(
    "testbeds.agreement_signed",
    _("Everybody has signed an agreement of my organisation"),
    _("Everybody has signed the agreement on the experiment “%(thing)s”."),
)
AGREEMENT_DECLINED = kind(
    "testbeds.agreement_declined",
    _("An agreement of my organisation is declined"),
    _("The agreement on the experiment “%(thing)s” was declined."),
)
CHECKLIST_SIGNED = kind(
    "testbeds.checklist_signed",
    _("A checklist that I filled in is signed off"),
    _("The checklist of the experiment “%(thing)s” is signed off."),
)
