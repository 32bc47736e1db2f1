"""What people read of times, prices and what is near by; how things are found and translated."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override
from tests.factories.people import UserFactory, person_with
from tests.factories.testbeds import AgreementFactory, BookingFactory, OfferingFactory

from vuoksi.base.notices.links import authors, everything_upstream
from vuoksi.base.people.models import Role
from vuoksi.base.search.registry import SEARCHABLE
from vuoksi.base.texts.rules import may_translate
from vuoksi.loop.experiments.testbeds import queries
from vuoksi.loop.experiments.testbeds.engine import CHECKLISTS, Offer, Slot
from vuoksi.loop.experiments.testbeds.words import (
    GROUPS,
    QUESTIONS,
    left_words,
    offer_words,
    price_words,
    stretch_words,
    weekday_words,
)

# Eight in the morning in Helsinki.
START = datetime(2026, 5, 5, 5, tzinfo=UTC)
HOURS, DAYS = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("slot", "length", "words"),
    [
        ("day", 8 * HOURS, "5 May 2026"),
        # A day that ends at midnight ends on that day.
        ("day", 16 * HOURS, "5 May 2026"),
        ("week", 3 * DAYS, "5 May 2026 – 8 May 2026"),
        ("hour", 2 * HOURS, "5 May 2026 08:00 – 10:00"),
        ("hour", 16 * HOURS, "5 May 2026 08:00 – 00:00"),
        ("half_day", DAYS, "5 May 2026 08:00 – 6 May 2026 08:00"),
    ],
)
def test_times(slot, length, words):
    offering = OfferingFactory.build(slot=slot, testbed=None)
    assert stretch_words(offering, START, START + length) == words


@pytest.mark.parametrize(
    ("cents", "words"),
    [(None, "not set"), (0, "free of charge"), (1250, "12.50 €"), (5, "0.05 €")],
)
def test_prices(cents, words):
    assert price_words(cents) == words


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [("12345", "Mon–Fri"), ("16", "Mon, Sat"), ("7", "Sun"), ("23", "Tue, Wed"), ("124", "Mon, Tue, Thu")],
)  # fmt: skip
def test_opening_days(weekdays, words):
    assert weekday_words(weekdays) == words


def test_what_is_left_and_near_by():
    offering = OfferingFactory.build(slot="day", testbed=None)
    slots = (Slot(START, START + 8 * HOURS),)
    assert offer_words(offering, Offer(slots, (2,))) == "5 May 2026 (unit 2)"
    assert offer_words(offering, Offer(slots, (2, 3))) == "5 May 2026 (units 2, 3)"
    assert left_words(1) == "Only 1 unit is free for the whole of this time."
    assert left_words(2) == "Only 2 units are free for the whole of this time."


def test_every_question_of_every_version_has_its_words():
    for checklist in CHECKLISTS.values():
        assert set(checklist.keys) <= set(QUESTIONS)
        assert {question.group for question in checklist.questions} <= set(GROUPS)


@pytest.mark.django_db
def test_a_testbed_is_found_by_what_it_offers():
    offering = OfferingFactory(title="Lamps")
    OfferingFactory(testbed=offering.testbed, title="Old lamps", is_offered=False)
    kind, testbed = SEARCHABLE["testbeds"], offering.testbed
    assert list(kind.queryset(AnonymousUser())) == [testbed]
    assert kind.text(testbed).split(" ", 2)[0] == testbed.place.name.split(" ")[0]
    assert ("Lamps" in kind.text(testbed), "Old lamps" in kind.text(testbed)) == (True, False)


@pytest.mark.django_db
def test_staff_translate_testbeds_and_offerings():
    offering = OfferingFactory(testbed__state="draft")
    for thing in (offering, offering.testbed):
        assert may_translate(person_with(Role.STAFF), thing)
        assert not may_translate(UserFactory(), thing)


@pytest.mark.django_db
def test_what_stands_above_a_booking():
    asker = UserFactory()
    booking = BookingFactory(requested_by=asker)
    assert everything_upstream(booking)[1] == booking.experiment
    assert (authors(booking), authors(BookingFactory())) == ([asker], [])


@pytest.mark.django_db
def test_nobody_has_no_bookings():
    assert list(queries.bookings_of_person(AnonymousUser())) == []


@pytest.mark.django_db
def test_a_text_is_filled_in_the_language_of_its_template():
    row = AgreementFactory(template__language="fi", template__text="[starts_on] [city] [parties]")
    with override("en"):
        text = queries.agreement_text(row)
    owner = row.experiment.owner.name
    assert text == f"1.4.2026 {owner} {owner}, {row.partner.name}"
