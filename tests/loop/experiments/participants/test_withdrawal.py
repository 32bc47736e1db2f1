"""Withdrawing: the data go as promised, at once and in every storey, and the person is told."""

import json
import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.test import Client
from tests.factories.experiments import ExperimentFactory, pairs
from tests.factories.participants import (
    NOW,
    RecruitmentFactory,
    SurveyFactory,
    consent_in_force,
    joined,
    led_by,
)
from tests.factories.people import UserFactory, person_with

from vuoksi.base.people.keeping import KEPT
from vuoksi.base.people.models import Role
from vuoksi.base.privacy import queries as privacy
from vuoksi.base.privacy.actions import ask_export
from vuoksi.base.privacy.models import Export
from vuoksi.loop.experiments.analyses.actions import (
    Wanted,
    analyse,
    make_groups,
    publish_evidence,
)
from vuoksi.loop.experiments.analyses.models import Analysis
from vuoksi.loop.experiments.analyses.queries import data_of
from vuoksi.loop.experiments.measurements.actions import add_measurements, pull_scores
from vuoksi.loop.experiments.measurements.models import Measurement
from vuoksi.loop.experiments.measurements.queries import (
    Value,
    digest_of_changes,
    score_changes,
    values_of,
)
from vuoksi.loop.experiments.measurements.refusals import Refused
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.models import Key, Participant, Place, Response
from vuoksi.loop.experiments.participants.personal import responses_of
from vuoksi.loop.experiments.participants.refusals import Frozen
from vuoksi.loop.experiments.plans.models import Grouping, ListedUnit

pytestmark = pytest.mark.django_db
DAYS = date(2026, 4, 2), date(2026, 5, 2)


def of(row, before=10.0, after=12.0):
    return [Value("before", row.code, DAYS[0], before), Value("after", row.code, DAYS[1], after)]


def send(experiment, values):
    return add_measurements(
        experiment=experiment,
        values=values,
        origin="hand",
        by=person_with(Role.STAFF),
        at=NOW,
    )


def everything_public(experiment):
    """All that anybody can read of an experiment's data, as one text."""
    client, slug = Client(), experiment.slug
    paths = [
        f"/experiments/{slug}/",
        *(
            f"/experiments/{slug}/measurements/{more}"
            for more in ("", "?format=csv", "?format=json")
        ),
        *(f"/api/experiments/{slug}{more}" for more in ("", "/measurements", "/analyses")),
        f"/experiments/{slug}/take-part/",
        f"/api/recruitments/{slug}",
    ]
    found = []
    for path in paths:
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found.append(body.decode())
    return "\n".join(found)


@pytest.fixture
def trial():
    """Four who were measured, one of them with a value that nobody else has."""
    recruitment = RecruitmentFactory(capacity=9)
    rows = [joined(recruitment) for _ in range(4)]
    values = [one for n, row in enumerate(rows[1:]) for one in of(row, 10.0 + n, 13.0 + 2 * n)]
    send(recruitment.experiment, [*of(rows[0], 17.125, 18.375), *values])
    return recruitment, rows


def test_erased_means_gone_from_page_file_api_and_analysis(trial):
    recruitment, (leaver, *_others) = trial
    experiment = recruitment.experiment
    experiment.state, experiment.ended_at = "ended", NOW - timedelta(days=1)
    experiment.save()
    analyse(experiment=experiment, by=person_with(Role.COORDINATOR), at=NOW)
    before = everything_public(experiment)
    assert (leaver.code in before, "17.125" in before) == (True, True)
    actions.withdraw(participant=leaver, at=NOW)
    after = everything_public(experiment)
    assert (leaver.code in after, "17.125" in after, "18.375" in after) == (False, False, False)
    assert {unit for _arm, unit, _day, _value in data_of(experiment)} == {
        row.code for row in _others
    }
    assert Analysis.objects.count() == 0
    again = analyse(experiment=experiment, by=person_with(Role.COORDINATOR), at=NOW)
    assert len(again.problem["reference"]) == 3


def test_published_results_stay_and_give_out_no_value(trial):
    recruitment, (leaver, *_others) = trial
    experiment = recruitment.experiment
    experiment.state, experiment.ended_at = "ended", NOW - timedelta(days=1)
    experiment.save()
    lead = person_with(Role.COORDINATOR)
    analysis = analyse(experiment=experiment, by=lead, at=NOW)
    publish_evidence(analysis=analysis, claim="C", limits="", language="en", by=lead, at=NOW)
    actions.withdraw(participant=leaver, at=NOW)
    after = everything_public(experiment)
    assert ("17.125" in after, leaver.code in after) == (False, False)
    assert Analysis.objects.count() == 1
    answer = Client().get(f"/api/experiments/{experiment.slug}/analyses").json()["results"][0]
    assert "reference" not in answer["problem"]


