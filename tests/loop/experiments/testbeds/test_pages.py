"""Every page at one and at three rows, the way to a booking without script, and who is turned away."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from icalendar import Calendar
from tests.factories.calls import member_of
from tests.factories.experiments import EvidenceFactory, ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.places import PlaceFactory
from tests.factories.testbeds import (
    NOW,
    AgreementFactory,
    BookingFactory,
    ChecklistFactory,
    OfferingFactory,
    TemplateFactory,
    TestbedFactory,
)

from vuoksi.base.people.models import Role
from vuoksi.base.places.models import Place
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds.engine import CHECKLISTS, NEWEST
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    AgreementTemplate,
    Booking,
    FilledChecklist,
    Offering,
    Testbed,
)

pytestmark = pytest.mark.django_db

COUNTS = pytest.mark.parametrize("count", [1, 3])
EVERY_DAY = "1234567"


@pytest.fixture(autouse=True)
def known_kinds(db):
    """Django asks for a content type once and remembers it: not a query of the page."""
    ContentType.objects.get_for_models(Experiment, Offering, Place, Testbed)


def day(ahead):
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def open_offering(**more):
    return OfferingFactory(weekdays=EVERY_DAY, **more)


def wanted(experiment, **more):
    return {
        "key": uuid4(),
        "experiment": experiment.pk,
        "organisation": experiment.owner_id,
        "first_day": day(3),
        "last_day": day(4),
        "units": 1,
        "purpose": "To hang cameras",
        **more,
    }


def rows_of(page):
    return list(page.context["table"].rows)


@COUNTS
def test_the_list_of_testbeds(client, query_count, count):
    rows = [OfferingFactory().testbed for _ in range(count)]
    TestbedFactory(state="draft")
    with query_count() as counted:
        page = client.get("/testbeds/")
    assert rows_of(page) == rows
    assert len(counted) == 6


def test_the_list_is_narrowed(client):
    panel, _poles = OfferingFactory(kind="panel").testbed, OfferingFactory().testbed
    OfferingFactory(kind="panel", is_offered=False)
    closed = TestbedFactory(state="closed")
    assert rows_of(client.get("/testbeds/?offers=panel")) == [panel]
    assert rows_of(client.get("/testbeds/?state=closed")) == [closed]


@COUNTS
def test_the_page_of_a_testbed(client, query_count, count):
    testbed = TestbedFactory()
    for _ in range(count):
        OfferingFactory(testbed=testbed)
    experiments = [
        EvidenceFactory(
            finding="worse", experiment__testbed=testbed.place, experiment__state="ended"
        ).experiment
        for _ in range(count)
    ]
    booked = BookingFactory(
        offering__testbed=testbed, state="approved", experiment__state="running"
    ).experiment
    BookingFactory(offering__testbed=testbed, experiment__state="running")
    with query_count() as counted:
        page = client.get(testbed.get_absolute_url())
    shown = {row.pk: row.result and row.result.tone for row in page.context["experiments"]}
    assert shown == {booked.pk: None} | {row.pk: "bad" for row in experiments}
    assert len(counted) == 4


@pytest.mark.parametrize(("count", "state"), [(1, "some"), (3, "full")])
def test_the_calendar_by_the_day(client, query_count, count, state):
    offering = open_offering()
    ahead = (timezone.localdate() - NOW.date()).days + 5
    for number in range(count):
        BookingFactory(offering=offering, days=ahead, numbers=[number + 1])
    with query_count() as counted:
        page = client.get(f"{offering.get_absolute_url()}?from={day(5)}")
    cells = [cell for _week, row in page.context["grid"].rows for cell in row]
    taken = next(cell for cell in cells if str(cell.day) == day(5))
    assert (taken.words, taken.state) == (f"{3 - count} of 3 free", state)
    way = f"{offering.get_absolute_url()}book/?day={day(5)}&time=08%3A00"
    assert taken.url == (way if count == 1 else "")
    assert len(counted) == 2


@pytest.mark.parametrize("slot", ["hour", "half_day", "week"])
def test_the_calendar_by_other_slots(client, slot):
    offering = open_offering(slot=slot)
    page = client.get(f"{offering.get_absolute_url()}?from={day(40)}")
    states = {cell.state for _head, row in page.context["grid"].rows for cell in row if cell.words}
    assert (page.status_code, states) == (200, {"free"})
    assert page.context["grid"].days


@pytest.mark.parametrize(("slot", "fewest"), [("hour", 52), ("day", 12)])
def test_the_calendar_has_two_ends(client, slot, fewest):
    """A year is shown; where in a week or month it begins decides on one page more or two."""
    address = open_offering(slot=slot).get_absolute_url()
    grid = client.get(address).context["grid"]
    assert grid.before == ""
    pages = 1
    while grid.after:
        there = client.get(address + grid.after).context["grid"]
        assert there.before
        grid, pages = there, pages + 1
    assert fewest < pages <= fewest + 2


@pytest.mark.parametrize("asked", ["nonsense", "2026-13-45", "9999-12-31", "0001-01-01", ""])
def test_a_calendar_that_makes_no_sense_is_that_of_today(client, asked):
    offering = open_offering()
    now = client.get(offering.get_absolute_url()).context["grid"].title
    page = client.get(f"{offering.get_absolute_url()}?from={asked}")
    assert (page.status_code, page.context["grid"].title) == (200, now)


def test_a_booking_without_script(client_as):
    client, experiment, offering = client_as(Role.STAFF), ExperimentFactory(), open_offering()
    address = f"{offering.get_absolute_url()}book/"
    assert client.get(f"{address}?day={day(3)}&time=08:00").status_code == 200
    page = client.post(address, wanted(experiment, units=2))
    booking = Booking.objects.get()
    assert (page.status_code, page.headers["Location"]) == (302, booking.get_absolute_url())
    assert (booking.slots.count(), booking.state) == (4, "requested")
    assert b"To hang cameras" in client.get(booking.get_absolute_url()).content


def test_the_loser_loses_nothing_and_takes_what_is_near_by(client_as):
    client, experiment = client_as(Role.STAFF), ExperimentFactory()
    offering = open_offering(units=1)
    address = f"{offering.get_absolute_url()}book/"
    client.post(address, wanted(experiment))
    typed = wanted(experiment, purpose="Mine, and long")
    page = client.post(address, typed)
    assert page.status_code == 409
    assert page.context["form"].errors["first_day"] == [
        "No unit is free for the whole of this time."
    ]
    content = page.content.decode()
    assert all(text in content for text in ("Mine, and long", day(3), str(typed["key"])))
    (value, _words), *_more = page.context["offers"]
    page = client.post(address, {**typed, "instead": value})
    assert page.status_code == 302
    starts, ends = value.split("/")
    slots = Booking.objects.get(key=typed["key"]).slots.order_by("slot_start")
    assert [slot.slot_start.isoformat() for slot in slots] == [starts, ends]


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"first_day": day(-3)}, "first_day", "This time is past. Choose a later one."),
        ({"last_day": day(1)}, "last_day", "The end must not come before the beginning."),
        ({"units": 4}, "units", "There are not so many units."),
        ({"units": 0}, "units", "Ensure this value is greater than or equal to 1."),
        (
            {"first_day": "9999-12-31", "last_day": "9999-12-31"},
            "first_day",
            "This is more than a year ahead. Choose an earlier time.",
        ),
        ({"first_day": "0001-01-01"}, "first_day", "This time is past. Choose a later one."),
        ({"purpose": ""}, "purpose", "This field is required."),
        ({"instead": "x/y", "units": 9}, "units", "There are not so many units."),
        ({"instead": "2026-05-05/2026-05-05", "units": 9}, "units", "There are not so many units."),
    ],
)
def test_what_cannot_be_meant_is_said_at_its_field(client_as, change, field, words):
    client, experiment, offering = client_as(Role.STAFF), ExperimentFactory(), open_offering()
    page = client.post(f"{offering.get_absolute_url()}book/", wanted(experiment, **change))
    assert (page.status_code, page.context["form"].errors[field]) == (422, [words])
    assert Booking.objects.count() == 0


def test_a_closed_day_and_too_little_notice_are_said(client_as):
    client, experiment = client_as(Role.STAFF), ExperimentFactory()
    today = timezone.localdate().isoweekday()
    closed = OfferingFactory(weekdays=str(today))
    page = client.post(f"{closed.get_absolute_url()}book/", wanted(experiment))
    assert "it is closed then" in page.context["form"].errors["first_day"][0]
    soon = open_offering(lead_days=30)
    page = client.post(f"{soon.get_absolute_url()}book/", wanted(experiment))
    assert "too soon" in page.context["form"].errors["first_day"][0]


def test_an_organisation_that_takes_no_part_is_refused(client_as):
    client, experiment, offering = client_as(Role.STAFF), ExperimentFactory(), open_offering()
    other = OrganisationFactory()
    data = wanted(experiment, organisation=other.pk)
    page = client.post(f"{offering.get_absolute_url()}book/", data)
    assert "takes no part" in page.context["form"].errors["organisation"][0]


def test_hours_are_booked_by_the_clock(client_as):
    client, experiment, offering = (
        client_as(Role.STAFF), ExperimentFactory(), open_offering(slot="hour"),
    )  # fmt: skip
    hours = {"last_day": day(3), "first_time": "09:00", "last_time": "11:00"}
    client.post(f"{offering.get_absolute_url()}book/", wanted(experiment, **hours))
    starts = Booking.objects.get().slots.order_by("slot_start")
    shown = [timezone.localtime(row.slot_start).strftime("%H:%M") for row in starts]
    assert shown == ["09:00", "10:00", "11:00"]


def test_a_stranger_finds_no_experiment_to_book_for(client_as):
    client, experiment, offering = client_as(), ExperimentFactory(), open_offering()
    page = client.post(f"{offering.get_absolute_url()}book/", wanted(experiment))
    assert (page.status_code, Booking.objects.count()) == (422, 0)
    assert not page.context["may_book_at_all"]


def bookings(count, **more):
    return [BookingFactory(days=n + 1, **more) for n in range(count)]


@COUNTS
def test_our_bookings(client, query_count, count):
    organisation = OrganisationFactory()
    person = member_of(organisation)
    client.force_login(person)
    rows = bookings(count, organisation=organisation)
    BookingFactory()
    with query_count() as counted:
        page = client.get("/my/bookings/")
    assert rows_of(page) == rows[::-1]
    assert len(counted) == 6


@COUNTS
def test_the_queue(client_as, query_count, count):
    client = client_as(Role.COORDINATOR)
    rows = bookings(count)
    BookingFactory(state="approved")
    with query_count() as counted:
        page = client.get("/testbeds/bookings/")
    assert rows_of(page) == rows
    assert len(counted) == 6


def test_a_unit_sees_its_own_queue(client):
    mine, _theirs = bookings(2)
    client.force_login(member_of(mine.offering.testbed.owner, Role.STAFF))
    assert rows_of(client.get("/testbeds/bookings/")) == [mine]


@COUNTS
def test_the_bookings_of_an_experiment(client_as, query_count, count):
    client, experiment = client_as(Role.STAFF), ExperimentFactory()
    rows = bookings(count, experiment=experiment)
    with query_count() as counted:
        page = client.get(f"/experiments/{experiment.slug}/bookings/")
    assert rows_of(page) == rows
    assert len(counted) == 9


@COUNTS
def test_what_is_booked_tells_nobody_who_and_what_for(client, query_count, count):
    testbed = TestbedFactory()
    rows = bookings(count, offering__testbed=testbed)
    BookingFactory(offering__testbed=testbed, state="refused")
    with query_count() as counted:
        page = client.get(f"/testbeds/{testbed.place.slug}/booked/")
    assert [row.booking_id for row in rows_of(page)] == [row.pk for row in rows]
    assert len(counted) == 4
    exported = b"".join(client.get(f"/testbeds/{testbed.place.slug}/booked/?format=json"))
    told = json.loads(exported)
    assert [set(one) for one in told] == [{"offering", "unit", "from", "to", "state"}] * count
    for secret in (rows[0].purpose, rows[0].organisation.name, rows[0].experiment.title):
        assert secret not in page.content.decode() + exported.decode()


def test_the_calendar_file_joins_what_hangs_together(client):
    offering = open_offering(slot="hour", units=2)
    first = BookingFactory(offering=offering, units=2, state="approved")
    BookingFactory(offering=offering, days=3)
    text = client.get(f"/testbeds/{offering.testbed.place.slug}/calendar.ics").content
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "TENTATIVE"]
    assert str(events[0]["summary"]) == f"Booked: {offering.title} (1, 2)"
    assert (events[0].decoded("dtstart"), events[0].decoded("dtend")) == (
        first.starts_at, first.ends_at,
    )  # fmt: skip
    assert first.purpose.encode() not in text


def test_all_that_is_wrong_with_a_wish_is_said_at_once(client_as):
    offering = OfferingFactory(units=3, lead_days=0)
    client = client_as(Role.STAFF)
    data = {"first_day": day(9), "last_day": day(8), "units": 4, "purpose": ""}

    answer = client.post(f"{offering.get_absolute_url()}book/", data)

    errors = answer.context["form"].errors
    assert answer.status_code == 422
    assert errors["last_day"] == ["The end must not come before the beginning."]
    assert errors["units"] == ["There are not so many units."]
    assert {"purpose", "experiment", "organisation"} < set(errors)


HIDDEN = ["", "approve/", "refuse/", "withdraw/", "cancel/"]


@pytest.mark.parametrize("step", HIDDEN)
def test_the_booking_of_others_is_not_there(client_as, step):
    address = BookingFactory().get_absolute_url() + step
    client = client_as()
    answer = client.post(address) if step == "approve/" else client.get(address)
    assert answer.status_code == 404


def test_a_booking_is_answered_on_its_pages(client_as):
    client = client_as(Role.COORDINATOR)
    first, second, third = bookings(3)
    client.post(first.get_absolute_url() + "approve/")
    assert client.get(second.get_absolute_url() + "refuse/").status_code == 200
    assert client.post(second.get_absolute_url() + "refuse/", {"reason": ""}).status_code == 422
    client.post(second.get_absolute_url() + "refuse/", {"reason": "No power"})
    client.post(first.get_absolute_url() + "cancel/", {"reason": "Storm"})
    Booking.objects.filter(pk=third.pk).update(requested_by=client.user)
    assert client.get(third.get_absolute_url() + "withdraw/").status_code == 200
    client.post(third.get_absolute_url() + "withdraw/")
    states = Booking.objects.order_by("pk").values_list("state", "reason")
    assert list(states) == [("cancelled", "Storm"), ("refused", "No power"), ("withdrawn", "")]


TESTBED = {
    "language": "en",
    "title": "Kera",
    "summary": "Poles",
    "rules": "",
    "contact": "Ask us",
    "needs_checklist": "on",
}
OFFERING = {
    "kind": "poles",
    "language": "en",
    "title": "Poles",
    "units": 12,
    "slot": "day",
    "days": ["1", "3"],
    "opens_hour": 8,
    "closes_hour": 16,
    "lead_days": 2,
    "price_eur": "12.50",
    "needs_approval": "on",
    "is_offered": "on",
}


def test_a_testbed_is_made_and_kept(client_as):
    client = client_as(Role.COORDINATOR)
    place, owner = PlaceFactory(kind="testbed"), OrganisationFactory()
    assert client.get("/testbeds/new/").status_code == 200
    client.post("/testbeds/new/", {**TESTBED, "place": place.pk, "owner": owner.pk})
    row = Testbed.objects.get()
    address = row.get_absolute_url()
    client.post(f"{address}edit/", {**TESTBED, "owner": owner.pk, "title": "New", "version": 1})
    stale = client.post(f"{address}edit/", {**TESTBED, "owner": owner.pk, "version": 1})
    for step in ("publish", "close", "reopen"):
        client.post(f"{address}{step}/")
    row.refresh_from_db()
    assert (row.title, row.state, stale.status_code) == ("New", "published", 409)


def test_an_offering_is_made_and_changed(client_as):
    client, testbed = client_as(Role.COORDINATOR), TestbedFactory()
    address = f"{testbed.get_absolute_url()}offerings/new/"
    assert client.get(address).status_code == 200
    client.post(address, OFFERING)
    row = Offering.objects.get()
    assert (row.weekdays, row.price_cents, row.units) == ("13", 1250, 12)
    change = f"{row.get_absolute_url()}edit/"
    assert client.get(change).context["form"]["price_eur"].value() == 12.5
    client.post(change, {**OFFERING, "units": 5, "price_eur": "", "version": 1})
    row.refresh_from_db()
    assert (row.units, row.price_cents) == (5, None)
    assert client.post(change, {**OFFERING, "version": 1}).status_code == 409
    BookingFactory(offering=row, days=3650, numbers=[5])
    refused = client.post(change, {**OFFERING, "units": 4, "version": 2})
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"units"})


@pytest.mark.parametrize(
    "wrong", [{"closes_hour": 8}, {"slot": "half_day", "closes_hour": 9}, {"closes_hour": ""}]
)
def test_opening_hours_that_cannot_be_are_said(client_as, wrong):
    client, testbed = client_as(Role.COORDINATOR), TestbedFactory()
    page = client.post(f"{testbed.get_absolute_url()}offerings/new/", {**OFFERING, **wrong})
    assert set(page.context["form"].errors) == {"closes_hour"}


@pytest.mark.parametrize("path", ["edit/", "offerings/new/"])
def test_others_do_not_keep_it(client_as, path):
    address = TestbedFactory().get_absolute_url() + path
    assert client_as(Role.STAFF).get(address).status_code == 403


def test_a_draft_is_there_for_staff_only(client, client_as):
    testbed = TestbedFactory(state="draft")
    offering = OfferingFactory(testbed=testbed)
    for address in (testbed.get_absolute_url(), offering.get_absolute_url()):
        assert client.get(address).status_code == 404
        assert client_as(Role.STAFF).get(address).status_code == 200
    assert client.get(f"/testbeds/{testbed.place.slug}/calendar.ics").status_code == 404


# Agreements and checklists


@COUNTS
def test_the_agreements_of_an_experiment(client_as, query_count, count):
    client, experiment = client_as(Role.STAFF), ExperimentFactory()
    rows = [AgreementFactory(experiment=experiment, state="sent") for _ in range(count)]
    with query_count() as counted:
        page = client.get(f"/experiments/{experiment.slug}/agreements/")
    assert [row for row, _tone in page.context["agreements"]] == rows[::-1]
    assert len(counted) == 13


def test_an_agreement_is_written_sent_and_signed_on_its_pages(client_as, client):
    staff, experiment, partner = client_as(Role.STAFF), ExperimentFactory(), OrganisationFactory()
    experiment.partners.add(partner)
    template = TemplateFactory()
    made = staff.post(
        f"/experiments/{experiment.slug}/agreements/",
        {"partner": partner.pk, "template": template.pk},
    )
    row = Agreement.objects.get()
    address = made.headers["Location"]
    missing = staff.post(address, {"version": 1, "insurance": "", "do": "send"})
    assert (missing.status_code, set(missing.context["form"].errors)) == (422, {"insurance"})
    row.refresh_from_db()
    staff.post(address, {"version": row.version, "insurance": "Ours", "do": "save"})
    stale = staff.post(address, {"version": 1, "insurance": "Theirs", "do": "save"})
    assert stale.status_code == 409
    row.refresh_from_db()
    staff.post(address, {"version": row.version, "insurance": "Ours", "do": "send"})
    row.refresh_from_db()
    assert (row.state, row.text.endswith("Insurance: Ours")) == ("sent", True)


def test_an_agreement_is_signed_or_declined_on_its_pages(client):
    row = AgreementFactory(state="sent")
    experiment, partner, address = row.experiment, row.partner, row.get_absolute_url()
    client.force_login(member_of(partner))
    assert client.get(f"{address}text.txt").content.decode() == row.text
    party = row.parties.get(organisation=partner)
    signing = f"{address}{party.pk}/sign/"
    assert client.post(signing, {"digest": row.digest, "title": ""}).status_code == 422
    given = {"digest": row.digest, "title": "Head", "has_read": "on"}
    client.post(signing, {**given, "digest": "b" * 64})
    party.refresh_from_db()
    assert party.signed_at is None
    client.post(signing, given)
    assert b"Head" in client.get(address).content
    client.force_login(member_of(experiment.owner))
    other = row.parties.get(organisation=experiment.owner)
    assert client.get(f"{address}{other.pk}/decline/").status_code == 200
    client.post(f"{address}{other.pk}/decline/", {"reason": "No"})
    row.refresh_from_db()
    assert row.state == "declined"


def test_agreements_are_not_there_for_others(client_as):
    row = AgreementFactory(state="sent", experiment__state="running")
    stranger = client_as()
    assert stranger.get(row.get_absolute_url()).status_code == 404
    assert stranger.get(f"{row.get_absolute_url()}text.txt").status_code == 404
    assert stranger.get(f"/experiments/{row.experiment.slug}/agreements/").status_code == 403
    draft = AgreementFactory(experiment__state="running")
    assert client_as(Role.STAFF).get(f"{draft.get_absolute_url()}text.txt").status_code == 404


def test_templates_are_written_on_their_page(client_as):
    client = client_as(Role.COORDINATOR)
    data = {"key": "trial", "language": "en", "title": "T", "text": "[partner]"}
    client.post("/testbeds/templates/", data)
    client.post("/testbeds/templates/", data)
    assert client.get("/testbeds/templates/").status_code == 200
    numbers = AgreementTemplate.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


def given(**more):
    keys = CHECKLISTS[NEWEST].keys
    return {f"a_{key}": "no" for key in keys} | {"version": 0} | more


def test_a_checklist_is_filled_in_and_signed_off_on_its_pages(client_as):
    staff, coordinator = client_as(Role.STAFF), client_as(Role.COORDINATOR)
    experiment = ExperimentFactory()
    address = f"/experiments/{experiment.slug}/checklist/"
    assert staff.get(address).context["checklist"] is None
    assert staff.get(f"{address}fill/").status_code == 200
    partly = given(a_personal_data="yes", a_matching="yes", a_scoring="")
    staff.post(f"{address}fill/", partly)
    page = coordinator.get(address)
    assert set(page.context["faults"]) == {"scoring", "matching"}
    coordinator.post(f"{address}sign/", {"digest": page.context["digest"], "role": "head"})
    row = FilledChecklist.objects.get()
    assert row.state == "open"
    stale = staff.post(f"{address}fill/", given(version=0))
    assert (stale.status_code, stale.context["form"]["a_matching"].value()) == (409, "no")
    staff.post(f"{address}fill/", given(version=1))
    coordinator.post(f"{address}sign/", {"digest": "b" * 64, "role": "head"})
    page = coordinator.get(address)
    assert (page.context["faults"], page.context["checklist"].state) == ({}, "open")
    coordinator.post(f"{address}sign/", {"digest": page.context["digest"], "role": "head"})
    assert b"head of the unit in charge" in staff.get(address).content
    staff.post(f"{address}reopen/")
    row.refresh_from_db()
    assert row.state == "open"


def test_a_checklist_is_closed_to_others(client_as):
    experiment = ChecklistFactory(experiment__state="running").experiment
    address = f"/experiments/{experiment.slug}/checklist/"
    for path in ("", "fill/"):
        assert client_as().get(address + path).status_code == 403
    assert client_as(Role.STAFF).post(f"{address}sign/", {}).status_code == 302


def test_the_start_page_says_what_is_in_the_way(client_as):
    experiment = ChecklistFactory().experiment
    page = client_as(Role.COORDINATOR).get(f"/experiments/{experiment.slug}/start/")
    assert f'href="/experiments/{experiment.slug}/checklist/"' in page.content.decode()
    assert b"Exactly this is fixed" not in page.content


def test_those_who_take_part_find_the_way_from_the_experiment(client, client_as):
    experiment = ExperimentFactory(state="running")
    address = f"/experiments/{experiment.slug}/"
    assert b"/checklist/" not in client.get(address).content
    content = client_as(Role.STAFF).get(address).content.decode()
    for part in ("bookings", "agreements", "checklist"):
        assert f'href="{address}{part}/"' in content
