"""What becomes of a wish: held, answered, given up; refused when it cannot be, with what is free near by."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.factories.calls import EntryFactory, member_of
from tests.factories.experiments import ExperimentFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.talk import FollowFactory
from tests.factories.testbeds import NOW, BookingFactory, OfferingFactory, TestbedFactory

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.experiments.testbeds import actions, queries
from vuoksi.loop.experiments.testbeds.engine import Wish
from vuoksi.loop.experiments.testbeds.models import BOOKING_STATES, BookedSlot, Booking
from vuoksi.loop.experiments.testbeds.refusals import BookingRefused, CapacityInUse, Taken

pytestmark = pytest.mark.django_db

# Tuesday at eight by the clock in Helsinki.
TUESDAY = datetime(2026, 5, 5, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def staff():
    return person_with(Role.STAFF)


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


def ask(by, offering=None, *, first=TUESDAY, last=None, units=1, at=NOW, **more):
    experiment = more.pop("experiment", None) or ExperimentFactory()
    wanted = {
        "key": uuid4(),
        "offering": offering or OfferingFactory(),
        "experiment": experiment,
        "organisation": experiment.owner,
        "purpose": "To hang cameras",
        **more,
    }
    return actions.request_booking(wish=Wish(first, last or first, units), by=by, at=at, **wanted)


def told(person):
    return list(Notice.objects.filter(user=person).values_list("kind", flat=True).order_by("pk"))


def held(booking):
    rows = booking.slots.order_by("slot_start", "unit_number")
    return [(row.unit_number, row.slot_start) for row in rows]


def test_a_booking_holds_a_row_for_each_unit_and_slot(staff):
    offering = OfferingFactory(price_cents=1500)
    keeper = member_of(offering.testbed.owner, Role.STAFF)
    booking = ask(staff, offering, last=TUESDAY + DAY, units=2)
    assert held(booking) == [(unit, start) for start in (TUESDAY, TUESDAY + DAY) for unit in (1, 2)]
    assert (booking.state, booking.price_cents) == ("requested", 6000)
    assert (booking.starts_at, booking.ends_at) == (TUESDAY, TUESDAY + DAY + timedelta(hours=8))
    assert (told(keeper), told(staff)) == (["testbeds.booking_requested"], [])
    verbs = AuditEntry.objects.filter(verb__startswith="testbeds.").values_list("verb", flat=True)
    assert list(verbs) == ["testbeds.request_booking"]


def test_closed_days_between_are_not_held(staff):
    friday = TUESDAY + 3 * DAY
    booking = ask(staff, first=friday, last=friday + 3 * DAY)
    assert [start for _unit, start in held(booking)] == [friday, friday + 3 * DAY]


def test_what_needs_no_approval_is_approved_at_once(staff):
    booking = ask(staff, OfferingFactory(needs_approval=False))
    assert (booking.state, booking.decided_by, booking.price_cents) == ("approved", staff, None)


def test_the_same_request_twice_is_one_booking(staff):
    offering, experiment, key = OfferingFactory(), ExperimentFactory(), uuid4()
    first = ask(staff, offering, experiment=experiment, key=key)
    assert ask(staff, offering, experiment=experiment, key=key) == first
    assert Booking.objects.count() == 1
    with pytest.raises(NotAllowed):
        ask(person_with(Role.STAFF), offering, experiment=experiment, key=key)


def test_free_units_are_given_first_and_then_nothing(staff):
    offering = OfferingFactory(units=2)
    numbers = [held(ask(staff, offering))[0][0] for _ in range(2)]
    assert numbers == [1, 2]
    with pytest.raises(Taken) as caught:
        ask(staff, offering)
    assert caught.value.free == 0
    assert [offer.slots[0].start for offer in caught.value.offers] == [
        TUESDAY + DAY,
        TUESDAY + 2 * DAY,
        TUESDAY + 3 * DAY,
    ]
    assert Booking.objects.count() == 2


def test_other_times_keep_the_length_and_the_number_of_units(staff):
    offering = OfferingFactory(units=2)
    ask(staff, offering, first=TUESDAY + DAY)
    with pytest.raises(Taken) as caught:
        ask(staff, offering, last=TUESDAY + DAY, units=2)
    assert caught.value.free == 1
    assert [
        ([slot.start for slot in offer.slots], offer.units) for offer in caught.value.offers[:1]
    ] == [([TUESDAY + 2 * DAY, TUESDAY + 3 * DAY], (1, 2))]


SATURDAY = TUESDAY + 4 * DAY


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        ({"first": TUESDAY - DAY - timedelta(hours=5)}, {"first": "past", "last": "closed"}),
        ({"first": SATURDAY}, {"first": "closed", "last": "closed"}),
        ({"last": TUESDAY - DAY}, {"last": "backwards"}),
        ({"units": 4}, {"units": "too_many_units"}),
        ({"units": 0}, {"units": "no_units"}),
        (
            {"first": TUESDAY + 400 * DAY},
            {"first": "too_far", "last": "too_far"},
        ),
        (
            {"first": datetime(9999, 12, 30, tzinfo=UTC)},
            {"first": "too_far", "last": "too_far"},
        ),
        ({"first": datetime(1, 1, 2, tzinfo=UTC)}, {"first": "past", "last": "closed"}),
    ],
)
def test_what_cannot_be_meant_is_refused(staff, asked, wrong):
    with pytest.raises(BookingRefused) as caught:
        ask(staff, **asked)
    assert caught.value.mistakes == wrong
    assert (Booking.objects.count(), BookedSlot.objects.count()) == (0, 0)


def test_the_unit_in_charge_has_its_days_of_notice(staff):
    offering = OfferingFactory(lead_days=3)
    with pytest.raises(BookingRefused) as caught:
        ask(staff, offering)
    assert caught.value.mistakes == {"first": "lead"}
    assert ask(staff, offering, first=TUESDAY + 3 * DAY).state == "requested"


def test_bookings_cross_the_day_on_which_the_clocks_change(staff):
    at = datetime(2026, 10, 19, 9, tzinfo=UTC)
    friday, monday = datetime(2026, 10, 23, 5, tzinfo=UTC), datetime(2026, 10, 26, 6, tzinfo=UTC)
    booking = ask(staff, first=friday, last=monday, at=at)
    assert [start for _unit, start in held(booking)] == [friday, monday]


def test_the_answer_reaches_everyone_upstream(staff, coordinator):
    entry, follower = EntryFactory(state="accepted"), UserFactory()
    FollowFactory(user=follower, thing=entry.call)
    experiment = ExperimentFactory(entries=[entry])
    first, second = (ask(staff, experiment=experiment) for _ in range(2))
    actions.approve_booking(booking=first, by=coordinator, at=NOW)
    actions.refuse_booking(booking=second, reason="Works on the road", by=coordinator, at=NOW)
    upstream = ["testbeds.place_found", "testbeds.place_refused"]
    assert (told(entry.author), told(follower)) == (upstream, upstream)
    assert told(staff) == ["testbeds.booking_approved", "testbeds.booking_refused"]
    said = Notice.objects.get(user=staff, kind="testbeds.booking_refused")
    assert said.details["reason"] == "Works on the road"


STEPS = {
    "approve": lambda row, by: actions.approve_booking(booking=row, by=by, at=NOW),
    "refuse": lambda row, by: actions.refuse_booking(booking=row, reason="x", by=by, at=NOW),
    "withdraw": lambda row, by: actions.withdraw_booking(booking=row, by=by, at=NOW),
    "cancel": lambda row, by: actions.cancel_booking(booking=row, reason="x", by=by, at=NOW),
}
REACHED = {
    "approve": "approved",
    "refuse": "refused",
    "withdraw": "withdrawn",
    "cancel": "cancelled",
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", Booking.State.values)
def test_each_step_from_each_state(coordinator, step, state):
    row = BookingFactory(state=state)
    by = member_of(row.organisation) if step == "withdraw" else coordinator
    if step in BOOKING_STATES.possible(state):
        STEPS[step](row, by)
    elif state == REACHED[step]:
        # A second click changes nothing.
        version = row.version
        STEPS[step](row, by)
        assert row.version == version
    else:
        with pytest.raises(NotPossible):
            STEPS[step](row, by)
        return
    row.refresh_from_db()
    assert row.state == REACHED[step]
    assert row.slots.exists() == (step == "approve")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", [Role.RESIDENT, Role.STAFF, Role.REVIEWER, Role.COMPANY])
def test_others_do_not_answer_or_give_up(step, role):
    state = "approved" if step == "cancel" else "requested"
    with pytest.raises(NotAllowed):
        STEPS[step](BookingFactory(state=state), person_with(role))


@pytest.mark.parametrize("step", ["refuse", "withdraw", "cancel"])
def test_what_is_let_go_can_be_booked_by_others(staff, coordinator, step):
    row = BookingFactory(state="approved" if step == "cancel" else "requested", offering__units=1)
    by = member_of(row.organisation) if step == "withdraw" else coordinator
    STEPS[step](row, by)
    assert ask(staff, row.offering, first=row.starts_at).state == "requested"


def test_the_other_side_hears_of_a_cancellation(coordinator):
    asker = UserFactory()
    row = BookingFactory(state="approved", requested_by=asker)
    keeper = member_of(row.offering.testbed.owner)
    actions.cancel_booking(booking=row, reason="Not needed", by=asker, at=NOW)
    assert (told(keeper), told(asker)) == (["testbeds.booking_cancelled"], [])


def test_an_experiment_that_is_over_holds_nothing_to_come():
    asker = UserFactory(language="fi")
    over = ExperimentFactory(state="cancelled")
    waits = BookingFactory(state="requested", experiment=over, requested_by=asker)
    stands = BookingFactory(state="approved", experiment=over, requested_by=asker)
    begun = BookingFactory(state="approved", experiment=over, starts_at=NOW - DAY)
    other = BookingFactory(state="approved")
    keepers = [member_of(row.offering.testbed.owner) for row in (waits, stands)]
    assert (actions.free_over(at=NOW), actions.free_over(at=NOW)) == (2, 0)
    rows = Booking.objects.in_bulk()
    states = [rows[row.pk].state for row in (waits, stands, begun, other)]
    assert states == ["withdrawn", "cancelled", "approved", "approved"]
    assert set(BookedSlot.objects.values_list("booking", flat=True)) == {begun.pk, other.pk}
    assert [told(keeper) for keeper in keepers] == [
        ["testbeds.booking_withdrawn"],
        ["testbeds.booking_cancelled"],
    ]
    assert told(asker) == ["testbeds.booking_cancelled"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"units": 0},
        {"ends_at": NOW - 400 * DAY},
        {"state": "refused"},
    ],
)
def test_the_database_refuses_a_booking_that_cannot_be(wrong):
    row = BookingFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=row.pk).update(**wrong)


def test_the_database_refuses_to_book_a_unit_twice():
    row = BookingFactory()
    other = BookingFactory(offering=row.offering, numbers=[2])
    with pytest.raises(IntegrityError), transaction.atomic():
        BookedSlot.objects.create(
            booking=other,
            offering=row.offering,
            unit_number=1,
            slot_start=row.starts_at,
            slot_end=row.ends_at,
        )


# The testbed itself.


def test_a_testbed_is_made_published_closed_and_opened_again(coordinator):
    place, owner = TestbedFactory.build().place, TestbedFactory().owner
    place.save()
    row = actions.create_testbed(
        place=place, owner=owner, language="en", title="Kera", by=coordinator, at=NOW
    )
    reached = [row.state]
    for step in (actions.publish_testbed, actions.close_testbed, actions.reopen_testbed):
        step(testbed=row, by=coordinator, at=NOW)
        step(testbed=row, by=coordinator, at=NOW)
        reached.append(row.state)
    assert reached == ["draft", "published", "closed", "published"]
    with pytest.raises(NotPossible):
        actions.close_testbed(testbed=TestbedFactory(state="draft"), by=coordinator, at=NOW)


def test_offerings_are_added_and_changed(coordinator):
    testbed = TestbedFactory()
    actions.edit_testbed(testbed=testbed, version=1, title="New", by=coordinator, at=NOW)
    rows = [
        actions.add_offering(
            testbed=testbed,
            kind="poles",
            language="en",
            title="Poles",
            units=3,
            slot="day",
            weekdays="1",
            by=coordinator,
            at=NOW,
        )
        for _ in range(2)
    ]
    actions.edit_offering(offering=rows[1], version=1, units=5, by=coordinator, at=NOW)
    assert [(row.position, row.units) for row in queries.offerings_of(testbed)] == [(0, 3), (1, 5)]
    for refused in (actions.edit_testbed, actions.add_offering):
        with pytest.raises(NotAllowed):
            refused(
                testbed=testbed, by=person_with(Role.STAFF), at=NOW,
                **({"version": 1} if refused is actions.edit_testbed else {"kind": "data", "language": "en", "title": "x"}),
            )  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"units": 1}, {"slot": "week"}, {"weekdays": "1"}, {"opens_hour": 9}]
)
def test_what_is_booked_is_not_taken_away(coordinator, change):
    row = BookingFactory(units=2)
    offering = row.offering
    with pytest.raises(CapacityInUse):
        actions.edit_offering(offering=offering, version=1, by=coordinator, at=NOW, **change)
    later = row.ends_at + DAY
    actions.edit_offering(offering=offering, version=1, by=coordinator, at=later, **change)
    offering.refresh_from_db()
    assert {name: getattr(offering, name) for name in change} == change


def test_units_without_bookings_may_go(coordinator):
    offering = BookingFactory(units=2).offering
    actions.edit_offering(offering=offering, version=1, units=2, by=coordinator, at=NOW)
    assert offering.units == 2
