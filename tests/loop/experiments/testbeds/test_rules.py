"""Who may read, keep, book, answer, sign and sign off: each person against each state."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.calls import member_of
from tests.factories.experiments import ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import person_with
from tests.factories.testbeds import (
    AgreementFactory,
    BookingFactory,
    ChecklistFactory,
    OfferingFactory,
    TestbedFactory,
)

from vuoksi.base.people.models import Role
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds import rules
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    Booking,
    FilledChecklist,
    Party,
    Testbed,
)

pytestmark = pytest.mark.django_db

STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
STEERING = {Role.COORDINATOR, Role.ADMINISTRATOR}
EVERYBODY = pytest.mark.parametrize("who", [None, *Role])


def somebody(who):
    return AnonymousUser() if who is None else person_with(who)


@EVERYBODY
@pytest.mark.parametrize("state", Testbed.State.values)
def test_who_reads_and_keeps_testbeds(who, state):
    person, testbed = somebody(who), TestbedFactory(state=state)
    assert rules.may_read_testbed(person, testbed) == (state != "draft" or who in STAFF)
    assert rules.may_create_testbed(person) == (who in STEERING)
    assert rules.may_keep_testbed(person, testbed) == (who in STEERING)
    assert rules.may_see_queue(person) == (who in STAFF)
    assert rules.may_keep_templates(person) == (who in STEERING)


@pytest.mark.parametrize("role", list(Role))
def test_the_unit_in_charge_keeps_its_testbed(role):
    testbed = TestbedFactory()
    person = member_of(testbed.owner, role)
    assert rules.may_keep_testbed(person, testbed) == (role in STAFF)
    assert rules.may_keep_testbed(person, TestbedFactory()) == (role in STEERING)


@EVERYBODY
@pytest.mark.parametrize("state", Experiment.State.values)
def test_who_books_by_the_state_of_the_experiment(who, state):
    person, experiment = somebody(who), ExperimentFactory(state=state)
    asking = rules.Asking(OfferingFactory(), experiment, experiment.owner)
    assert rules.may_book(person, asking) == (who in STAFF and state in {"draft", "running"})


@pytest.mark.parametrize("state", Testbed.State.values)
@pytest.mark.parametrize("is_offered", [True, False])
def test_only_what_is_offered_now_can_be_booked(state, is_offered):
    offering = OfferingFactory(testbed__state=state, is_offered=is_offered)
    experiment = ExperimentFactory()
    asking = rules.Asking(offering, experiment, experiment.owner)
    expected = state == "published" and is_offered
    assert rules.may_book(person_with(Role.STAFF), asking) == expected


def test_partners_book_for_themselves_only():
    partner, other = OrganisationFactory(kind="company"), OrganisationFactory(kind="company")
    experiment, offering = ExperimentFactory(), OfferingFactory()
    experiment.partners.add(partner)
    person = member_of(partner)
    assert rules.may_book(person, rules.Asking(offering, experiment, partner))
    assert not rules.may_book(person, rules.Asking(offering, experiment, experiment.owner))
    assert not rules.may_book(member_of(other), rules.Asking(offering, experiment, other))
    assert not rules.may_book(person, rules.Asking(offering, ExperimentFactory(), partner))


@EVERYBODY
@pytest.mark.parametrize("state", Booking.State.values)
def test_who_reads_and_answers_bookings(who, state):
    person, booking = somebody(who), BookingFactory(state=state)
    assert rules.may_read_booking(person, booking) == (who in STAFF)
    assert rules.may_decide_booking(person, booking) == (who in STEERING)
    assert not rules.may_give_up_booking(person, booking)
    assert rules.may_cancel_booking(person, booking) == (who in STEERING)


def test_whose_booking_it_is():
    asker, booking = person_with(Role.COORDINATOR), BookingFactory()
    booking.requested_by = asker
    colleague, keeper = member_of(booking.organisation), member_of(booking.offering.testbed.owner)
    for person in (asker, colleague):
        assert rules.may_read_booking(person, booking)
        assert rules.may_give_up_booking(person, booking)
        assert rules.may_cancel_booking(person, booking)
    # Nobody answers what they asked for themselves.
    assert not rules.may_decide_booking(asker, booking)
    # The unit in charge answers through its staff.
    assert not rules.may_decide_booking(keeper, booking)
    assert rules.may_decide_booking(member_of(booking.offering.testbed.owner, Role.STAFF), booking)


@EVERYBODY
@pytest.mark.parametrize("state", Agreement.State.values)
def test_who_reads_and_signs_agreements(who, state):
    person, agreement = somebody(who), AgreementFactory(state=state)
    assert rules.may_read_agreement(person, agreement) == (who in STAFF)
    assert not any(rules.may_sign(person, party) for party in agreement.parties.all())


@pytest.mark.parametrize("state", Agreement.State.values)
def test_the_parties_read_what_was_sent_and_sign_it_once(state):
    agreement = AgreementFactory(state=state)
    person = member_of(agreement.partner)
    assert rules.may_read_agreement(person, agreement) == (state != "draft")
    if state == "draft":
        return
    mine, theirs = (
        Party.objects.get(agreement=agreement, organisation=one)
        for one in (agreement.partner, agreement.experiment.owner)
    )
    assert rules.may_sign(person, mine) == (state == "sent")
    assert not rules.may_sign(person, theirs)
    mine.signed_at = agreement.sent_at
    assert not rules.may_sign(person, mine)


@EVERYBODY
@pytest.mark.parametrize("state", Experiment.State.values)
def test_who_writes_agreements_and_fills_in_checklists(who, state):
    person, experiment = somebody(who), ExperimentFactory(state=state)
    is_unfinished = state in {"draft", "running"}
    assert rules.may_write_agreement(person, experiment) == (who in STAFF and is_unfinished)
    assert rules.may_read_checklist(person, experiment) == (who in STAFF)
    assert rules.may_fill_checklist(person, experiment) == (who in STAFF and is_unfinished)


@EVERYBODY
@pytest.mark.parametrize("state", FilledChecklist.State.values)
def test_who_signs_off_and_opens_again(who, state):
    person, checklist = somebody(who), ChecklistFactory(state=state)
    assert rules.may_sign_off(person, checklist) == (who in STEERING)
    assert rules.may_reopen_checklist(person, checklist) == (who in STAFF)
    checklist.experiment.state = "running"
    assert not rules.may_reopen_checklist(person, checklist)


def test_nobody_signs_off_their_own_answers():
    coordinator, checklist = person_with(Role.COORDINATOR), ChecklistFactory()
    checklist.filled_by = coordinator
    assert not rules.may_sign_off(coordinator, checklist)


def test_those_who_take_part_read_and_fill_in():
    experiment, partner = ExperimentFactory(), OrganisationFactory()
    experiment.partners.add(partner)
    for person in (member_of(partner), member_of(experiment.owner)):
        assert rules.may_read_checklist(person, experiment)
        assert rules.may_fill_checklist(person, experiment)
    assert not rules.may_read_checklist(member_of(OrganisationFactory()), experiment)
