from datetime import date

import pytest
from django.urls import reverse

from tests.factories.calls import EntryFactory
from tests.factories.decisions import DecisionFactory, NextStepFactory
from tests.factories.experiments import AnalysisFactory, EvidenceFactory, ExperimentFactory
from tests.factories.organisations import OrganisationFactory
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
    with django_assert_num_queries(4):
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
def test_the_chain_asks_the_same_whatever_its_length(client, django_assert_num_queries, count):
    entries = [EntryFactory(state="accepted") for _ in range(count)]
    experiment = ExperimentFactory(state="decided", entries=entries)
    decision = DecisionFactory(experiment=experiment, state="published")
    with django_assert_num_queries(9):
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


def in_force(**more):
    return published(kind="scale", **more)


class TestAgainstTheRule:
    @pytest.fixture
    def experiment(self):
        experiment = ExperimentFactory(state="ended")
        analysis = AnalysisFactory(experiment=experiment, result={"rule_outcome": "scale"})
        EvidenceFactory(experiment=experiment, analysis=analysis)
        return experiment

    def form(self, **more):
        return {
            "kind": "stop",
            "title": "No",
            "reasons": "R",
            "decided_by": "D",
            "decided_on": "2026-05-02",
            "language": "en",
            **more,
        }

    def test_the_form_asks_why_and_keeps_what_was_typed(self, client, coordinator, experiment):
        address = reverse("decisions:draft", args=[experiment.slug])
        page = client.post(address, self.form(dissent_words_0="Shame"))
        assert list(page.context["form"].errors) == ["against_why"]
        assert "Shame" in page.content.decode()
        assert not Decision.objects.exists()

    def test_the_follow_up_comes_after_the_decision(self, client, coordinator, experiment):
        address = reverse("decisions:draft", args=[experiment.slug])
        said = self.form(against_why="The pool closes.", follow_up_on="2026-05-02")
        page = client.post(address, said)
        assert list(page.context["form"].errors) == ["follow_up_on"]

    def test_a_decision_of_a_day_to_come_is_not_published(self, client, coordinator):
        decision = DecisionFactory(decided_on=date(2999, 1, 1))
        page = client.post(reverse("decisions:publish", args=[decision.slug]), {"move": "nothing"})
        assert page.context["form"].non_field_errors() == [
            "The day of the decision is still to come. Publish it then, or edit it."
        ]

    def test_a_decision_that_was_replaced_gets_no_next_step(self, client, coordinator):
        step = NextStepFactory(decision__state="replaced")
        said = {"title": "T", "due_on": "2026-09-01", "owner": step.owner.pk, "language": "en"}
        page = client.post(reverse("decisions:add_step", args=[step.decision.slug]), said)
        assert page.context["form"].non_field_errors() == [
            "Only a decision in force is followed up."
        ]

    def test_everybody_reads_the_rule_the_decision_and_why(self, client, coordinator, experiment):
        client.post(
            reverse("decisions:draft", args=[experiment.slug]),
            self.form(
                against_why="The pool closes.",
                deciders="Maija Virtanen, chair\n\n , \nMatti",
                dissent_words_1="Keep it open.",
            ),
        )
        decision = Decision.objects.get()
        client.post(reverse("decisions:publish", args=[decision.slug]), {"move": "nothing"})
        client.logout()
        page = client.get(decision.get_absolute_url()).content.decode()
        for words in (
            "The decision goes against the rule",
            "The pool closes.",
            "Maija Virtanen, chair",
            "Keep it open.",
            "a member",
        ):
            assert words in page, words

    def test_a_draft_that_became_wrong_is_not_published(self, client, coordinator):
        decision = DecisionFactory(kind="stop")
        EvidenceFactory(
            experiment=decision.experiment,
            analysis=AnalysisFactory(
                experiment=decision.experiment, result={"rule_outcome": "scale"}
            ),
        )
        page = client.post(reverse("decisions:publish", args=[decision.slug]), {"move": "nothing"})
        decision.refresh_from_db()
        assert (decision.state, page.status_code) == ("draft", 422)

    def test_a_name_without_an_opinion_is_asked_for_it(self, client, coordinator, experiment):
        page = client.post(
            reverse("decisions:draft", args=[experiment.slug]),
            self.form(against_why="x", dissent_name_0="Eero"),
        )
        assert list(page.context["form"].errors) == ["dissent_words_0"]


class TestAfterwards:
    def test_a_step_is_added_and_done(self, client, coordinator):
        decision, unit = in_force(), OrganisationFactory()
        client.post(
            reverse("decisions:add_step", args=[decision.slug]),
            {"title": "Tender", "due_on": "2026-06-01", "owner": unit.pk, "language": "en"},
        )
        step = decision.steps.get()
        address = reverse("decisions:settle_step", args=[decision.slug, step.pk])
        client.post(address, {"do": "finish"})
        step.refresh_from_db()
        assert step.state == "done"
        assert client.post(address, {"do": "explode"}).status_code == 404

    def test_a_follow_up_is_shown_with_its_figure_and_source(self, client, coordinator):
        decision = in_force()
        form = {
            "use": "in_use",
            "found_on": "2026-05-03",
            "text": "Seen.",
            "value": "4",
            "counts": "halls",
            "source": "A visit to all halls",
            "language": "en",
        }
        address = reverse("decisions:follow_up", args=[decision.slug])
        no_unit = client.post(address, {**form, "counts": ""})
        assert list(no_unit.context["form"].errors) == ["counts"]
        to_come = client.post(address, {**form, "found_on": "2999-01-01"})
        assert list(to_come.context["form"].errors) == ["found_on"]
        client.post(address, form)
        client.logout()
        page = client.get(decision.get_absolute_url()).content.decode()
        assert "A visit to all halls" in page
        assert "<strong>4</strong>" in page

    def test_money_is_recorded_and_taken_back(self, client, coordinator):
        experiment = ExperimentFactory(state="running")
        address = reverse("decisions:money", args=[experiment.slug])
        form = {"kind": "spent", "amount_eur": "0", "dated_on": "2026-05-01", "source": "Ledger"}
        assert list(client.post(address, form).context["form"].errors) == ["amount_eur"]
        client.post(address, {**form, "amount_eur": "120.50"})
        money = experiment.money.get()
        client.post(reverse("decisions:take_back_money", args=[experiment.slug, money.pk]))
        assert "taken back" in client.get(address).content.decode()

    def test_the_doors_are_shut_to_others(self, client):
        decision, step = in_force(), NextStepFactory()
        client.force_login(person_with(Role.STAFF))
        slug = decision.experiment.slug
        answers = [
            client.get(reverse("decisions:add_step", args=[decision.slug])).status_code,
            client.get(reverse("decisions:follow_up", args=[decision.slug])).status_code,
            client.get(reverse("decisions:money", args=[slug])).status_code,
            client.post(
                reverse("decisions:settle_step", args=[step.decision.slug, step.pk]),
                {"do": "finish"},
            ).status_code,
        ]
        assert answers == [403, 403, 403, 403]

    def test_earlier_decisions_stay_in_sight(self, client):
        first = DecisionFactory(
            state="replaced", title="The first", experiment=ExperimentFactory(state="decided")
        )
        second = DecisionFactory(state="published", experiment=first.experiment)
        assert "The first" in client.get(second.get_absolute_url()).content.decode()
