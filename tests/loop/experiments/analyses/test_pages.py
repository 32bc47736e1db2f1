"""Pages, feeds and API at one and at three rows, and the whole way without script."""

import hashlib
import json
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar
from tests.factories.calls import EntryFactory
from tests.factories.experiments import NOW, EvidenceFactory, ExperimentFactory, measured
from tests.factories.people import UserFactory, person_with

from vuoksi.base.people.models import Role
from vuoksi.base.places.models import Place
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.experiments.analyses.actions import analyse
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.forms import PlanForm
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import faults_before_start
from vuoksi.strategy.models import Goal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_kinds(db):
    """Django asks for a content type once and remembers it: not a query of the page."""
    ContentType.objects.get_for_models(Entry, Evidence, Experiment, Goal, Place)


COUNTS = pytest.mark.parametrize("count", [1, 3])


def slugs(page):
    return [row.slug for row in page.context["table"].rows]


@COUNTS
def test_the_list_of_experiments(client, query_count, count):
    rows = [EvidenceFactory().experiment for _ in range(count)]
    with query_count() as counted:
        page = client.get("/experiments/")
    assert sorted(slugs(page)) == sorted(row.slug for row in rows)
    assert len(counted) == 4


def test_failed_and_null_results_are_as_visible_as_good_ones(client):
    found = {
        finding: EvidenceFactory(finding=finding, low=-1, high=1).experiment.slug
        for finding in Evidence.Finding.values
    }
    cancelled = ExperimentFactory(state="cancelled").slug
    assert sorted(slugs(client.get("/experiments/"))) == sorted([*found.values(), cancelled])
    for finding, slug in found.items():
        assert slugs(client.get(f"/experiments/?finding={finding}")) == [slug]


@pytest.mark.parametrize("name", ["state", "testbed", "goal"])
def test_the_list_is_narrowed(client, name):
    wanted, _other = ExperimentFactory(state="running"), ExperimentFactory(state="ended")
    value = {"state": "running", "testbed": wanted.testbed.slug, "goal": wanted.goal.slug}[name]
    assert slugs(client.get(f"/experiments/?{name}={value}")) == [wanted.slug]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_list_is_exported(client, form):
    row = ExperimentFactory(state="running")
    answer = client.get(f"/experiments/?format={form}")
    assert row.title.encode() in b"".join(answer.streaming_content)


@COUNTS
def test_one_experiment_with_its_effect(client, query_count, count):
    entries = [EntryFactory(state="accepted") for _ in range(count)]
    experiment = ExperimentFactory(state="ended", entries=entries)
    measured(experiment, [4.0, 5.0, 4.5])
    analyse(experiment=experiment, by=person_with(Role.STAFF), at=NOW)
    with query_count() as counted:
        page = client.get(experiment.get_absolute_url())
    assert page.status_code == 200
    shown = page.context["shown"]
    assert (shown.finding, shown.outcome) == ("it helped", "The rule says: scale up")
    assert shown.why.startswith("The whole interval is an improvement of more than 2")
    assert [chart.kind for chart in shown.charts] == ["interval", "dot"]
    assert len(counted) == 18


@pytest.mark.parametrize("state", Experiment.State.values)
def test_the_page_in_every_state(client, client_as, state):
    row = ExperimentFactory(state=state)
    assert client.get(row.get_absolute_url()).status_code == (404 if state == "draft" else 200)
    page = client_as(Role.COORDINATOR).get(row.get_absolute_url())
    possible = {name for name in ("may_start", "may_end", "may_cancel") if page.context[name]}
    assert possible == {
        "draft": {"may_start", "may_cancel"},
        "running": {"may_end", "may_cancel"},
    }.get(state, set())


def test_the_frozen_plan_is_downloaded_and_recomputed(client, client_as):
    row = ExperimentFactory()
    lead = client_as(Role.COORDINATOR)
    page = lead.get(f"/experiments/{row.slug}/start/")
    lead.post(f"/experiments/{row.slug}/start/", {"digest": page.context["digest"]})
    file = client.get(f"/experiments/{row.slug}/plan.json")
    digest = hashlib.sha256(file.content).hexdigest()
    assert digest == page.context["digest"]
    assert digest.encode() in client.get(row.get_absolute_url()).content
    assert json.loads(file.content)["experiment"] == row.slug


def test_the_start_shows_all_that_it_fixes(client_as):
    entry = EntryFactory(state="accepted")
    row = ExperimentFactory(entries=[entry], schedule="First lessons", budget_use="Screens")
    page = client_as(Role.COORDINATOR).get(f"/experiments/{row.slug}/start/").content.decode()
    words = page.partition("<details>")[0]
    names = ("title", "summary", "hypothesis", "users", "fit", "benefit", "schedule", "budget_use")
    shown = [
        *(getattr(row, name) for name in (*names, "measure", "unit", "rule")),
        *(entry.title, row.goal.title, row.testbed.name, row.owner.name),
        *("12,000", "19.1", "1 Apr 2026", "1 Dec 2026"),
    ]
    assert [text for text in shown if text not in words] == []


