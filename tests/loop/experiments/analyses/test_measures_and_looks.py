"""Several measures, looks on the way, deviations, sample size, and who may do what."""

import json
from datetime import date, timedelta

import pytest
from tests.factories.experiments import NOW, ExperimentFactory, measured
from tests.factories.people import person_with
from tests.loop.experiments.analyses import journeys

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role
from vuoksi.base.ui.templatetags.charts import chart_names
from vuoksi.loop.experiments.analyses import actions, queries
from vuoksi.loop.experiments.analyses.engine import solve
from vuoksi.loop.experiments.analyses.engine.tasks import solve_text
from vuoksi.loop.experiments.analyses.models import Look
from vuoksi.loop.experiments.analyses.refusals import NoLook
from vuoksi.loop.experiments.plans.actions import end_experiment
from vuoksi.loop.experiments.plans.models import Experiment

pytestmark = pytest.mark.django_db
ROLES = [None, *Role]
STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
CLEAR = [4.0 + n % 5 / 10 for n in range(25)]
DEVIATION = {
    "kind": "time",
    "happened_on": "2026-06-01",
    "what": "One week was measured later.",
    "reason": "The pool was closed.",
    "could_change": "yes",
    "language": "en",
}


@pytest.fixture
def lead():
    return person_with(Role.COORDINATOR)


def test_further_measures_are_corrected_for_their_number(client, client_as):
    staff = client_as(Role.COORDINATOR)
    row = journeys.planned("before_after_paired")
    address = row.get_absolute_url()
    for title in ("Days of sickness", "Calls to the desk"):
        staff.post(f"{address}measures/", {"title": title, "unit": "days", "better": "down"})
    assert row.other_measures.count() == 2
    journeys.start(staff, address)
    lines = ["measure,arm,unit,day,value"]
    for n in range(12):
        for key, change in (("", 4 + n % 3), ("days-of-sickness", 0.1 * (-1) ** n)):
            lines.append(f"{key},before,g-{n},2026-04-02,{10 + n}")
            lines.append(f"{key},after,g-{n},2026-06-02,{10 + n + change}")
    journeys.send(staff, address, lines)
    page = journeys.finish(staff, address)
    main, calls, sick = page.context["shown"].others
    assert [one.found for one in (main, sick, calls)] == [True, False, False]
    assert calls.refused == "Each side needs measurements of at least two units."
    assert page.context["shown"].several.startswith("3 measures were tested at once.")
    bundle = client.get(f"{address}bundle.json").content.decode()
    answer = json.loads(solve_text(bundle))
    assert answer["same"]
    assert [part["name"] for part in answer["parts"]] == [
        *("measure", "days-of-sickness", "several_measures", "grade"),
    ]
    plan = client.get(f"{address}plan.json").json()
    assert [one["key"] for one in plan["other_measures"]] == [
        *("calls-to-the-desk", "days-of-sickness"),
    ]


def test_a_measure_that_is_not_planned_is_refused(client_as):
    staff = client_as(Role.STAFF)
    row = ExperimentFactory(state="running")
    file = journeys.SimpleUploadedFile(
        "a.csv", b"arm,unit,day,value,measure\nbefore,g-1,2026-04-02,3,mood"
    )
    page = staff.post(f"{row.get_absolute_url()}measurements/import/", {"file": file})
    assert [fault.column for fault in page.context["faults"]] == ["measure"]


@pytest.mark.parametrize(
    ("plan", "value", "words"),
    [
        ({"kind": "share", "minimum_effect": 0.1}, "0.5",
         "“0.5” is neither 1 (yes) nor 0 (no), as the plan counts."),
        ({"kind": "count"}, "2.5", "“2.5” is not a whole number."),
        ({"kind": "count"}, "-2", "“-2” is too small for the unit."),
        ({"lowest": 1.0, "highest": 5.0}, "5.5",
         "“5.5” lies outside the possible values of the plan."),
        ({}, "NaN", "“NaN” is not a number."),
        ({}, "", "A value is missing."),
    ],
)  # fmt: skip
def test_a_value_that_the_plan_does_not_know_is_refused_at_its_line(client_as, plan, value, words):
    row = ExperimentFactory(state="running", **plan)
    lines = ["arm,unit,day,value", "before,g-1,2026-04-02,1", f"after,g-1,2026-04-03,{value}"]
    file = journeys.SimpleUploadedFile("a.csv", "\n".join(lines).encode())
    page = client_as(Role.STAFF).post(
        f"{row.get_absolute_url()}measurements/import/", {"file": file}
    )
    found = [(fault.line, fault.column, fault.words) for fault in page.context["faults"]]
    assert found == [(3, "value", words)]


