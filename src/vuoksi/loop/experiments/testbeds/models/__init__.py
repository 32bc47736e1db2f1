"""Testbeds and what they offer, bookings, agreements, checklists."""

from vuoksi.loop.experiments.testbeds.models.agreements import (
    AGREEMENT_STATES,
    Agreement,
    AgreementTemplate,
    Party,
)
from vuoksi.loop.experiments.testbeds.models.bookings import BOOKING_STATES, BookedSlot, Booking
from vuoksi.loop.experiments.testbeds.models.checklists import CHECKLIST_STATES, FilledChecklist
from vuoksi.loop.experiments.testbeds.models.testbeds import TESTBED_STATES, Offering, Testbed

__all__ = [
    "AGREEMENT_STATES",
    "BOOKING_STATES",
    "CHECKLIST_STATES",
    "TESTBED_STATES",
    "Agreement",
    "AgreementTemplate",
    "BookedSlot",
    "Booking",
    "FilledChecklist",
    "Offering",
    "Party",
    "Testbed",
]
