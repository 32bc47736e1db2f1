from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.experiments import NOW, ExperimentFactory, measured
from tests.factories.people import person_with

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.experiments.analyses import actions, queries, rules
from vuoksi.loop.experiments.analyses.engine import violations
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence
from vuoksi.loop.experiments.analyses.refusals import Interim, NotEnough, Outdated
from vuoksi.loop.experiments.measurements.actions import add_measurements
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.plans.actions import end_experiment
from vuoksi.loop.experiments.plans.models import Experiment

pytestmark = pytest.mark.django_db

STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
STEERING = {Role.COORDINATOR, Role.ADMINISTRATOR}
GOOD, BAD, NULL = [4.0, 5.0, 4.5, 5.5, 4.2], [-4.0, -5.0, -4.5, -5.2], [0.5, -0.5, 0.4, -0.3]


@pytest.fixture
def lead():
    return person_with(Role.COORDINATOR)


def analysed(differences, lead, **more):
    experiment = ExperimentFactory(**{"state": "ended", **more})
    measured(experiment, differences)
    return actions.analyse(experiment=experiment, by=lead, at=NOW)


def publish(analysis, lead):
    return actions.publish_evidence(
        analysis=analysis, claim="So it is.", limits="One pool.", language="en", by=lead, at=NOW
    )


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", Experiment.State.values)
def test_who_analyses_and_publishes(who, state):
    person = AnonymousUser() if who is None else person_with(who)
    experiment = ExperimentFactory(state=state)
    assert rules.may_analyse(person, experiment) == (state == "ended" and who in STAFF)
    assert rules.may_look(person, experiment) == (state == "running" and who in STAFF)
    assert rules.may_publish_evidence(person, experiment) == (state == "ended" and who in STEERING)


@pytest.mark.parametrize(
    ("differences", "better", "outcome", "finding"),
    [
        (GOOD, "up", "scale", "better"),
        (BAD, "up", "stop", "worse"),
        (NULL, "up", "stop", "none"),
        (GOOD, "down", "stop", "worse"),
        (BAD, "down", "scale", "better"),
        ([9.0, -4.0, 8.0, -3.0], "up", "inconclusive", "none"),
    ],
)
def test_rule_and_finding_follow_from_the_interval(lead, differences, better, outcome, finding):
    analysis = analysed(differences, lead, better=better)
    result, problem = queries.result_of(analysis), queries.stored_problem(analysis)
    assert violations(problem, result) == ()
    assert (result.rule_outcome, queries.finding_of(analysis)) == (outcome, finding)


def test_evidence_of_a_null_result_is_published_like_any_other(lead):
    analysis = analysed(NULL, lead)
    author = analysis.experiment.entries.get().author
    evidence = publish(analysis, lead)
    result = queries.result_of(analysis)
    assert (evidence.finding, evidence.unit) == ("none", "minutes per lesson")
    assert (evidence.low, evidence.effect, evidence.high) == (
        result.interval.low,
        result.effect,
        result.interval.high,
    )
    told = Notice.objects.filter(user=author).values_list("kind", "details")
    assert list(told) == [("experiments.evidence_published", {"finding": "none"})]
    assert publish(analysis, lead) == evidence
    assert Evidence.objects.count() == 1


def test_the_same_data_give_the_same_analysis(lead):
    first = analysed(GOOD, lead)
    assert actions.analyse(experiment=first.experiment, by=lead, at=NOW) == first
    assert AuditEntry.objects.filter(verb="experiments.analyse").count() == 1


def test_new_data_make_an_analysis_old(lead):
    analysis = analysed(GOOD, lead)
    measured(analysis.experiment, [*GOOD, 3.0])
    with pytest.raises(Outdated):
        publish(analysis, lead)
    newer = actions.analyse(experiment=analysis.experiment, by=lead, at=NOW)
    assert (newer.pk != analysis.pk, publish(newer, lead).finding) == (True, "better")


def test_no_ordinary_analysis_before_the_end(lead):
    with pytest.raises(NotAllowed):
        analysed(GOOD, lead, state="running")


def test_an_analysis_from_before_the_end_is_no_evidence(lead):
    looked = analysed(GOOD, lead)
    later = NOW + timedelta(hours=1)
    Experiment.objects.update(state="running", ended_at=None)
    looked.experiment.refresh_from_db()
    assert queries.is_interim(looked)
    end_experiment(experiment=looked.experiment, by=lead, at=later)
    with pytest.raises(Interim):
        publish(Analysis.objects.get(pk=looked.pk), lead)
    again = actions.analyse(experiment=looked.experiment, by=lead, at=later)
    assert not queries.is_interim(again)
    assert publish(again, lead).finding == "better"


@pytest.mark.parametrize(
    ("differences", "code"), [([], "too_few"), ([1.0], "too_few"), ([2.0, 2.0], "no_variation")]
)
def test_what_is_missing_is_said(lead, differences, code):
    with pytest.raises(NotEnough) as caught:
        analysed(differences, lead)
    assert caught.value.code == code
    assert Analysis.objects.count() == 0


def test_a_unit_measured_often_counts_once(lead):
    experiment = ExperimentFactory(state="ended", design="two_groups")
    days = [NOW.date().replace(day=day) for day in (1, 2, 3)]
    values = [Value("control", "g-1", day, 1.0 + n) for n, day in enumerate(days)]
    values += [Value("control", "g-2", days[0], 4.0)]
    values += [Value("treatment", f"t-{n}", days[0], 5.0 + n) for n in range(2)]
    add_measurements(experiment=experiment, values=values, origin="file", by=lead, at=NOW)
    problem = queries.problem_of(experiment, queries.data_of(experiment))
    assert (problem.reference, problem.treatment) == ((2.0, 4.0), (5.0, 6.0))


def test_a_unit_without_its_other_side_is_left_out_and_named(lead):
    experiment = ExperimentFactory(state="ended")
    measured(experiment, GOOD)
    lonely = [Value("before", "group-99", NOW.date(), 7.0)]
    add_measurements(experiment=experiment, values=lonely, origin="file", by=lead, at=NOW)
    analysis = actions.analyse(experiment=experiment, by=lead, at=NOW)
    assert queries.left_out_of(analysis) == ["group-99"]
    assert queries.result_of(analysis).n_reference == len(GOOD)


def test_only_those_who_may(lead):
    analysis = analysed(GOOD, lead)
    with pytest.raises(NotAllowed):
        publish(analysis, person_with(Role.STAFF))
    with pytest.raises(NotAllowed):
        actions.analyse(experiment=analysis.experiment, by=person_with(Role.COMPANY), at=NOW)
