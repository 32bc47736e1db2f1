"""The figures of the portfolio, its pages, its API and the list of what waits."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.factories.calls import AnswerFactory, CallFactory, EntryFactory
from tests.factories.decisions import (
    DecisionFactory,
    FollowUpFactory,
    MoneyFactory,
    NextStepFactory,
)
from tests.factories.experiments import NOW, EvidenceFactory, ExperimentFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import PlaceFactory
from tests.factories.strategy import GoalFactory
from vuoksi.base.notices.waiting import everything_waiting
from vuoksi.base.people.models import Role
from vuoksi.loop.decisions.queries import board, figures, report

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)
PAGES = ("/portfolio/", "/portfolio/pilots/", "/portfolio/figures/", "/portfolio/places/")


def decided(kind, **more):
    experiment = ExperimentFactory(state="decided", **more)
    return DecisionFactory(state="published", kind=kind, experiment=experiment)


def everything():
    """One pilot for each way it can go."""
    FollowUpFactory()
    FollowUpFactory(use="not_in_use")
    for kind in ("stop", "repeat", "adapt"):
        decided(kind)
    ExperimentFactory(state="running")
    ExperimentFactory(state="ended")
    ExperimentFactory(state="cancelled", frozen_at=NOW, frozen_digest="a" * 64, frozen_text="{}")
    ExperimentFactory(state="cancelled")
    ExperimentFactory(state="draft")


class TestOutcomes:
    def test_what_is_a_pilot_and_what_is_settled(self):
        everything()
        found = figures.outcomes()
        assert (found.started, found.running, found.waiting, found.cancelled) == (8, 1, 1, 1)
        # In use, not in use, stopped, adapted, cancelled; the one to be tried again is not settled.
        assert (found.of_settled.part, found.of_settled.whole) == (1, 5)
        assert (found.of_started.part, found.of_started.whole) == (1, 8)
        assert found.kinds == {"scale": 2, "adapt": 1, "stop": 1, "repeat": 1, "procure": 0}

    def test_what_left_use_has_reached_it(self):
        decision = FollowUpFactory(found_on=date(2026, 1, 1)).decision
        FollowUpFactory(decision=decision, use="not_in_use")
        found = figures.outcomes()
        assert (found.reached, found.in_use_now, found.settled) == (1, 0, 1)

    def test_what_was_replaced_while_in_use_counts_once(self):
        first = FollowUpFactory().decision
        first.state = "replaced"
        first.save()
        DecisionFactory(state="published", kind="repeat", experiment=first.experiment)
        found = figures.outcomes()
        assert (found.reached, found.settled, found.started) == (1, 1, 1)

    def test_a_year_is_that_of_the_city(self):
        # Half an hour after new year in Espoo.
        ExperimentFactory(state="running", frozen_at=datetime(2025, 12, 31, 22, 30, tzinfo=UTC))
        counted = [figures.outcomes(figures.year_range(year)).started for year in (2025, 2026)]
        assert counted == [0, 1]


class TestFunnel:
    def test_each_step_counts_by_goal_in_its_own_year(self):
        goal = GoalFactory()
        call = CallFactory(
            goal=goal, state="published", published_at=datetime(2024, 5, 1, tzinfo=UTC)
        )
        entry = EntryFactory(
            call=call, state="accepted", submitted_at=datetime(2025, 1, 5, tzinfo=UTC)
        )
        EntryFactory(call=call, state="draft", submitted_at=None)
        experiment = ExperimentFactory(state="decided", goal=goal, entries=[entry])
        decision = DecisionFactory(state="published", kind="scale", experiment=experiment)
        FollowUpFactory(decision=decision)
        found = figures.funnel(TODAY)
        row = figures.funnel_by_goal(TODAY)[goal.pk]
        assert {step: row[step].total for step in figures.STEPS} == {
            "calls": 1,
            "entries": 1,
            "accepted": 1,
            "experiments": 1,
            "decisions": 1,
            "in_use": 1,
        }
        assert [found.in_year("entries", year) for year in (2024, 2025, 2026)] == [0, 1, 0]
        assert found.in_year("in_use", 2026) == 1

    def test_what_is_older_than_the_table_is_in_the_sum(self):
        ExperimentFactory(state="running", frozen_at=datetime(2001, 5, 1, tzinfo=UTC), entries=[])
        found = figures.funnel(TODAY)
        years = sum(found.in_year("experiments", year) for year in found.years)
        assert (found.total("experiments"), years) == (1, 0)

    def test_an_accepted_idea_counts_in_the_year_of_its_answer_in_force(self):
        call = CallFactory(state="published", published_at=NOW)
        entry = EntryFactory(call=call, state="accepted", submitted_at=NOW)
        for year, is_current in ((2024, False), (2025, True)):
            at = datetime(year, 6, 1, tzinfo=UTC)
            AnswerFactory(entry=entry, outcome="accepted", at=at, is_current=is_current)
        found = figures.funnel(TODAY)
        years = [found.in_year("accepted", year) for year in (2024, 2025, 2026)]
        assert (found.total("accepted"), years) == (1, [0, 1, 0])

    def test_hidden_ideas_and_drafts_count_nowhere(self):
        call = CallFactory(state="draft")
        EntryFactory(call=call, state="submitted", submitted_at=NOW)
        assert [figures.funnel(TODAY).total(step) for step in figures.STEPS] == [0] * 6


def test_money_is_summed_by_kind_and_year_without_what_was_taken_back():
    one = MoneyFactory(amount_eur=100).experiment
    MoneyFactory(experiment=one, amount_eur=Decimal("50.25"), dated_on=date(2025, 12, 31))
    MoneyFactory(kind="spent", amount_eur=70)
    MoneyFactory(kind="spent", amount_eur=999, taken_back_at=NOW)
    found = figures.money(TODAY)
    assert (found["granted"].eur, found["granted"].experiments) == (Decimal("150.25"), 1)
    assert (found["granted"].years[2025], found["spent"].eur) == (Decimal("50.25"), 70)
    assert found["asked"].eur == 0


def test_money_of_several_goals_adds_up():
    rows = [MoneyFactory(amount_eur=amount) for amount in (100, 30)]
    MoneyFactory(experiment=rows[0].experiment, amount_eur=5)
    goals = [GoalFactory(), None]
    for row, goal in zip(rows, goals, strict=True):
        row.experiment.goal = goal
        row.experiment.save()
    granted = figures.money(TODAY)["granted"]
    assert (granted.eur, granted.experiments) == (135, 2)
    by_goal = {(goals[0].pk, "granted"): 105, (None, "granted"): 30}
    assert figures.money_by_goal() == by_goal


def test_gaps_are_goals_for_which_nothing_is_under_way():
    tried, busy, empty = GoalFactory(), GoalFactory(), GoalFactory()
    decided("stop", goal=tried, entries=[EntryFactory(state="submitted")])
    ExperimentFactory(state="running", goal=busy, entries=[EntryFactory(state="submitted")])
    found = {row.pk: row.was_tried for row in figures.untried_goals()}
    assert (found.get(tried.pk), found.get(empty.pk), busy.pk in found) == (True, False, False)


def test_places_count_their_pilots_by_how_far_they_came():
    place, other = PlaceFactory(), PlaceFactory()
    for use in ("in_use", "not_in_use"):
        FollowUpFactory(
            use=use,
            decision__experiment=ExperimentFactory(state="decided", testbed=place),
        )
    ExperimentFactory(state="running", testbed=place)
    ExperimentFactory(state="draft", testbed=place)
    # Found in use once and tried again since: it is not in use now, as on the board.
    again = FollowUpFactory(decision__experiment=ExperimentFactory(state="ended", testbed=other))
    counted = [(row, row.started, row.running, row.in_use) for row in figures.by_place()]
    assert counted == [(place, 3, 1, 1), (other, 1, 0, 0)]
    assert again.decision.experiment.testbed == other


class TestBoard:
    def test_every_stage_with_who_is_waited_for(self):
        everything()
        CallFactory(state="published", published_at=NOW)
        lanes = {
            lane.stage.value: lane for lane in board.board(NOW, figures.outcomes(), with_plans=True)
        }
        assert {stage: lane.count for stage, lane in lanes.items()} == {
            "call": lanes["call"].count,
            "accepted": lanes["accepted"].count,
            "planned": 1,
            "running": 1,
            "measured": 1,
            "decided": 4,
            "in_use": 1,
        }
        running = lanes["running"].cards[0]
        assert (running.days, running.whom) == (30, running.thing.owner.name)
        assert lanes["measured"].cards[0].wait == "the evidence"

    def test_plans_are_counted_and_not_named_to_the_public(self, client):
        ExperimentFactory(state="draft", title="Secret plan")
        page = client.get("/portfolio/").content.decode()
        client.force_login(person_with(Role.STAFF))
        assert (
            "Secret plan" in page,
            "Secret plan" in client.get("/portfolio/").content.decode(),
        ) == (
            False,
            True,
        )

    def test_an_idea_waits_until_an_experiment_is_made_of_it(self):
        entry = EntryFactory(state="accepted", submitted_at=NOW)
        assert list(board.accepted_without_experiment()) == [entry]
        ExperimentFactory(entries=[entry])
        assert list(board.accepted_without_experiment()) == []


@pytest.mark.parametrize("path", [*PAGES, "/portfolio/feed/"])
def test_an_empty_city_has_its_pages(client, path):
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/portfolio/report/1999/", "/portfolio/report/2999/", "/portfolio/report/99999999999999999/"],
)
def test_a_year_without_pilots_has_no_report(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["use=reached", "use=not_reached", "use=open", "finding=none", "finding=no_evidence", "stage=decided", "year=2026", "year=abc", "goal=999999", "sort=stage"])  # fmt: skip
def test_the_list_filters_and_survives_anything(client, query):
    everything()
    EvidenceFactory(experiment=decided("stop").experiment)
    assert client.get(f"/portfolio/pilots/?{query}").status_code == 200


def test_settled_and_open_pilots_share_the_list(client):
    everything()
    counts = [
        client.get(f"/portfolio/pilots/?use={use}").content.decode().count('class="card pilot"')
        for use in ("reached", "not_reached", "open")
    ]
    assert counts == [1, 4, 3]


def test_the_export_has_every_pilot_and_no_plan(client):
    everything()
    ExperimentFactory(state="draft", title="Secret plan")
    rows = b"".join(client.get("/portfolio/pilots/?format=csv").streaming_content).decode()
    assert (len(rows.strip().splitlines()), "Secret plan" in rows) == (9, False)


def test_the_report_tells_what_was_learned_of_failures_too(client):
    decision = decided("stop")
    decision.learned = "Nobody reads letters."
    decision.save()
    EvidenceFactory(experiment=decision.experiment)
    page = client.get("/portfolio/report/2026/").content.decode()
    found = report.report_of(2026)
    assert "Nobody reads letters." in page
    assert "no clear effect" in page
    assert (found.decided_count, found.kinds["stop"]) == (1, 1)


def test_the_board_leads_to_what_was_learned_from_the_rest(client):
    everything()
    page = client.get("/portfolio/").content.decode()
    assert "What the city learned from the 4 that did not" in page


class TestApi:
    def test_figures_give_both_denominators(self, client):
        everything()
        found = client.get("/api/portfolio/figures/").json()
        assert (found["reached_use"]["part"], found["reached_use"]["whole"]) == (1, 5)
        assert found["reached_use_of_started"]["whole"] == 8

    def test_the_funnel_names_goals_by_their_address(self, client):
        goal = GoalFactory()
        decided("stop", goal=goal)
        rows = {row["goal"]: row for row in client.get("/api/portfolio/funnel/").json()}
        assert rows[goal.slug]["decisions"]["total"] == 1

    def test_a_decision_gives_everything_about_it(self, client):
        follow_up = FollowUpFactory()
        found = client.get(f"/api/decisions/{follow_up.decision.slug}/").json()
        assert (found["use"], found["follow_ups"][0]["source"]) == ("in_use", "A visit")

    def test_drafts_are_in_no_answer(self, client):
        DecisionFactory(title="Secret")
        assert client.get("/api/decisions/").json()["count"] == 0

    @pytest.mark.parametrize(
        "path",
        [
            "/api/portfolio/pilots/?stage=nothing",
            "/api/portfolio/pilots/?goal=%00",
            "/api/portfolio/pilots/?reached_use=perhaps",
            "/api/decisions/?use=x",
        ],
    )
    def test_wrong_questions_are_refused(self, client, path):
        assert client.get(path).status_code == 422


class TestWaiting:
    def test_every_kind_of_waiting_is_named(self):
        EntryFactory(state="accepted", submitted_at=NOW)
        ExperimentFactory(state="running", ends_on=date(2026, 5, 1))
        ExperimentFactory(state="ended")
        EvidenceFactory()
        NextStepFactory()
        decision = decided("scale")
        decision.follow_up_on = TODAY
        decision.save()
        found = everything_waiting(UserFactory(), NOW)
        mine = {
            key: len(rows) for key, (_label, rows) in found.items() if key.startswith("decisions.")
        }
        assert mine == {
            "decisions.plan": mine["decisions.plan"],
            "decisions.end": 1,
            "decisions.evidence": 1,
            "decisions.decision": 1,
            "decisions.step": 1,
            "decisions.follow_up": 1,
        }

    def test_what_is_done_does_not_wait(self):
        NextStepFactory(state="done", settled_on=TODAY)
        NextStepFactory(due_on=date(2026, 6, 1))
        assert "decisions.step" not in everything_waiting(UserFactory(), NOW)


def test_a_year_with_much_in_it_names_the_first_and_leads_to_all(client):
    for _ in range(report.NAMED + 1):
        DecisionFactory(
            state="published",
            decided_on=date(2025, 6, 1),
            experiment=ExperimentFactory(
                state="decided", frozen_at=datetime(2025, 3, 1, tzinfo=UTC), entries=[]
            ),
        )
    page = client.get("/portfolio/report/2025/").content.decode()
    assert f"The first {report.NAMED} of {report.NAMED + 1}." in page
    assert "/decisions/?state=published&amp;year=2025" in page
    DecisionFactory(state="published", decided_on=date(2026, 5, 1))
    counts = [
        client.get(f"/decisions/?state=published&year={year}").context["table"].count
        for year in (2025, 2026)
    ]
    assert counts == [report.NAMED + 1, 1]


def test_the_split_by_goal_is_made_for_those_who_ask(client):
    goal = GoalFactory(title="Light for all")
    decided("stop", goal=goal)
    assert "Light for all" not in shown(client, "/portfolio/figures/")
    assert "Light for all" in shown(client, "/portfolio/figures/?goals=1")


def shown(client, address):
    """The table by goal, where there is one."""
    page = client.get(address).content.decode()
    return page.partition('<table class="table"><caption id="by-goal">')[2].partition("</table>")[0]
