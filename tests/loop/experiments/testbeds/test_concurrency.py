"""Many people ask for the same thing in the same moment, over real connections: the database decides."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.factories.at_once import ASKERS, all_at_once
from tests.factories.calls import member_of
from tests.factories.experiments import ExperimentFactory
from tests.factories.people import person_with
from tests.factories.testbeds import NOW, AgreementFactory, OfferingFactory

from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.experiments.testbeds import actions
from vuoksi.loop.experiments.testbeds.engine import Wish
from vuoksi.loop.experiments.testbeds.models import BookedSlot, Booking, Party
from vuoksi.loop.experiments.testbeds.refusals import Taken

pytestmark = pytest.mark.django_db(transaction=True)

TUESDAY = datetime(2026, 5, 5, 5, tzinfo=UTC)


def test_of_many_who_ask_at_once_as_many_win_as_there_are_units():
    offering, experiment = OfferingFactory(units=3), ExperimentFactory()
    people = [person_with(Role.STAFF) for _ in range(ASKERS)]

    def ask(n):
        try:
            booking = actions.request_booking(
                key=uuid4(),
                offering=offering,
                experiment=experiment,
                organisation=experiment.owner,
                wish=Wish(TUESDAY, TUESDAY, 1),
                purpose="x",
                by=people[n],
                at=NOW,
            )
        except Taken as refusal:
            return "taken", len(refusal.offers)
        return "booked", booking.slots.get().unit_number

    answers = all_at_once(ask)
    assert sorted(answers) == [("booked", n) for n in (1, 2, 3)] + [("taken", 3)] * 5
    assert (Booking.objects.count(), BookedSlot.objects.count()) == (3, 3)


def test_one_request_sent_many_times_at_once_is_one_booking():
    offering, experiment = OfferingFactory(), ExperimentFactory()
    person, key = person_with(Role.STAFF), uuid4()

    def ask(n):
        return actions.request_booking(
            key=key,
            offering=offering,
            experiment=experiment,
            organisation=experiment.owner,
            wish=Wish(TUESDAY, TUESDAY, 1),
            purpose="x",
            by=person,
            at=NOW,
        ).pk

    assert len(set(all_at_once(ask))) == 1
    assert BookedSlot.objects.count() == 1


def test_of_many_who_sign_for_one_party_at_once_one_has_signed():
    agreement = AgreementFactory(state="sent")
    party = agreement.parties.get(organisation=agreement.partner)
    people = [member_of(agreement.partner) for _ in range(ASKERS)]

    def sign(n):
        try:
            actions.sign_agreement(
                party=Party.objects.get(pk=party.pk),
                digest=agreement.digest,
                title="Head",
                by=people[n],
                at=NOW,
            )
        except NotAllowed:
            return "too late"
        return people[n].pk

    answers = all_at_once(sign)
    party.refresh_from_db()
    assert sorted(map(str, answers)) == sorted([str(party.signed_by_id), *["too late"] * 7])