def test_a_plan_that_is_not_fixed_is_no_file(client_as):
    row = ExperimentFactory()
    assert client_as(Role.STAFF).get(f"/experiments/{row.slug}/plan.json").status_code == 404


def test_what_is_missing_stands_on_the_page_of_the_start(client_as):
    row = ExperimentFactory(rule="", baseline=None)
    lead = client_as(Role.COORDINATOR)
    page = lead.get(f"/experiments/{row.slug}/start/")
    assert [name for name, _label, _words in page.context["faults"]] == ["baseline", "rule"]
    assert lead.post(f"/experiments/{row.slug}/start/").status_code == 422


def test_a_plan_that_moved_is_not_started(client_as):
    row = ExperimentFactory()
    answer = client_as(Role.COORDINATOR).post(
        f"/experiments/{row.slug}/start/", {"digest": "of another plan"}
    )
    assert (answer.status_code, answer.context["is_outdated"]) == (409, True)


PLAN = {
    "version": 1,
    "language": "en",
    "title": "Videos at the pool",
    "summary": "Short videos.",
    "hypothesis": "More active lessons.",
    "users": "Pupils",
    "fit": "Lessons stay.",
    "benefit": "More swimming",
    "budget_eur": "12000.00",
    "starts_on": "2026-04-01",
    "ends_on": "2099-12-01",
    "measure": "Active minutes",
    "unit": "minutes per lesson",
    "better": "up",
    "design": "before_after_paired",
    "baseline": "19.1",
    "minimum_effect": "2",
    "rule": "Scale above two minutes.",
}


def test_nobody_loses_what_was_typed(client_as):
    row = ExperimentFactory(version=2, title="Theirs")
    answer = client_as(Role.STAFF).post(f"/experiments/{row.slug}/edit/", PLAN)
    assert answer.status_code == 409
    told = {row.label: (row.now, row.typed) for row in answer.context["meanwhile"]}
    assert told["Title"] == ("Theirs", "Videos at the pool")
    assert answer.context["form"]["title"].value() == "Videos at the pool"
    assert answer.context["form"]["version"].value() == "2"
    row.refresh_from_db()
    assert row.title == "Theirs"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ends_on": "2026-03-01"}, "ends_on", "The end must come after the beginning."),
        ({"ends_on": "soon"}, "ends_on", "Enter a valid date."),
        (
            {"stop_effect": "3"},
            "stop_effect",
            "This cannot be more than the smallest effect worth scaling.",
        ),
        ({"title": ""}, "title", "This field is required."),
        (
            {"kind": "share", "design": "stepped_wedge", "minimum_effect": "0.1"},
            "kind",
            "Yes or no can be analysed only where two sides are compared.",
        ),
        (
            {"kind": "share"},
            "minimum_effect",
            "Of shares this lies between -1 and 1: 0.1 is ten percentage points.",
        ),
        (
            {"kind": "count", "design": "difference_in_differences"},
            "kind",
            "A count can be analysed only where two sides are compared, and in a series.",
        ),
        (
            {"kind": "count", "better": "down", "minimum_effect": "100"},
            "minimum_effect",
            "Of counts this is in percent, and nothing falls by more than 100 %.",
        ),
    ],
)
def test_mistakes_are_told_at_their_field(client_as, changes, field, words):
    row = ExperimentFactory()
    page = client_as(Role.STAFF).post(f"/experiments/{row.slug}/edit/", {**PLAN, **changes})
    assert page.context["form"].errors == {field: [words]}


def test_html_in_a_plan_stays_text(client):
    row = ExperimentFactory(state="running", hypothesis="<script>alert(1)</script>")
    page = client.get(row.get_absolute_url()).content
    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert(1)" in page


def test_from_an_idea_to_evidence_without_script(client, client_as):
    lead = client_as(Role.COORDINATOR)
    entry = EntryFactory(state="accepted")
    assert f"/experiments/new/{entry.pk}/" in lead.get(entry.get_absolute_url()).content.decode()
    plan = ExperimentFactory()
    chosen = {"testbed": plan.testbed.pk, "owner": plan.owner.pk}
    made = lead.post(f"/experiments/new/{entry.pk}/", {**PLAN, **chosen})
    address = made["Location"]
    page = lead.get(f"{address}start/")
    assert page.context["faults"] == []
    lead.post(f"{address}start/", {"digest": page.context["digest"]})
    lines = ["arm,unit,day,value"]
    for n in range(5):
        lines += [f"before,g-{n},2026-04-02,{10 + n}", f"after,g-{n},2026-05-02,{14.2 + 1.1 * n}"]
    file = SimpleUploadedFile("values.csv", "\n".join(lines).encode())
    preview = lead.post(f"{address}measurements/import/", {"file": file})
    confirmed = {name: preview.context[name] for name in ("content", "digest")}
    lead.post(f"{address}measurements/import/", confirmed)
    lead.post(f"{address}end/")
    lead.post(f"{address}analyse/")
    shown = lead.get(address).context["shown"]
    lead.post(
        f"{address}analyses/{shown.analysis.pk}/publish/",
        {"claim": "Lessons were more active.", "limits": "One pool.", "language": "en"},
    )
    final = client.get(address)
    assert [one["row"].finding for one in final.context["evidence"]] == ["better"]
    assert "Lessons were more active." in final.content.decode()
    assert "What became of it" in client.get(entry.get_absolute_url()).content.decode()