def test_kept_means_cut_loose():
    recruitment = RecruitmentFactory(consent__on_withdrawal="keep")
    leaver = joined(recruitment)
    send(recruitment.experiment, of(leaver))
    items = [{"kind": "text"}, {"kind": "number"}]
    survey = SurveyFactory(recruitment=recruitment, items=items)
    text, number = queries.items_of(survey)
    answers = {str(text.pk): "I am Aino", str(number.pk): 3}
    actions.save_answers(survey=survey, participant=leaver, answers=answers, is_sent=True, at=NOW)
    actions.withdraw(participant=leaver, at=NOW)
    units = set(Measurement.objects.values_list("unit_code", flat=True))
    response = Response.objects.get()
    assert leaver.code not in units
    assert units == {response.loose_code}
    assert (response.participant, response.answers) == (None, {str(number.pk): 3})
    assert not Participant.objects.filter(code__in=units).exists()
    with pytest.raises(Refused):
        send(recruitment.experiment, of(leaver, 1.0, 2.0))


def test_a_code_that_has_withdrawn_is_refused_at_its_line(trial):
    recruitment, (leaver, other, *_more) = trial
    actions.withdraw(participant=leaver, at=NOW)
    later = date(2026, 5, 3)
    with pytest.raises(Refused) as refusal:
        send(
            recruitment.experiment,
            [Value("after", other.code, later, 1.0), Value("after", leaver.code, later, 1.0)],
        )
    assert [(fault.line, fault.code) for fault in refusal.value.faults] == [(1, "withdrawn")]


def test_the_person_is_told_and_the_key_goes(django_capture_on_commit_callbacks):
    user = UserFactory()
    guardian = actions.Guardian("Irma", "irma@example.org")
    row = joined(RecruitmentFactory(), user=user, guardian=guardian)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(participant=row, at=NOW)
    assert [letter.to for letter in mail.outbox] == [[user.email], ["irma@example.org"]]
    assert row.code in mail.outbox[0].body
    row.refresh_from_db()
    assert (row.state, Key.objects.count()) == ("withdrawn", 0)
    assert set(row.consents.values_list("withdrawn_at", flat=True)) == {NOW}
    actions.withdraw(participant=row, at=NOW + timedelta(days=1))
    assert row.consents.get().withdrawn_at == NOW


def test_a_mail_server_that_fails_stops_no_withdrawal(settings, django_capture_on_commit_callbacks):
    row = joined(RecruitmentFactory())
    settings.EMAIL_BACKEND = "nowhere.Backend"
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(participant=row, at=NOW)
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_nothing_is_saved_for_one_who_has_withdrawn():
    recruitment = RecruitmentFactory()
    row, survey = joined(recruitment), SurveyFactory(recruitment=recruitment)
    item = survey.items.get()
    answers = {str(item.pk): 3}
    actions.save_answers(survey=survey, participant=row, answers=answers, is_sent=True, at=NOW)
    actions.withdraw(participant=row, at=NOW)
    assert Response.objects.count() == 0
    with pytest.raises(Frozen):
        actions.save_answers(survey=survey, participant=row, answers=answers, is_sent=True, at=NOW)


def test_scores_become_measurements_and_leave_with_the_person():
    recruitment = RecruitmentFactory(capacity=5)
    experiment, lead = recruitment.experiment, person_with(Role.STAFF)
    rows = [joined(recruitment) for _ in range(3)]
    for moment, at in (("before", NOW - timedelta(days=9)), ("after", NOW)):
        survey = SurveyFactory(recruitment=recruitment, moment=moment)
        for n, row in enumerate(rows):
            answers = {str(survey.items.get().pk): n + (2 if moment == "after" else 1)}
            actions.save_answers(
                survey=survey, participant=row, answers=answers, is_sent=True, at=at
            )
    assert queries.measurable(recruitment) == ["own"]
    digest = digest_of_changes(score_changes(experiment, "own").changes)
    actions.withdraw(participant=rows[0], at=NOW)
    old = pull_scores(experiment=experiment, scale="own", digest=digest, by=lead, at=NOW)
    assert old is None  # somebody withdrew since the preview
    digest = digest_of_changes(score_changes(experiment, "own").changes)
    batch = pull_scores(experiment=experiment, scale="own", digest=digest, by=lead, at=NOW)
    assert (batch.count, batch.origin) == (4, "survey")
    assert sorted((arm, value) for arm, _unit, _day, value in values_of(experiment)) == [
        ("after", 3.0), ("after", 4.0), ("before", 2.0), ("before", 3.0),
    ]  # fmt: skip
    actions.withdraw(participant=rows[1], at=NOW)
    assert {unit for _arm, unit, _day, _value in values_of(experiment)} == {rows[2].code}


