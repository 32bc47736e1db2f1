import pytest
from django.urls import reverse

from tests.factories.calls import EntryFactory
from tests.factories.decisions import DecisionFactory
from tests.factories.experiments import EvidenceFactory, ExperimentFactory
from tests.factories.people import person_with
from tests.factories.strategy import GoalFactory
from vuoksi.base.people.models import Role
from vuoksi.loop.decisions.models import Decision
from vuoksi.strategy.models import Action

pytestmark = pytest.mark.django_db


def published(**more):
    return DecisionFactory(state="published", experiment=ExperimentFactory(state="decided"), **more)


@pytest.fixture
def coordinator(client):
    person = person_with(Role.COORDINATOR)
    client.force_login(person)
    return person


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(client, django_assert_num_queries, count):
    for _ in range(count):
        published()
    with django_assert_num_queries(2):
        page = client.get("/decisions/")
    assert page.content.decode().count("<article") == count


def test_the_list_leaves_drafts_out_and_exports(client):
    DecisionFactory(title="Secret")
    published(title="Open")
    assert "Secret" not in client.get("/decisions/").content.decode()
    exported = b"".join(client.get("/decisions/?format=csv").streaming_content).decode()
    assert "Open" in exported
    assert "Secret" not in exported


def test_a_draft_is_not_shown_to_the_public(client):
    decision = DecisionFactory()
    assert client.get(decision.get_absolute_url()).status_code == 403


def test_a_published_one_says_what_it_rests_on(client):
    evidence = EvidenceFactory(claim="Four minutes more")
    decision = published(title="Go on")
    decision.evidence.add(evidence)
    page = client.get(decision.get_absolute_url()).content.decode()
    assert "Go on" in page
    assert "Four minutes more" in page


def test_a_coordinator_records_and_publishes_a_decision(client, coordinator):
    evidence, goal = EvidenceFactory(), GoalFactory()
    experiment = evidence.experiment
    form = {
        "kind": "scale",
        "title": "Everywhere",
        "reasons": "It works.",
        "evidence": [evidence.pk],
        "decided_by": "Director",
        "decided_on": "2026-05-02",
        "language": "en",
    }
    client.post(reverse("decisions:draft", args=[experiment.slug]), form)
    decision = Decision.objects.get()
    move = {"move": "open", "goal": goal.pk, "action_title": "Videos everywhere"}
    client.post(reverse("decisions:publish", args=[decision.slug]), move)
    decision.refresh_from_db()
    assert (decision.state, decision.action) == ("published", Action.objects.get(goal=goal))


def test_scaling_without_evidence_is_refused_at_the_field(client, coordinator):
    experiment = ExperimentFactory(state="ended")
    form = {
        "kind": "scale",
        "title": "T",
        "reasons": "R",
        "decided_by": "D",
        "decided_on": "2026-05-02",
        "language": "en",
    }
    page = client.post(reverse("decisions:draft", args=[experiment.slug]), form)
    assert list(page.context["form"].errors) == ["evidence"]
    assert not Decision.objects.exists()


def test_an_edit_over_anothers_is_shown_with_both_texts_and_can_be_saved_again(client, coordinator):
    decision = DecisionFactory(title="What stands")
    Decision.objects.update(version=2)
    form = {
        "kind": "stop",
        "title": "What I wrote",
        "reasons": "R",
        "decided_by": "D",
        "decided_on": "2026-05-02",
        "language": "en",
        "version": 1,
    }
    address = reverse("decisions:edit", args=[decision.slug])
    page = client.post(address, form)
    assert page.status_code == 409
    assert "What stands" in page.content.decode()
    assert "What I wrote" in page.content.decode()
    again = page.context["form"]["version"].value()
    client.post(address, {**form, "version": again})
    decision.refresh_from_db()
    assert decision.title == "What I wrote"


@pytest.mark.parametrize("count", [1, 3])
def test_the_chain_asks_the_same_whatever_its_length(client, django_assert_max_num_queries, count):
    entries = [EntryFactory(state="accepted") for _ in range(count)]
    experiment = ExperimentFactory(state="decided", entries=entries)
    decision = DecisionFactory(experiment=experiment, state="published")
    with django_assert_max_num_queries(22):
        page = client.get(f"/chain/experiment/{experiment.slug}/")
    shown = page.content.decode()
    assert decision.title in shown
    assert all(entry.title in shown for entry in entries)


@pytest.mark.parametrize(
    "address",
    ["/chain/nothing/x/", "/chain/entry/abc/", "/chain/entry/999/", "/chain/decision/none/"],
)
def test_a_chain_around_nothing_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_the_feed_has_published_decisions_only(client):
    DecisionFactory(title="Secret")
    published(title="Open")
    feed = client.get("/decisions/feed/").content.decode()
    assert "Open" in feed
    assert "Secret" not in feed