def test_a_measure_is_removed_before_the_start(client_as):
    staff = client_as(Role.STAFF)
    row = ExperimentFactory()
    address = row.get_absolute_url()
    staff.post(f"{address}measures/", {"title": "Mood", "unit": "points", "better": "up"})
    staff.post(f"{address}measures/{row.other_measures.get().pk}/remove/")
    assert row.other_measures.count() == 0


def test_a_look_on_the_way_is_always_valid_and_decides_nothing(client, client_as):
    row = ExperimentFactory(state="running", planned_units=100)
    measured(row, CLEAR)
    address = row.get_absolute_url()
    for _twice in range(2):
        client_as(Role.STAFF).post(f"{address}look/")
    look = Look.objects.get()
    page = client.get(address)
    (shown,) = page.context["looks"]
    assert shown.words.startswith("This is a look on the way after 25 units.")
    assert (page.context["shown"], shown.chart.kind) == (None, "interval")
    ordinary = solve(queries.problem_of(row, queries.data_of(row))).interval
    assert look.result["interval"]["low"] < ordinary.low
    assert look.result["interval"]["high"] > ordinary.high


def test_who_looked_and_stopped_early_keeps_the_wider_interval(lead, client):
    row = ExperimentFactory(state="running", planned_units=100)
    measured(row, CLEAR)
    look = actions.look_on_the_way(experiment=row, by=lead, at=NOW)
    end_experiment(experiment=row, by=lead, at=NOW)
    analysis = actions.analyse(experiment=row, by=lead, at=NOW + timedelta(hours=1))
    interval = queries.interval_of(analysis)
    assert (interval.low, interval.high) == tuple(look.result["interval"].values())
    said = {one.code: one.numbers for one in queries.sentences_of(analysis)}
    assert (said["interval"]["low"], said["interval"]["high"]) == (interval.low, interval.high)
    evidence = actions.publish_evidence(
        analysis=analysis,
        claim="So.",
        limits="",
        language="en",
        by=lead,
        at=NOW + timedelta(hours=2),
    )
    assert (evidence.low, evidence.finding) == (interval.low, "better")
    assert client.get(row.get_absolute_url()).context["shown"].is_always_valid
    answer = json.loads(solve_text(json.dumps(queries.bundle_of(analysis))))
    assert all(part["same"] for part in answer["parts"])


def test_all_planned_units_measured_the_ordinary_interval_counts(lead):
    row = ExperimentFactory(state="running", planned_units=25)
    measured(row, CLEAR)
    actions.look_on_the_way(experiment=row, by=lead, at=NOW)
    end_experiment(experiment=row, by=lead, at=NOW)
    analysis = actions.analyse(experiment=row, by=lead, at=NOW + timedelta(hours=1))
    assert queries.interval_of(analysis) == queries.result_of(analysis).interval


@pytest.mark.parametrize(
    ("more", "code"),
    [({"design": "stepped_wedge", "planned_units": 9}, "design"), ({}, "planned")],
)
def test_no_look_where_no_interval_stays_true(lead, more, code):
    row = ExperimentFactory(state="running", **more)
    with pytest.raises(NoLook) as caught:
        actions.look_on_the_way(experiment=row, by=lead, at=NOW)
    assert caught.value.code == code


