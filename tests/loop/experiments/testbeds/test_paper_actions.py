"""Agreements that are fixed when sent and signed by everybody; checklists without which nothing starts."""

import hashlib

import pytest
from django.db import IntegrityError, transaction
from tests.factories.calls import member_of
from tests.factories.experiments import ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import person_with
from tests.factories.testbeds import (
    NOW,
    AgreementFactory,
    BookingFactory,
    ChecklistFactory,
    TemplateFactory,
    TestbedFactory,
)

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.experiments.plans.actions import start_experiment
from vuoksi.loop.experiments.plans.refusals import NotReady
from vuoksi.loop.experiments.testbeds import actions, queries
from vuoksi.loop.experiments.testbeds.engine import CHECKLISTS, NEWEST
from vuoksi.loop.experiments.testbeds.models import Agreement, FilledChecklist, Party
from vuoksi.loop.experiments.testbeds.refusals import Incomplete, TextChanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return person_with(Role.STAFF)


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


def told(person):
    return list(Notice.objects.filter(user=person).values_list("kind", flat=True).order_by("pk"))


def party_of(agreement, organisation):
    return Party.objects.get(agreement=agreement, organisation=organisation)


def test_a_template_is_never_changed_but_followed(coordinator):
    wanted = {"key": "trial", "language": "en", "title": "T", "by": coordinator, "at": NOW}
    first = actions.write_template(text="One", **wanted)
    second = actions.write_template(text="Two", **wanted)
    other = actions.write_template(text="Yksi", **{**wanted, "language": "fi"})
    first.refresh_from_db()
    assert [(row.number, row.text) for row in (first, second, other)] == [
        (1, "One"), (2, "Two"), (1, "Yksi"),
    ]  # fmt: skip
    assert set(queries.templates_offered()) == {second, other}
    with pytest.raises(NotAllowed):
        actions.write_template(text="x", **{**wanted, "by": person_with(Role.STAFF)})


def test_an_agreement_from_draft_to_the_last_signature(staff):
    experiment, partner = ExperimentFactory(), OrganisationFactory(name="Lamps Ltd")
    testbed = TestbedFactory(title="Kera")
    template = TemplateFactory(text="[partner] at [testbed], from [starts_on]: [insurance]")
    signers = [member_of(one) for one in (experiment.owner, partner, testbed.owner)]
    row = actions.draft_agreement(
        experiment=experiment,
        partner=partner,
        template=template,
        testbed=testbed,
        by=staff,
        at=NOW,
    )
    with pytest.raises(Incomplete) as caught:
        actions.send_agreement(agreement=row, by=staff, at=NOW)
    assert caught.value.faults == {"insurance": "missing"}
    actions.edit_agreement(agreement=row, values={"insurance": "yes"}, version=1, by=staff, at=NOW)
    actions.send_agreement(agreement=row, by=staff, at=NOW)
    assert row.text == "Lamps Ltd at Kera, from 1 Apr 2026: yes"
    assert row.digest == hashlib.sha256(row.text.encode()).hexdigest()
    # What was sent is fixed, whatever is called otherwise later.
    type(partner).objects.filter(pk=partner.pk).update(name="Other Ltd")
    for number, (person, organisation) in enumerate(
        zip(signers, (experiment.owner, partner, testbed.owner), strict=True)
    ):
        row.refresh_from_db()
        assert (row.state, queries.agreement_text(row)) == ("sent", row.text)
        party = party_of(row, organisation)
        actions.sign_agreement(party=party, digest=row.digest, title="Head", by=person, at=NOW)
        assert (party.signer_name, party.signed_digest) == (person.name, row.digest), number
    row.refresh_from_db()
    assert (row.state, row.ended_at) == ("signed", NOW)
    assert told(signers[0]) == ["testbeds.agreement_sent", "testbeds.agreement_signed"]


def test_only_the_text_that_was_seen_is_signed():
    row = AgreementFactory(state="sent")
    party, person = party_of(row, row.partner), member_of(row.partner)
    with pytest.raises(TextChanged):
        actions.sign_agreement(party=party, digest="b" * 64, title="x", by=person, at=NOW)
    assert party_of(row, row.partner).signed_at is None


