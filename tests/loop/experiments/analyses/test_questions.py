"""Several experiments on one question: all of them are shown, and those with evidence are combined."""

import pytest
from tests.factories.experiments import NOW, ExperimentFactory, measured
from tests.factories.people import person_with

from vuoksi.base.people.models import Role
from vuoksi.loop.experiments.analyses import actions
from vuoksi.loop.experiments.analyses.models import Synthesis
from vuoksi.loop.experiments.plans.models import Question

pytestmark = pytest.mark.django_db
STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
ASKED = {
    "language": "en",
    "title": "Do videos help?",
    "scale": "unit",
    "unit": "minutes per lesson",
    "version": 1,
}


@pytest.fixture
def lead():
    return person_with(Role.COORDINATOR)


def asked(lead, **more):
    fields = {"scale": "unit", "unit": "minutes per lesson", **more}
    slug = f"videos-{Question.objects.count()}"
    return actions.ask_question(
        slug=slug, language="en", title="Do videos help?", by=lead, at=NOW, **fields
    )


def answered(lead, differences, **more):
    experiment = ExperimentFactory(state="ended", **more)
    measured(experiment, differences)
    analysis = actions.analyse(experiment=experiment, by=lead, at=NOW)
    actions.publish_evidence(
        analysis=analysis, claim="So.", limits="", language="en", by=lead, at=NOW
    )
    return experiment


def put(question, experiments, lead):
    actions.set_experiments_of_question(question=question, experiments=experiments, by=lead, at=NOW)


def test_evidence_is_combined_whatever_it_showed(client, lead, query_count):
    question = asked(lead)
    good = answered(lead, [4.0, 5.0, 4.5, 5.5])
    null = answered(lead, [0.5, -0.5, 0.4, -0.3])
    other = answered(lead, [4.0, 5.0, 4.5], unit="euros")
    running = ExperimentFactory(state="running")
    cancelled = ExperimentFactory(state="cancelled")
    put(question, [good, null, other, running, cancelled], lead)
    with query_count() as counted:
        page = client.get(question.get_absolute_url())
    shown = page.context["shown"]
    assert len(page.context["experiments"]) == 5
    assert page.context["waiting"] == 2
    assert [row[0] for row in shown.chart.table.rows] == [good.title, null.title, "All together"]
    assert sum(one["weight"] for one in shown.rows) == pytest.approx(100)
    assert [(one.pk, why) for one, why in shown.apart] == [
        (other.pk, "It was measured in another unit.")
    ]
    assert shown.words[0].startswith("Over 2 experiments the average effect is")
    assert len(counted) == 3


def counted(lead, ratio):
    """An experiment whose units are counted before and after, with about this ratio of rates."""
    counts = [(10 + n, round(ratio * (10 + n)) + n % 2) for n in range(6)]
    return answered(lead, [float(after - before) for before, after in counts], kind="count")


def test_changes_of_rates_are_combined_as_ratios(client, lead):
    question = asked(lead, unit="percent_change")
    halved = [counted(lead, ratio) for ratio in (0.5, 0.45, 0.4)]
    other = answered(lead, [4.0, 5.0, 4.5], unit="percent_change")
    put(question, [*halved, other], lead)
    assert halved[0].evidence.get().unit == "percent_change"
    shown = client.get(question.get_absolute_url()).context["shown"]
    assert shown.words[0] == "Effects here are changes of the rate in percent."
    _label, together, low, high = shown.chart.table.rows[-1]
    assert -75 < low < together < high < -30
    assert [one.pk for one, _why in shown.apart] == [other.pk]


def test_new_evidence_moves_the_average(lead):
    question = asked(lead)
    first, second = answered(lead, [4.0, 5.0, 4.5]), answered(lead, [1.0, 2.0, 1.5])
    put(question, [first], lead)
    assert Synthesis.objects.count() == 0
    put(question, [first, second], lead)
    before = Synthesis.objects.get().result["effect"]
    third = ExperimentFactory(state="ended", question=question)
    measured(third, [9.0, 9.5, 9.2])
    analysis = actions.analyse(experiment=third, by=lead, at=NOW)
    actions.publish_evidence(
        analysis=analysis, claim="So.", limits="", language="en", by=lead, at=NOW
    )
    assert Synthesis.objects.get().result["effect"] > before
    put(question, [first], lead)
    assert Synthesis.objects.count() == 0


