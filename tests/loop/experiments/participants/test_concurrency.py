"""Many join for the last places in the same moment, over real connections: the database decides."""

from collections import Counter
from datetime import timedelta

import pytest
from tests.factories.at_once import ASKERS, all_at_once
from tests.factories.participants import (
    NOW,
    InvitationFactory,
    RecruitmentFactory,
    consent_in_force,
    joined,
    led_by,
)

from vuoksi.base.people.models import Role
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.models import Participant, Place, Recruitment
from vuoksi.loop.experiments.participants.refusals import JoinedAlready, NotTakingPart

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


def test_whoever_withdraws_while_agreeing_has_withdrawn_everything():
    recruitment = RecruitmentFactory()
    row = joined(recruitment)
    text = queries.text_for(consent_in_force(recruitment, number=2), "en")

    def act(n):
        mine = Participant.objects.get(pk=row.pk)
        if n == 0:
            return actions.withdraw(participant=mine, at=NOW)
        try:
            return actions.give_consent(participant=mine, text=text, digest=text.digest, at=NOW)
        except NotTakingPart:
            return None

    all_at_once(act)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert row.consents.filter(withdrawn_at=None).count() == 0


def test_no_place_that_is_added_while_others_come_stays_empty_while_somebody_waits():
    recruitment = RecruitmentFactory(capacity=2)
    for _ in range(4):
        joined(recruitment)
    lead = led_by(recruitment, Role.STAFF)

    def act(n):
        if n == 0:
            own = Recruitment.objects.get(pk=recruitment.pk)
            return actions.edit_recruitment(
                recruitment=own, version=own.version, capacity=6, by=lead, at=NOW
            )
        return joined(recruitment)

    all_at_once(act)
    states = Counter(Participant.objects.values_list("state", flat=True))
    # Whoever came after the places were added found them free, unless somebody had waited.
    assert (states["joined"] + states["offered"], states["waiting"]) == (6, 5)
    assert states["offered"] >= 2
    assert sorted(Place.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_an_offer_that_is_taken_while_the_clock_ticks_is_taken_or_gone():
    recruitment = RecruitmentFactory(capacity=1)
    first, row = joined(recruitment), joined(recruitment)
    actions.withdraw(participant=first, at=NOW)
    later = NOW + timedelta(days=9)

    def act(n):
        if n % 2:
            return actions.lapse_overdue(at=later)
        try:
            actions.accept_place(participant=Participant.objects.get(pk=row.pk), at=later)
        except NotPossible:
            return "gone"
        return "taken"

    answers = all_at_once(act)
    row.refresh_from_db()
    held = Place.objects.filter(participant=row).count()
    assert (row.state, held) in {("joined", 1), ("lapsed", 0)}
    assert set(answers[::2]) == ({"taken"} if held else {"gone"})