def test_too_little_to_analyse_is_said_in_words(client_as):
    row = ExperimentFactory(state="ended")
    page = client_as(Role.STAFF).post(f"/experiments/{row.slug}/analyse/", follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert said == [
        "The effect cannot be computed yet. Each side needs measurements of at least two units."
    ]


@pytest.mark.parametrize("step", ["edit", "start", "end", "cancel"])
def test_residents_and_strangers_lead_nothing(client, client_as, step):
    row = ExperimentFactory(state="running")
    address = f"/experiments/{row.slug}/{step}/"
    assert client_as().post(address).status_code == 403
    assert client.post(address).status_code == 302


def test_a_cancelled_experiment_says_why(client, client_as):
    row = ExperimentFactory(state="running")
    lead = client_as(Role.COORDINATOR)
    assert lead.post(f"/experiments/{row.slug}/cancel/", {"reason": ""}).status_code == 422
    assert lead.post(f"/experiments/{row.slug}/cancel/", {"reason": "No bikes"}).status_code == 302
    assert "No bikes" in client.get(row.get_absolute_url()).content.decode()


@COUNTS
def test_evidence_is_a_feed(client, query_count, count):
    for _ in range(count):
        EvidenceFactory()
    with query_count() as counted:
        feed = client.get("/experiments/feed/")
    assert feed.content.count(b"<entry>") == count
    assert len(counted) == 1


@COUNTS
def test_experiments_are_a_calendar(client, query_count, count):
    rows = [ExperimentFactory(state="running") for _ in range(count)]
    with query_count() as counted:
        answer = client.get("/experiments/calendar.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [row.title for row in rows]
    assert len(counted) == 1


@COUNTS
@pytest.mark.parametrize("path", ["experiments/", "evidence/"])
def test_lists_of_the_api(client, query_count, count, path):
    for _ in range(count):
        EvidenceFactory()
    with query_count() as counted:
        answer = client.get(f"/api/{path}").json()
    assert answer["count"] == count
    assert len(counted) == 2


def test_one_experiment_of_the_api(client):
    experiment = EvidenceFactory(finding="none").experiment
    other = EvidenceFactory(finding="better", low=1, effect=2, high=3).experiment
    whole = client.get(f"/api/experiments/{experiment.slug}").json()
    assert (whole["hypothesis"], whole["measure"]) == (experiment.hypothesis, experiment.measure)
    analyses = client.get(f"/api/experiments/{experiment.slug}/analyses").json()
    assert analyses["count"] == 1
    found = client.get("/api/experiments/?finding=better").json()["results"]
    assert [row["slug"] for row in found] == [other.slug]
    draft = ExperimentFactory()
    assert client.get(f"/api/experiments/{draft.slug}").status_code == 404


def test_no_person_stands_in_what_programs_read(client):
    person = UserFactory(name="Maija Meikäläinen", email="maija@example.org")
    experiment = ExperimentFactory(state="ended", created_by=person)
    measured(experiment, [1.0, 2.0])
    for path in ("", "/measurements", "/analyses"):
        answer = client.get(f"/api/experiments/{experiment.slug}{path}").content.decode()
        assert "Maija" not in answer
        assert "example.org" not in answer


def test_the_form_says_what_the_start_needs():
    form = PlanForm()
    asked = {name for name, field in form.fields.items() if hasattr(field, "needed_words")}
    gaps = set(faults_before_start(Experiment(better="up"), NOW.date()))

    # Title and the like are needed for a draft already; an indicator stands for measure and unit.
    assert asked == {name for name in gaps if not form.fields[name].required} | {"indicator"}
    assert "(needed before the start)" in form["hypothesis"].as_field_group()
    assert "(optional)" in form["partners"].as_field_group()


def test_a_plan_with_gaps_shows_nothing_empty(client_as):
    row = ExperimentFactory(indicator=None, measure="", unit="", design="", baseline=None)

    page = client_as(Role.COORDINATOR).get(row.get_absolute_url()).content.decode()

    facts = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page))
    nothing = '<span class="nothing" aria-label="nothing">–</span>'
    shown = [facts[name] for name in ("What is measured", "Unit", "Design", "Baseline")]
    assert shown == [nothing] * 4
    assert facts["Direction"] == "more is better"
