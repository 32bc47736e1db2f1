"""Many join for the last places in the same moment, over real connections: the database decides."""

import pytest
from tests.factories.participants import NOW, InvitationFactory, RecruitmentFactory
from tests.loop.experiments.testbeds.test_concurrency import ASKERS, all_at_once

from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.models import Participant, Place
from vuoksi.loop.experiments.participants.refusals import JoinedAlready

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_who_join_at_once_as_many_get_in_as_there_are_places():
    recruitment = RecruitmentFactory(capacity=3)
    invitations = [InvitationFactory(recruitment=recruitment) for _ in range(ASKERS)]
    text = queries.text_for(queries.version_in_force(recruitment), "en")

    def come(n):
        return actions.join(
            recruitment=recruitment,
            comer=actions.Comer("en", invitation=invitations[n]),
            text=text,
            digest=text.digest,
            at=NOW,
        ).state

    assert sorted(all_at_once(come)) == ["joined"] * 3 + ["waiting"] * 5
    assert sorted(Place.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_one_form_sent_many_times_at_once_is_one_participant():
    recruitment = RecruitmentFactory()
    invitation = InvitationFactory(recruitment=recruitment)
    text = queries.text_for(queries.version_in_force(recruitment), "en")

    def come(n):
        try:
            actions.join(
                recruitment=recruitment,
                comer=actions.Comer("en", invitation=invitation),
                text=text,
                digest=text.digest,
                at=NOW,
            )
        except JoinedAlready:
            return "already"
        return "joined"

    assert sorted(all_at_once(come)) == ["already"] * 7 + ["joined"]
    assert Participant.objects.count() == 1


def test_many_withdraw_at_once_and_each_place_goes_to_one():
    recruitment = RecruitmentFactory(capacity=ASKERS)
    text = queries.text_for(queries.version_in_force(recruitment), "en")
    rows = [
        actions.join(
            recruitment=recruitment,
            comer=actions.Comer("en", invitation=InvitationFactory(recruitment=recruitment)),
            text=text,
            digest=text.digest,
            at=NOW,
        )
        for _ in range(2 * ASKERS)
    ]
    all_at_once(lambda n: actions.withdraw(participant=rows[n], at=NOW))
    states = sorted(Participant.objects.values_list("state", flat=True))
    assert states == ["offered"] * ASKERS + ["withdrawn"] * ASKERS
    assert Place.objects.count() == ASKERS