def test_of_two_who_sign_for_one_party_the_second_is_too_late():
    row = AgreementFactory(state="sent")
    first, second = member_of(row.partner), member_of(row.partner)
    seen_before = party_of(row, row.partner)
    more = {"digest": row.digest, "title": "Head", "at": NOW}
    actions.sign_agreement(party=party_of(row, row.partner), by=first, **more)
    with pytest.raises(NotAllowed):
        actions.sign_agreement(party=seen_before, by=second, **more)
    assert party_of(row, row.partner).signed_by == first


def test_nobody_signs_what_was_declined_meanwhile():
    row = AgreementFactory(state="sent")
    owner, partner = member_of(row.experiment.owner), member_of(row.partner)
    seen_before = party_of(row, row.experiment.owner)
    assert seen_before.agreement.state == "sent"
    actions.decline_agreement(
        party=party_of(row, row.partner), reason="Too dear", by=partner, at=NOW
    )
    with pytest.raises(NotAllowed):
        actions.sign_agreement(party=seen_before, digest=row.digest, title="Head", by=owner, at=NOW)
    assert party_of(row, row.experiment.owner).signed_at is None


def test_one_party_that_declines_ends_it():
    row = AgreementFactory(state="sent")
    person, other = member_of(row.partner), member_of(row.experiment.owner)
    actions.decline_agreement(
        party=party_of(row, row.partner), reason="Too dear", by=person, at=NOW
    )
    row.refresh_from_db()
    assert (row.state, row.reason, told(other)) == (
        "declined",
        "Too dear",
        ["testbeds.agreement_declined"],
    )
    with pytest.raises(NotAllowed):
        actions.sign_agreement(
            party=party_of(row, row.experiment.owner),
            digest=row.digest,
            title="x",
            by=other,
            at=NOW,
        )


def test_what_was_sent_cannot_be_edited(staff):
    row = AgreementFactory(state="sent")
    with pytest.raises(NotPossible):
        actions.edit_agreement(agreement=row, values={}, version=1, by=staff, at=NOW)
    version = row.version
    actions.send_agreement(agreement=row, by=staff, at=NOW)
    assert row.version == version
    with pytest.raises(NotPossible):
        actions.send_agreement(agreement=AgreementFactory(state="signed"), by=staff, at=NOW)


@pytest.mark.parametrize("wrong", [{"state": "sent"}, {"digest": "a" * 64}, {"state": "lost"}])
def test_the_database_refuses_an_agreement_that_cannot_be(wrong):
    row = AgreementFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=row.pk).update(**wrong)


# Checklists


def answers(**more):
    plain = {key: {"answer": "no", "note": ""} for key in CHECKLISTS[NEWEST].keys}
    return plain | {key: {"answer": value, "note": ""} for key, value in more.items()}


def fill(experiment, by, given=None, *, version=0, assessment="", review=""):
    return actions.fill_checklist(
        experiment=experiment,
        answers=answers() if given is None else given,
        assessment=assessment,
        review=review,
        version=version,
        by=by,
        at=NOW,
    )


def sign(checklist, by, digest=None):
    actions.sign_off_checklist(
        checklist=checklist,
        role="data_protection",
        digest=digest or queries.checklist_digest(checklist),
        by=by,
        at=NOW,
    )


def test_a_checklist_is_filled_in_and_signed_off(staff, coordinator):
    row = fill(ExperimentFactory(), staff)
    sign(row, coordinator)
    row.refresh_from_db()
    assert (row.state, row.signer_name, row.signer_role) == (
        "signed", coordinator.name, "data_protection",
    )  # fmt: skip
    assert row.signed_digest == queries.checklist_digest(row)
    assert told(staff) == ["testbeds.checklist_signed"]
    version = row.version
    sign(row, coordinator)
    assert row.version == version
    with pytest.raises(NotAllowed):
        sign(ChecklistFactory(filled_by=coordinator), coordinator)


