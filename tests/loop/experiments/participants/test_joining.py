"""Coming in: places, the waiting list, guardians, links, and everything that is refused."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from tests.factories.participants import (
    NOW,
    InvitationFactory,
    RecruitmentFactory,
    consent_in_force,
    joined,
    led_by,
)
from tests.factories.people import UserFactory

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.models import (
    Consent,
    Invitation,
    Key,
    Participant,
    Place,
)
from vuoksi.loop.experiments.participants.refusals import (
    CapacityInUse,
    ConsentChanged,
    JoinedAlready,
    LinkExpired,
    NotNow,
    NotTakingPart,
    OwnGuardian,
    Unready,
)

pytestmark = pytest.mark.django_db


def test_whoever_joins_gets_a_code_a_place_and_a_letter(django_capture_on_commit_callbacks):
    recruitment = RecruitmentFactory()
    with django_capture_on_commit_callbacks(execute=True):
        row = joined(recruitment, email="aino@example.org")
    consent = row.consents.get()
    assert (row.state, row.place.number, consent.by) == ("joined", 1, "self")
    assert consent.digest == consent.text.digest
    assert [letter.to for letter in mail.outbox] == [["aino@example.org"]]
    assert row.code not in mail.outbox[0].body


def test_nothing_in_the_trail_tells_who_stands_behind_a_code():
    user = UserFactory()
    row = joined(RecruitmentFactory(), user=user)
    actions.withdraw(participant=row, at=NOW)
    about = AuditEntry.objects.filter(verb__startswith="participants.")
    assert set(about.values_list("actor_id", flat=True)) == {None}
    assert user.email not in str(list(about.values_list("details", flat=True)))


def test_a_freed_place_goes_to_the_next_who_has_some_days(django_capture_on_commit_callbacks):
    recruitment = RecruitmentFactory(capacity=1, answer_days=4)
    user = UserFactory()
    first = joined(recruitment)
    second, third = joined(recruitment, user=user), joined(recruitment)
    assert [row.state for row in (first, second, third)] == ["joined", "waiting", "waiting"]
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(participant=first, at=NOW)
    second.refresh_from_db()
    assert (second.state, second.offer_ends_at) == ("offered", NOW + timedelta(days=4))
    assert Notice.objects.get(user=user, kind="participants.place_offered").thing == recruitment
    assert user.email in {address for letter in mail.outbox for address in letter.to}
    assert actions.lapse_overdue(at=NOW + timedelta(days=3)) == 0
    assert actions.lapse_overdue(at=NOW + timedelta(days=4)) == 1
    for row in (second, third):
        row.refresh_from_db()
    assert (second.state, third.state) == ("lapsed", "offered")
    actions.accept_place(participant=third, at=NOW + timedelta(days=5))
    third.refresh_from_db()
    assert (third.state, third.place.number) == ("joined", 1)
    assert actions.lapse_overdue(at=NOW + timedelta(days=99)) == 0


def test_whoever_comes_while_others_wait_waits_too():
    recruitment = RecruitmentFactory(capacity=1)
    joined(recruitment)
    joined(recruitment)
    recruitment.capacity = 2
    recruitment.save()
    assert joined(recruitment).state == "waiting"


def test_two_never_hold_one_place():
    recruitment = RecruitmentFactory()
    one, two = joined(recruitment), joined(recruitment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(participant=two).update(number=one.place.number)


def test_a_guardian_agrees_before_anything_begins(django_capture_on_commit_callbacks):
    recruitment = RecruitmentFactory()
    guardian = actions.Guardian("Irma", "Irma@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        row = joined(recruitment, guardian=guardian)
    assert (row.state, row.needs_guardian, queries.has_consent(row)) == ("applied", True, False)
    assert ["irma@example.org"] in [letter.to for letter in mail.outbox]
    text = row.consents.get().text
    actions.confirm_guardian(key=row.key, text=text, digest=text.digest, at=NOW)
    row.refresh_from_db()
    assert (row.state, queries.has_consent(row)) == ("joined", True)
    assert sorted(row.consents.values_list("by", flat=True)) == ["guardian", "self"]


def test_a_guardian_who_does_not_answer_lets_it_lapse():
    row = joined(RecruitmentFactory(), guardian=actions.Guardian("Irma", "irma@example.org"))
    assert actions.lapse_overdue(at=NOW + timedelta(days=61)) == 1
    row.refresh_from_db()
    assert row.state == "lapsed"
    assert actions.drop_lapsed(days=30, at=NOW + timedelta(days=100)) == 1
    assert Key.objects.count() == 0


def test_nobody_joins_twice_or_without_a_living_link():
    recruitment, user = RecruitmentFactory(), UserFactory()
    joined(recruitment, user=user)
    with pytest.raises(JoinedAlready):
        joined(recruitment, user=user)
    with pytest.raises(JoinedAlready):
        joined(recruitment, email=user.email.upper())
    text = queries.text_for(queries.version_in_force(recruitment), "en")
    for dead in ({"used_at": NOW}, {"expires_at": NOW}):
        invitation = InvitationFactory(recruitment=recruitment, **dead)
        with pytest.raises(LinkExpired):
            actions.join(
                recruitment=recruitment,
                comer=actions.Comer("en", invitation=invitation),
                text=text,
                digest=text.digest,
                at=NOW,
            )
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"state": "closed"}, {"state": "draft"}, {"closes_on": (NOW - timedelta(days=1)).date()}],
)
def test_nobody_joins_what_is_not_open(fields):
    with pytest.raises(NotNow):
        joined(RecruitmentFactory(**fields))


def test_nobody_agrees_to_what_they_did_not_see():
    recruitment = RecruitmentFactory()
    text = queries.text_for(queries.version_in_force(recruitment), "en")
    comer = actions.Comer("en", invitation=InvitationFactory(recruitment=recruitment))
    with pytest.raises(ConsentChanged):
        actions.join(recruitment=recruitment, comer=comer, text=text, digest="b" * 64, at=NOW)
    consent_in_force(recruitment, number=2)
    text.refresh_from_db()
    with pytest.raises(ConsentChanged):
        actions.join(recruitment=recruitment, comer=comer, text=text, digest=text.digest, at=NOW)
    assert (Participant.objects.count(), Consent.objects.count()) == (0, 0)


def test_a_new_version_asks_anew(django_capture_on_commit_callbacks):
    recruitment = RecruitmentFactory()
    row = joined(recruitment, email="aino@example.org")
    lead = led_by(recruitment, Role.STAFF)
    version = actions.draft_consent(
        recruitment=recruitment,
        legal_basis="consent",
        on_withdrawal="keep",
        retention_days=10,
        by=lead,
        at=NOW,
    )
    assert (version.number, version.texts.get().purpose) == (2, "To learn.")
    assert queries.has_consent(row)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_consent(consent=version, by=lead, at=NOW)
    assert [letter.to for letter in mail.outbox] == [["aino@example.org"]]
    experiment = recruitment.experiment
    assert queries.refused_codes(experiment, [row.code]) == {row.code: "no_consent"}
    text = version.texts.get()
    actions.give_consent(participant=row, text=text, digest=text.digest, at=NOW)
    assert queries.refused_codes(experiment, [row.code]) == {}
    # Whoever was once promised erasure gets it.
    assert queries.promises_erasure(row)


def test_links_are_kept_as_digests_and_not_sent_too_often(django_capture_on_commit_callbacks):
    recruitment = RecruitmentFactory()
    asked = {"recruitment": recruitment, "email": " Aino@Example.org", "language": "en", "at": NOW}
    with django_capture_on_commit_callbacks(execute=True):
        sent = [actions.send_join_link(**asked) for _ in range(4)]
    assert [one is None for one in sent] == [False, False, False, True]
    assert len(mail.outbox) == 3
    token = mail.outbox[0].body.split("/take-part/invited/")[1].split("/")[0]
    assert queries.invitation_by_digest(queries.digest_of(token)) == sent[0]
    assert not Invitation.objects.filter(digest=token).exists()
    assert actions.drop_invitations(days=30, at=NOW + timedelta(days=45)) == 3


def test_the_team_invites_each_address_once(django_capture_on_commit_callbacks):
    recruitment = RecruitmentFactory()
    lead = led_by(recruitment, Role.STAFF)
    more = {"recruitment": recruitment, "language": "fi", "by": lead, "at": NOW}
    assert actions.invite(emails=["a@example.org", "A@example.org", "b@example.org"], **more) == 2
    assert actions.invite(emails=["a@example.org", "c@example.org"], **more) == 1


def test_what_opening_and_capacity_refuse():
    recruitment = RecruitmentFactory(state="draft", consent=False)
    lead = led_by(recruitment, Role.STAFF)
    with pytest.raises(Unready):
        actions.open_recruitment(recruitment=recruitment, by=lead, at=NOW)
    consent_in_force(recruitment)
    actions.open_recruitment(recruitment=recruitment, by=lead, at=NOW)
    joined(recruitment)
    joined(recruitment)
    with pytest.raises(CapacityInUse):
        actions.edit_recruitment(
            recruitment=recruitment, version=recruitment.version, capacity=1, by=lead, at=NOW
        )
    actions.close_recruitment(recruitment=recruitment, by=lead, at=NOW)
    assert recruitment.state == "closed"


def test_ones_own_link_is_sent_again_to_those_who_take_part(django_capture_on_commit_callbacks):
    recruitment = RecruitmentFactory()
    row = joined(recruitment, email="aino@example.org")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for email in ("nobody@example.org", "aino@example.org", "aino@example.org"):
            actions.send_own_link(recruitment=recruitment, email=email, at=NOW + timedelta(hours=1))
    assert [letter.to for letter in mail.outbox] == [["aino@example.org"]]
    token = mail.outbox[0].body.split("/take-part/own/")[1].split("/")[0]
    assert queries.key_by_digest(queries.digest_of(token)) == row.key


def test_new_places_go_to_those_who_wait(django_capture_on_commit_callbacks):
    recruitment = RecruitmentFactory(capacity=1)
    _first, *waiting = [joined(recruitment, email=f"{n}@example.org") for n in range(4)]
    lead = led_by(recruitment, Role.STAFF)
    with django_capture_on_commit_callbacks(execute=True):
        actions.edit_recruitment(recruitment=recruitment, version=1, capacity=3, by=lead, at=NOW)
    states = [Participant.objects.get(pk=row.pk).state for row in waiting]
    assert states == ["offered", "offered", "waiting"]
    assert [letter.to for letter in mail.outbox] == [["1@example.org"], ["2@example.org"]]
    assert sorted(Place.objects.values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("address", ["aino@example.org", "Aino@Example.org"])
def test_nobody_is_their_own_guardian(address):
    recruitment = RecruitmentFactory()
    with pytest.raises(OwnGuardian):
        joined(recruitment, email="aino@example.org", guardian=actions.Guardian("Myself", address))
    assert (Participant.objects.count(), Invitation.objects.get().used_at) == (0, None)


@pytest.mark.parametrize("state", ["ended", "decided", "cancelled"])
def test_nobody_joins_an_experiment_that_has_ended(state):
    recruitment = RecruitmentFactory()
    recruitment.experiment.state = state
    recruitment.experiment.save()
    with pytest.raises(NotNow):
        joined(recruitment)
    assert queries.is_open(recruitment, NOW.date()) is False


def test_an_experiment_that_has_ended_offers_no_place_and_lets_those_go_who_wait(
    django_capture_on_commit_callbacks,
):
    recruitment = RecruitmentFactory(capacity=2)
    first, other = joined(recruitment), joined(recruitment)
    waiting = joined(recruitment, email="waits@example.org")
    asked = joined(
        recruitment,
        email="young@example.org",
        guardian=actions.Guardian("Irma", "irma@example.org"),
    )
    recruitment.experiment.state = "ended"
    recruitment.experiment.save()
    actions.withdraw(participant=first, at=NOW)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        counts = [actions.close_over(at=NOW), actions.release_waiting(at=NOW)]
    assert counts == [1, 2]
    assert [actions.close_over(at=NOW), actions.release_waiting(at=NOW)] == [0, 0]
    states = [Participant.objects.get(pk=row.pk).state for row in (other, waiting, asked)]
    assert states == ["joined", "lapsed", "lapsed"]
    assert [letter.to for letter in mail.outbox] == [["waits@example.org"], ["young@example.org"]]
    recruitment.refresh_from_db()
    assert (recruitment.state, recruitment.places.count()) == ("closed", 1)


def test_a_recruitment_closes_when_its_last_day_is_over():
    over = RecruitmentFactory(closes_on=NOW.date() - timedelta(days=1))
    RecruitmentFactory(closes_on=NOW.date())
    assert actions.close_over(at=NOW) == 1
    over.refresh_from_db()
    assert (over.state, AuditEntry.objects.get().actor_id) == ("closed", None)


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"closes_on": NOW.date() - timedelta(days=1)}, "last_day"), ({"state": "ended"}, "ended")],
)
def test_what_is_over_is_not_opened_again(fields, code):
    recruitment = RecruitmentFactory(
        state="closed",
        closes_on=fields.get("closes_on"),
        experiment__state=fields.get("state", "running"),
    )
    lead = led_by(recruitment, Role.STAFF)
    with pytest.raises(Unready) as refusal:
        actions.open_recruitment(recruitment=recruitment, by=lead, at=NOW)
    assert refusal.value.code == code


def test_who_answers_while_the_clock_ticks_keeps_the_place(monkeypatch):
    recruitment = RecruitmentFactory(capacity=1)
    first, second = joined(recruitment), joined(recruitment)
    actions.withdraw(participant=first, at=NOW)
    later = NOW + timedelta(days=9)
    found = list(queries.overdue(later))
    assert found == [second]
    actions.accept_place(participant=second, at=NOW)
    real = queries.overdue
    answers = iter([found])
    monkeypatch.setattr(queries, "overdue", lambda at: next(answers, None) or real(at))
    assert actions.lapse_overdue(at=later) == 0
    second.refresh_from_db()
    assert (second.state, second.place.number) == ("joined", 1)


@pytest.mark.parametrize("step", ["withdraw", "lapse"])
def test_nobody_agrees_after_they_have_left(step):
    recruitment = RecruitmentFactory(capacity=1)
    joined(recruitment)
    row = joined(recruitment, guardian=actions.Guardian("Irma", "irma@example.org"))
    key = Key.objects.select_related("participant__recruitment").get(participant=row)
    version = consent_in_force(recruitment, number=2)
    text = queries.text_for(version, "en")
    if step == "withdraw":
        actions.withdraw(participant=row, at=NOW)
    else:
        actions.lapse_overdue(at=NOW + timedelta(days=61))
    with pytest.raises(NotTakingPart):
        actions.confirm_guardian(key=key, text=text, digest=text.digest, at=NOW)
    with pytest.raises(NotTakingPart):
        actions.give_consent(participant=row, text=text, digest=text.digest, at=NOW)
    assert Consent.objects.filter(text=text).count() == 0


def test_nobody_agrees_to_a_text_that_was_replaced_since_it_was_read():
    recruitment = RecruitmentFactory()
    row = joined(recruitment)
    seen = row.consents.get().text
    assert seen.of.state == "published"
    consent_in_force(recruitment, number=2)
    with pytest.raises(ConsentChanged):
        actions.give_consent(participant=row, text=seen, digest=seen.digest, at=NOW)


def test_who_did_not_get_a_place_can_be_forgotten_at_once():
    recruitment = RecruitmentFactory()
    row = joined(recruitment, guardian=actions.Guardian("Irma", "irma@example.org"))
    actions.lapse_overdue(at=NOW + timedelta(days=61))
    actions.withdraw(participant=row, at=NOW + timedelta(days=62))
    assert (row.state, Key.objects.count()) == ("withdrawn", 0)


def test_a_second_click_makes_no_second_page():
    recruitment = RecruitmentFactory(experiment__state="draft")
    again = actions.make_recruitment(
        experiment=recruitment.experiment,
        language="en",
        title="Again",
        by=led_by(recruitment, Role.STAFF),
        at=NOW,
    )
    assert again == recruitment