def test_erasing_an_account_withdraws_and_export_tells_all_before():
    user, recruitment = UserFactory(), RecruitmentFactory()
    row, survey = joined(recruitment, user=user), SurveyFactory(recruitment=recruitment)
    answers = {str(survey.items.get().pk): 3}
    actions.save_answers(survey=survey, participant=row, answers=answers, is_sent=True, at=NOW)
    assert [one.answers for one in responses_of(user)] == [answers]
    assert [one.withdrawn_at for one in privacy.consents(user)] == [None]
    actions.forget_person(user=user, keep_texts=True, at=NOW)
    row.refresh_from_db()
    assert (row.state, Key.objects.count(), Response.objects.count()) == ("withdrawn", 0, 0)


def test_the_export_tells_answers_in_words_and_the_text_that_was_agreed_to():
    user, recruitment = UserFactory(), RecruitmentFactory()
    row = joined(recruitment, user=user)
    survey = SurveyFactory(
        recruitment=recruitment,
        items=[
            {"kind": "several", "choices": "Walk\nBicycle\nBus"},
            {"kind": "number"},
            {"kind": "text"},
        ],
    )
    several, number, text = (str(item.pk) for item in queries.items_of(survey))
    answers = {several: [0, 2], number: 3, text: "Gladly"}
    actions.save_answers(survey=survey, participant=row, answers=answers, is_sent=True, at=NOW)

    told = exported(user)

    assert told["participants.Response"][0]["answers"] == [
        {"question": "Question 0", "answer": "Walk, Bus"},
        {"question": "Question 1", "answer": "3"},
        {"question": "Question 2", "answer": "Gladly"},
    ]
    (consent,) = told["participants.Consent"]
    assert (consent["text__purpose"], consent["text__of__on_withdrawal"]) == ("To learn.", "erase")


def test_a_guardian_exports_their_own_part_and_nothing_of_the_young_person():
    guardian, recruitment = UserFactory(email="irma@example.org"), RecruitmentFactory()
    named = actions.Guardian("Irma", "Irma@example.org")
    row = joined(recruitment, email="young@example.org", guardian=named)
    text = queries.text_for(queries.version_in_force(recruitment), "en")
    actions.confirm_guardian(key=row.key, text=text, digest=text.digest, at=NOW)

    told = exported(guardian)

    (mine,) = told["participants.Key"]
    assert (mine["guardian_name"], mine["guardian_email"]) == ("Irma", "irma@example.org")
    assert [one["by"] for one in told["participants.Consent"]] == ["guardian"]
    assert ("young@example.org" in str(told), row.code in str(told)) == (False, False)
    assert sorted(told) == ["participants.Consent", "participants.Key"]


def test_a_copy_made_before_goes_with_the_withdrawal(django_capture_on_commit_callbacks):
    user, guardian, other = UserFactory(), UserFactory(email="irma@example.org"), UserFactory()
    named = actions.Guardian("Irma", "irma@example.org")
    row = joined(RecruitmentFactory(), user=user, guardian=named)
    with django_capture_on_commit_callbacks(execute=True):
        copies = [ask_export(user=person, at=NOW) for person in (user, guardian, other)]
    files = [Export.objects.get(pk=copy.pk).file for copy in copies]
    assert [one.storage.exists(one.name) for one in files] == [True, True, True]

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(participant=row, at=NOW)

    assert [one.storage.exists(one.name) for one in files] == [False, False, True]
    assert [copy.user for copy in Export.objects.all()] == [other]


def test_the_export_holds_what_was_measured_under_my_code_and_my_group(trial):
    recruitment, (mine, _other, *_more) = trial
    user = UserFactory(email=mine.key.email)
    grouping = Grouping.objects.create(
        experiment=recruitment.experiment, method="listed", text="{}", digest="d", at=NOW
    )
    for row, arm in ((mine, "treatment"), (_other, "control")):
        ListedUnit.objects.create(grouping=grouping, code=row.code, arm=arm)

    values = exported(user, "measurements.json")["measurements.Measurement"]
    groups = exported(user, "experiments.json")["experiments.ListedUnit"]

    assert [(one["unit_code"], one["arm"], one["value"]) for one in values] == [
        (mine.code, "before", 17.125),
        (mine.code, "after", 18.375),
    ]
    assert [(one["code"], one["arm"]) for one in groups] == [(mine.code, "treatment")]
    recruitment.experiment.state = "draft"
    recruitment.experiment.save()
    assert [list(one.rows(user)) for one in KEPT if one.model == "experiments.ListedUnit"] == [[]]