def test_in_standard_deviations_a_plus_is_for_the_better(lead):
    question = asked(lead, scale="standardised", unit="")
    up = answered(lead, [4.0, 5.0, 4.5])
    down = answered(lead, [-4.0, -5.0, -4.5], better="down", unit="euros")
    put(question, [up, down], lead)
    studies = Synthesis.objects.get().problem["studies"]
    assert all(study["effect"] > 0 for study in studies)


def test_an_experiment_leaves_its_old_question(lead):
    old, new = asked(lead), asked(lead)
    rows = [answered(lead, [4.0, 5.0, 4.5]), answered(lead, [1.0, 2.0, 1.5])]
    put(old, rows, lead)
    put(new, rows, lead)
    assert list(Synthesis.objects.values_list("question", flat=True)) == [new.pk]


@pytest.mark.parametrize("who", [None, *Role])
def test_who_asks_changes_and_chooses(client, client_as, lead, who):
    question = asked(lead)
    visitor = client if who is None else client_as(who)
    for path in (
        "questions/new/",
        f"questions/{question.slug}/edit/",
        f"questions/{question.slug}/experiments/",
    ):
        assert (visitor.get(f"/experiments/{path}").status_code == 200) == (who in STAFF)
    assert visitor.get(question.get_absolute_url()).status_code == 200


def test_a_question_is_asked_chosen_for_and_changed(client_as):
    staff = client_as(Role.STAFF)
    made = staff.post("/experiments/questions/new/", ASKED)
    question = Question.objects.get()
    assert made["Location"].endswith(f"/{question.slug}/experiments/")
    row = ExperimentFactory(state="running")
    staff.post(made["Location"], {"experiments": [row.pk]})
    assert question.experiments.get() == row
    address = f"{question.get_absolute_url()}edit/"
    assert staff.post(address, {**ASKED, "title": "Really?"}).status_code == 302
    stale = staff.post(address, {**ASKED, "title": "Once more?"})
    assert (stale.status_code, Question.objects.get().title) == (409, "Really?")


@pytest.mark.parametrize("changes", [{"unit": ""}, {"title": ""}, {"scale": "stars"}])
def test_a_question_that_cannot_be_asked(client_as, changes):
    page = client_as(Role.STAFF).post("/experiments/questions/new/", {**ASKED, **changes})
    assert (page.status_code, list(page.context["form"].errors)[:1]) == (422, [*changes][:1])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_questions(client, lead, query_count, count):
    for _n in range(count):
        put(asked(lead), [ExperimentFactory(state="running")], lead)
    asked(lead)
    with query_count() as counted:
        page = client.get("/experiments/questions/")
    assert [row.count for row in page.context["table"].rows] == [1] * count
    assert len(counted) == 2


def test_the_api_reads_all_of_it(client, lead):
    question = asked(lead)
    rows = [answered(lead, [4.0, 5.0, 4.5]), answered(lead, [1.0, 2.0, 1.5])]
    put(question, rows, lead)
    (found,) = client.get("/api/questions/").json()["results"]
    assert (found["experiments"], found["answered"]) == (2, 2)
    whole = client.get(f"/api/questions/{question.slug}/synthesis").json()
    assert len(whole["result"]["weights"]) == 2
    (level,) = {one["level"] for one in client.get("/api/evidence/").json()["results"]}
    assert level == 1
    assert client.get("/api/evidence/?least_level=2").json()["results"] == []
    whole = client.get(f"/api/experiments/{rows[0].slug}").json()
    assert (whole["question"], whole["other_measures"]) == (question.slug, [])
    for path in ("looks", "groups", "deviations"):
        assert client.get(f"/api/experiments/{rows[0].slug}/{path}").json()["results"] == []
    assert client.get(f"/api/experiments/{rows[0].slug}/sample-size").status_code == 404
