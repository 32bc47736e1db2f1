"""An effect that takes long is computed by a run: with progress, with a way to stop it, and with the same figures."""

import pytest
from tests.factories.experiments import NOW, ExperimentFactory, measured
from tests.factories.people import person_with
from tests.loop.experiments.analyses import journeys

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.runs.actions import request_cancel
from vuoksi.base.runs.models import Run
from vuoksi.base.runs.tasks import Watch
from vuoksi.loop.experiments.analyses import actions, queries, tasks
from vuoksi.loop.experiments.analyses.models import Analysis
from vuoksi.loop.experiments.plans.models import Experiment

pytestmark = pytest.mark.django_db
MANY = [4.0 + n % 5 / 10 for n in range(queries.AT_ONCE // 2 + 1)]


@pytest.fixture
def lead():
    return person_with(Role.COORDINATOR)


@pytest.fixture
def large():
    experiment = ExperimentFactory(state="ended")
    measured(experiment, MANY)
    return experiment


def test_a_small_effect_is_computed_at_once(client_as):
    experiment = ExperimentFactory(state="ended")
    measured(experiment, MANY[:9])
    answer = client_as(Role.STAFF).post(f"{experiment.get_absolute_url()}analyse/")
    assert answer["Location"] == f"{experiment.get_absolute_url()}#effect"
    assert (Analysis.objects.count(), Run.objects.count()) == (1, 0)


def test_a_large_one_has_a_page_that_leads_to_the_effect(
    client_as, large, django_capture_on_commit_callbacks
):
    staff = client_as(Role.STAFF)
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff.post(f"{large.get_absolute_url()}analyse/")
    run = Run.objects.get()
    assert answer["Location"] == f"/runs/{run.pk}/"
    analysis = Analysis.objects.get()
    assert (run.status, run.progress, run.error) == ("done", 1, "")
    assert run.result == {"analysis": analysis.pk, "data_digest": analysis.data_digest}
    page = staff.get(answer["Location"])
    assert page.context["result_url"] == f"{large.get_absolute_url()}#effect"
    assert analysis.result["resamples"] == 9_999
    assert AuditEntry.objects.filter(verb="experiments.analyse").count() == 1


def test_what_waits_is_shown_and_not_asked_for_twice(client_as, lead, large):
    run = actions.ask_analysis(experiment=large, by=lead, at=NOW)
    staff = client_as(Role.STAFF)
    assert staff.post(f"{large.get_absolute_url()}analyse/")["Location"] == f"/runs/{run.pk}/"
    page = staff.get(large.get_absolute_url())
    assert page.context["run"] == run
    assert f'href="/runs/{run.pk}/"' in page.content.decode()
    request_cancel(run=run, by=lead, at=NOW)
    assert staff.get(large.get_absolute_url()).context["run"] is None


def worked_on(run):
    watch = Watch(run)
    return tasks.analyse(run, watch.stop, watch.progress)


def test_what_is_stopped_on_the_way_is_not_kept(lead, large):
    run = actions.ask_analysis(experiment=large, by=lead, at=NOW)
    Run.objects.update(status="running", is_cancel_wanted=True)
    assert worked_on(run) == {}
    assert Analysis.objects.count() == 0


def test_a_run_gives_the_same_analysis_as_the_page(lead, large):
    at_once = actions.analyse(experiment=large, by=lead, at=NOW)
    run = actions.ask_analysis(experiment=large, by=lead, at=NOW)
    assert worked_on(run)["analysis"] == at_once.pk
    assert queries.computed(large).result == at_once.result


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        ({"state": "decided"}, "Only city staff can compute the effect"),
        ({"design": "two_groups"}, "The effect cannot be computed yet. Each side needs"),
    ],
)
def test_what_became_impossible_meanwhile_is_said_in_words(
    lead, large, happened, words, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.ask_analysis(experiment=large, by=lead, at=NOW)
        Experiment.objects.update(**happened)
    run.refresh_from_db()
    assert (run.status, run.error.startswith(words)) == ("failed", True)


def test_without_its_owner_nothing_is_kept(lead, large, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = actions.ask_analysis(experiment=large, by=lead, at=NOW)
        Run.objects.update(owner=None)
    run.refresh_from_db()
    assert (run.status, run.error) == ("failed", "The account is gone.")


def test_only_those_who_may_ask_for_it(large):
    with pytest.raises(NotAllowed):
        actions.ask_analysis(experiment=large, by=person_with(Role.COMPANY), at=NOW)


@pytest.mark.parametrize(("months", "is_long"), [(20, False), (60, True)])
def test_over_time_fewer_values_take_long(months, is_long, client_as):
    row = journeys.planned("difference_in_differences")
    staff, address = client_as(Role.COORDINATOR), row.get_absolute_url()
    journeys.start(staff, address)
    lines = ["arm,unit,day,value"]
    for n in range(10):
        arm = ("treatment", "control")[n % 2]
        days = [f"{2020 + m // 12}-{m % 12 + 1:02d}-03" for m in range(months)]
        lines += [f"{arm},u-{n},{day},{n}" for day in days]
    journeys.send(staff, address, lines)
    row.refresh_from_db()
    assert queries.takes_long(row) == is_long
