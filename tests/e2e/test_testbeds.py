"""Booking in a real browser: by keyboard, on a phone without a script, and when somebody was faster."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.factories.experiments import ExperimentFactory
from tests.factories.people import person_with
from tests.factories.testbeds import OfferingFactory
from vuoksi.base.people.models import Role
from vuoksi.loop.experiments.testbeds.actions import request_booking
from vuoksi.loop.experiments.testbeds.engine import Wish
from vuoksi.loop.experiments.testbeds.models import Booking
from vuoksi.loop.experiments.testbeds.queries import free_slots

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def offering():
    return OfferingFactory(units=1, weekdays="1234567", title="Smart poles")


def test_from_the_list_to_a_booking_without_a_script_on_a_phone(open_page, axe, offering):
    experiment, person = ExperimentFactory(title="Lamps"), person_with(Role.STAFF)
    faults = {}
    page = open_page("/testbeds/", user=person, width=320, javascript=False)
    page.get_by_role("link", name=offering.testbed.title).last.click()
    page.get_by_role("link", name="Smart poles").click()
    page.get_by_role("link", name="Later").click()
    page.locator(".slots-narrow a").first.click()
    page.get_by_label("For the experiment").select_option("Lamps")
    page.get_by_label("On behalf of").select_option(experiment.owner.name)
    page.get_by_label("What for").fill("To hang lamps")
    page.get_by_role("button", name="Ask for the booking").click()
    assert Booking.objects.get().purpose == "To hang lamps"
    for language in ("en", "fi", "sv"):
        for path in (
            "/testbeds/",
            offering.testbed.get_absolute_url(),
            offering.get_absolute_url(),
            f"{offering.get_absolute_url()}book/",
            Booking.objects.get().get_absolute_url(),
        ):
            faults[language, path] = axe(open_page(path, language=language, user=person))
    assert [key for key, found in faults.items() if found] == []


def test_the_loser_takes_another_time_with_one_press_of_a_key(open_page, axe, offering):
    experiment, person = ExperimentFactory(title="Lamps"), person_with(Role.STAFF)
    day = timezone.localdate() + timedelta(days=3)
    page = open_page(f"{offering.get_absolute_url()}book/?day={day}", user=person)
    start = free_slots(offering, day, day, timezone.now())[0].slots[0].slot.start
    request_booking(
        key=uuid4(),
        offering=offering,
        experiment=experiment,
        organisation=experiment.owner,
        wish=Wish(start, start, 1),
        purpose="Faster",
        by=person_with(Role.STAFF),
        at=timezone.now(),
    )
    page.get_by_label("For the experiment").select_option("Lamps")
    page.get_by_label("On behalf of").select_option(experiment.owner.name)
    page.get_by_label("What for").fill("To hang lamps")
    page.get_by_role("button", name="Ask for the booking").press("Enter")
    page.get_by_role("link", name="No unit is free for the whole of this time.").wait_for()
    assert axe(page) == []
    assert page.get_by_label("What for").input_value() == "To hang lamps"
    page.locator("button[name=instead]").first.press("Enter")
    page.get_by_role("heading", name="Smart poles").wait_for()
    mine = Booking.objects.get(purpose="To hang lamps")
    assert (mine.slots.count(), mine.starts_at == start) == (1, False)