def exported(user, name="participants.json"):
    """What the file of everything about a person says, of participants unless said otherwise."""
    out = BytesIO()
    privacy.write_archive(user, out, lambda share: None)
    return json.loads(zipfile.ZipFile(out).read(name))


def test_a_unit_without_a_match_is_forgotten_in_the_text_of_the_groups():
    recruitment = RecruitmentFactory(experiment__state="draft", capacity=9)
    experiment = recruitment.experiment
    experiment.design = "matched_pairs"
    experiment.save()
    leaver = joined(recruitment)
    others = [joined(recruitment) for _ in range(4)]
    known = [
        ("treatment", leaver, 99.0),
        *(("control", row, float(n)) for n, row in enumerate(others[:2])),
        *(("treatment", row, float(n)) for n, row in enumerate(others[2:])),
    ]
    make_groups(
        experiment=experiment,
        units=[Wanted(row.code, group=group, known={"age": value}) for group, row, value in known],
        method="matching",
        seed=None,
        by=person_with(Role.STAFF),
        at=NOW,
    )
    grouping = experiment.groupings.get()
    assert (leaver.code in grouping.text, grouping.units.filter(code=leaver.code).exists()) == (
        True,
        False,
    )
    actions.withdraw(participant=leaver, at=NOW)
    grouping.refresh_from_db()
    assert (leaver.code in grouping.text, others[0].code in grouping.text) == (False, True)


def test_keys_and_answers_go_when_the_promised_time_is_over():
    recruitment = RecruitmentFactory()
    experiment = recruitment.experiment
    row, survey = joined(recruitment), SurveyFactory(recruitment=recruitment)
    answers = {str(survey.items.get().pk): 3}
    actions.save_answers(survey=survey, participant=row, answers=answers, is_sent=True, at=NOW)
    assert actions.forget_in_time(days=1825, at=NOW + timedelta(days=999)) == 0
    experiment.state, experiment.ended_at = "ended", NOW
    experiment.save()
    assert actions.forget_in_time(days=1825, at=NOW + timedelta(days=100)) == 0
    assert actions.forget_in_time(days=1825, at=NOW + timedelta(days=101)) == 2
    assert (Key.objects.count(), Response.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("ends_on", "days"), [(None, 101), (NOW.date() + timedelta(days=200), 301)]
)
def test_an_experiment_that_never_begins_keeps_nobody_for_ever(
    ends_on, days, django_capture_on_commit_callbacks
):
    plan = {"starts_on": None, "ends_on": ends_on}
    recruitment = RecruitmentFactory(experiment=ExperimentFactory(state="draft", **plan))
    row = joined(recruitment, email="aino@example.org")
    mail.outbox.clear()
    before = {"days": 1825, "at": NOW + timedelta(days=days - 2)}
    assert (actions.forget_in_time(**before), len(mail.outbox)) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.forget_in_time(days=1825, at=NOW + timedelta(days=days)) == 1
    assert (Key.objects.count(), Place.objects.count()) == (0, 0)
    assert [(letter.to, "has not begun" in letter.body) for letter in mail.outbox] == [
        (["aino@example.org"], True)
    ]
    row.refresh_from_db()
    assert row.state == "joined"


def test_a_running_experiment_keeps_its_keys():
    recruitment = RecruitmentFactory(experiment__state="running")
    joined(recruitment)
    assert actions.forget_in_time(days=1825, at=NOW + timedelta(days=9999)) == 0


def test_values_that_nobody_takes_part_under_are_as_before():
    recruitment = RecruitmentFactory()
    assert send(recruitment.experiment, pairs([1.0, 2.0])).count == 4


def test_the_codes_that_a_partner_gets_say_who_has_withdrawn():
    recruitment = RecruitmentFactory()
    stays, leaves = joined(recruitment), joined(recruitment)
    actions.withdraw(participant=leaves, at=NOW)
    consent_in_force(recruitment, number=2)
    refused = queries.refused_codes(recruitment.experiment, [stays.code, leaves.code, "group-1"])
    assert refused == {stays.code: "no_consent", leaves.code: "withdrawn"}


def test_completing_and_not_coming_can_be_taken_back():
    recruitment = RecruitmentFactory()
    row, lead = joined(recruitment), led_by(recruitment, Role.STAFF)
    for step, state in (("complete", "completed"), ("return", "joined"), ("miss", "no_show")):
        actions.settle(participant=row, step=step, by=lead, at=NOW)
        assert row.state == state
    with pytest.raises(ValueError, match="withdraw"):
        actions.settle(participant=row, step="withdraw", by=lead, at=NOW)