def test_what_follows_must_be_there_before_the_sign_off(staff, coordinator):
    experiment = ExperimentFactory()
    given = answers(
        personal_data="yes", people_studied="yes", location_data="yes", strong_stimuli="yes"
    )
    row = fill(experiment, staff, given)
    with pytest.raises(Incomplete) as caught:
        sign(row, coordinator)
    assert caught.value.faults == {"assessment": "missing", "review": "missing"}
    fill(experiment, staff, given, version=1, assessment="EK 12/2026", review="HY, 1 May 2026")
    row.refresh_from_db()
    sign(row, coordinator)
    assert row.state == "signed"


def test_gaps_may_be_saved_but_not_signed_off(staff, coordinator):
    row = fill(ExperimentFactory(), staff, {"scoring": {"answer": "no", "note": ""}})
    with pytest.raises(Incomplete) as caught:
        sign(row, coordinator)
    assert len(caught.value.faults) == len(CHECKLISTS[NEWEST].keys) - 1


def test_answers_that_changed_are_not_signed_off(staff, coordinator):
    experiment = ExperimentFactory()
    row = fill(experiment, staff)
    seen = queries.checklist_digest(row)
    fill(experiment, staff, answers(personal_data="yes"), version=1)
    row.refresh_from_db()
    with pytest.raises(TextChanged):
        sign(row, coordinator, seen)


def test_two_who_answer_at_once_are_told(staff):
    experiment = ExperimentFactory()
    fill(experiment, staff)
    with pytest.raises(EditedMeanwhile):
        fill(experiment, staff, version=0)


def test_a_signed_checklist_is_opened_again_to_be_changed(staff, coordinator):
    experiment = ExperimentFactory()
    row = ChecklistFactory(experiment=experiment, state="signed")
    with pytest.raises(NotPossible):
        fill(experiment, staff, version=1)
    actions.reopen_checklist(checklist=row, by=staff, at=NOW)
    assert (row.state, row.signed_at, row.signed_digest) == ("open", None, "")
    version = row.version
    actions.reopen_checklist(checklist=row, by=staff, at=NOW)
    assert row.version == version
    assert fill(experiment, staff, version=version).state == "open"


def needing():
    """Experiments that may start with a signed checklist only, each for another reason."""
    asks = TestbedFactory(needs_checklist=True)
    booked = BookingFactory(offering__kind="panel").experiment
    return {
        "begun": ChecklistFactory().experiment,
        "testbed": ExperimentFactory(testbed=asks.place),
        "panel": booked,
    }


@pytest.mark.parametrize("reason", ["begun", "testbed", "panel"])
def test_nothing_starts_before_its_checklist_is_signed_off(coordinator, reason):
    experiment = needing()[reason]
    with pytest.raises(NotReady) as caught:
        start_experiment(experiment=experiment, by=coordinator, at=NOW)
    assert [one.code for one in caught.value.obstacles] == ["checklist"]
    assert caught.value.obstacles[0].url == f"/experiments/{experiment.slug}/checklist/"
    FilledChecklist.objects.filter(experiment=experiment).delete()
    ChecklistFactory(experiment=experiment, state="signed")
    start_experiment(experiment=experiment, by=coordinator, at=NOW)
    assert experiment.state == "running"


def test_other_experiments_start_without_one(coordinator):
    draft = TestbedFactory(needs_checklist=True, state="draft")
    experiment = ExperimentFactory(testbed=draft.place)
    BookingFactory(experiment=experiment, offering__kind="poles")
    BookingFactory(experiment=experiment, offering__kind="panel", state="refused")
    start_experiment(experiment=experiment, by=coordinator, at=NOW)
    assert experiment.state == "running"


@pytest.mark.parametrize(
    "wrong", [{"state": "signed"}, {"signed_digest": "a" * 64}, {"state": "lost"}]
)
def test_the_database_refuses_a_checklist_that_cannot_be(wrong):
    row = ChecklistFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FilledChecklist.objects.filter(pk=row.pk).update(**wrong)


def test_a_checklist_outlives_the_account_of_who_filled_it_in(coordinator):
    row = ChecklistFactory(answers=answers(), filled_by=None)
    sign(row, coordinator)
    assert (row.state, Notice.objects.count()) == ("signed", 0)