def test_a_refused_look_is_said_in_words(client_as):
    row = ExperimentFactory(state="running")
    page = client_as(Role.STAFF).post(f"{row.get_absolute_url()}look/", follow=True)
    (said,) = [str(message) for message in page.context["messages"]]
    assert said.startswith("The plan does not say how many units")


def test_a_deviation_stands_beside_the_result_and_lowers_the_grade(client, client_as):
    staff = client_as(Role.COORDINATOR)
    row = journeys.planned("difference_in_differences")
    address = row.get_absolute_url()
    journeys.start(staff, address)
    journeys.send(staff, address, journeys.values_of("difference_in_differences", []))
    journeys.finish(staff, address)
    before = row.evidence.get().level
    digest = Experiment.objects.get(pk=row.pk).frozen_digest
    staff.post(f"{address}deviate/", DEVIATION)
    assert (before, row.evidence.get().level) == (3, 2)
    page = client.get(address)
    assert [one.what for one in page.context["deviations"]] == ["One week was measured later."]
    assert page.context["evidence"][0]["reasons"][-1].startswith("The analysis or the measure")
    assert page.context["digest"] == digest
    bundle = client.get(f"{address}bundle.json").json()
    assert [one["what"] for one in bundle["deviations"]] == ["One week was measured later."]
    assert json.loads(solve_text(json.dumps(bundle)))["same"]
    staff.post(f"{address}deviate/", {**DEVIATION, "could_change": "no"})
    assert row.evidence.get().level == 2
    assert AuditEntry.objects.filter(verb="experiments.record_deviation").count() == 2


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("state", Experiment.State.values)
def test_who_opens_the_pages_around_a_plan(client, client_as, who, state):
    row = ExperimentFactory(state=state, design="two_groups", planned_units=30)
    visitor = client if who is None else client_as(who)
    address = row.get_absolute_url()
    is_staff = who in STAFF
    may_edit = is_staff and state == "draft"
    pages = {
        "measures/": may_edit,
        "groups/new/": may_edit,
        "groups/": may_edit,
        "sample-size/": is_staff or state != "draft",
        "deviate/": is_staff and state in {"running", "ended", "decided"},
    }
    opened = {page: visitor.get(f"{address}{page}").status_code == 200 for page in pages}
    assert opened == pages
    looked = (
        visitor.post(f"{address}look/").status_code == 302
        and "login" not in visitor.post(f"{address}look/")["Location"]
    )
    assert looked == (is_staff and state == "running")


@pytest.mark.parametrize(
    "changes",
    [{"effect": "0"}, {"effect": ""}, {"correlation": "2"}, {"n": "0"}, {"deviation": "-1"}],
)
def test_a_sample_size_that_cannot_be_computed(client_as, changes):
    row = ExperimentFactory()
    asked = {"effect": "2", "deviation": "3", "correlation": "0.5", "power": "0.8", **changes}
    page = client_as(Role.STAFF).post(f"{row.get_absolute_url()}sample-size/", asked)
    assert page.context["form"].errors
    assert not hasattr(Experiment.objects.get(pk=row.pk), "sample_size")


def test_the_sample_size_is_told_drawn_and_fixed(client, client_as):
    lead = client_as(Role.COORDINATOR)
    row = ExperimentFactory(design="two_groups", ends_on=date(2036, 1, 1))
    address = row.get_absolute_url()
    lead.post(
        f"{address}sample-size/", {"effect": "0.5", "deviation": "1", "power": "0.8", "n": "20"}
    )
    page = lead.get(f"{address}sample-size/")
    shown = page.context["shown"]
    assert shown.words[0].endswith("at least 64 units a group are needed, 128 in all.")
    assert shown.is_low
    assert [n for n, _power in shown.chart.table.rows][-1] == 80
    assert (chart_names(shown.chart), shown.wished_percent) == ([], 80)
    assert Experiment.objects.get(pk=row.pk).planned_units == 40
    journeys.start(lead, address)
    plan = client.get(f"{address}plan.json").json()
    assert plan["sample_size"]["answer"]["needed"] == 64
    assert plan["design"]["planned_units"] == 40
    assert client.get(f"{address}sample-size/").context["form"] is None
