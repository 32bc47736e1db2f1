"""Decisions in depth: the rule, those who decided and thought otherwise, steps, follow-ups, money."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.factories.calls import EntryFactory
from tests.factories.decisions import (
    DecisionFactory,
    FollowUpFactory,
    MoneyFactory,
    NextStepFactory,
)
from tests.factories.experiments import NOW, AnalysisFactory, EvidenceFactory, ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from tests.loop.decisions.test_actions import draft, words
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.texts.queries import in_language
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.decisions import actions, queries
from vuoksi.loop.decisions.models import Decision, FollowUp, Money, NextStep
from vuoksi.loop.decisions.recipes import LANGUAGES as STEP_LANGUAGES
from vuoksi.loop.decisions.recipes import PROCUREMENT
from vuoksi.loop.decisions.tasks import remind_of_follow_ups

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


def measured(outcome):
    """An experiment that has ended, whose rule said `outcome`."""
    experiment = ExperimentFactory(state="ended")
    analysis = AnalysisFactory(experiment=experiment, result={"rule_outcome": outcome})
    return EvidenceFactory(experiment=experiment, analysis=analysis).experiment


def in_force(**more):
    experiment = ExperimentFactory(state="decided")
    return DecisionFactory(state="published", kind="scale", experiment=experiment, **more)


def finding(**changes):
    found = {
        "use": "in_use",
        "found_on": TODAY,
        "text": "In four halls",
        "language": "en",
        "source": "A visit",
        "value": 4.0,
        "counts": "halls",
    }
    return actions.Finding(**{**found, **changes})


class TestRule:
    @pytest.mark.parametrize(
        ("outcome", "kind"), [("stop", "scale"), ("scale", "stop"), ("inconclusive", "procure")]
    )
    def test_against_it_nothing_is_published_without_saying_why(self, coordinator, outcome, kind):
        experiment = measured(outcome)
        decision = draft(coordinator, experiment, experiment.evidence.all(), kind=kind)
        with pytest.raises(actions.NeedsWhy) as refused:
            actions.publish_decision(decision=decision, by=coordinator, at=NOW)
        decision.refresh_from_db()
        experiment.refresh_from_db()
        assert refused.value.outcome == outcome
        assert (decision.state, experiment.state) == ("draft", "ended")

    def test_what_it_said_stays_beside_the_decision(self, coordinator):
        experiment = measured("stop")
        decision = draft(
            coordinator, experiment, experiment.evidence.all(), against_why="The halls are bought."
        )
        actions.publish_decision(decision=decision, by=coordinator, at=NOW)
        decision.refresh_from_db()
        assert (decision.rule_outcome, decision.goes_against_rule) == ("stop", True)

    def test_leaving_the_evidence_out_does_not_silence_it(self, coordinator):
        decision = draft(coordinator, measured("scale"), [], kind="stop")
        with pytest.raises(actions.NeedsWhy):
            actions.publish_decision(decision=decision, by=coordinator, at=NOW)

    def test_blanks_are_no_reason(self, coordinator):
        decision = draft(coordinator, measured("scale"), [], kind="stop", against_why="  \n ")
        with pytest.raises(actions.NeedsWhy):
            actions.publish_decision(decision=decision, by=coordinator, at=NOW)

    def test_the_newest_evidence_speaks(self):
        experiment = measured("scale")
        EvidenceFactory(
            experiment=experiment,
            analysis=AnalysisFactory(experiment=experiment, result={"rule_outcome": "stop"}),
            published_at=NOW + timedelta(days=1),
        )
        assert queries.rule_outcome_of(experiment) == "stop"

    @pytest.mark.parametrize("said", ["no_rule", "something else"])
    def test_without_a_rule_nothing_goes_against_it(self, coordinator, said):
        experiment = measured(said)
        decision = draft(coordinator, experiment, experiment.evidence.all(), kind="stop")
        actions.publish_decision(decision=decision, by=coordinator, at=NOW)
        assert decision.goes_against_rule is False

    def test_the_database_holds_it_too(self):
        decision = in_force()
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(goes_against_rule=True)


class TestPeople:
    def test_those_who_decided_and_thought_otherwise_are_kept_in_order(self, coordinator):
        decision = draft(
            coordinator,
            ExperimentFactory(state="ended"),
            kind="stop",
            deciders=(actions.Named("Maija", "chair"), actions.Named("Matti")),
            dissents=(actions.Objection("Too early."), actions.Objection("No.", "Eero")),
        )
        people = [(one.name, one.role) for one in decision.deciders.order_by("position")]
        opinions = [(one.name, one.words) for one in decision.dissents.order_by("position")]
        assert people == [("Maija", "chair"), ("Matti", "")]
        assert opinions == [("", "Too early."), ("Eero", "No.")]

    def test_an_edit_leaves_none_behind(self, coordinator):
        decision = draft(
            coordinator,
            ExperimentFactory(state="ended"),
            deciders=(actions.Named("Maija"), actions.Named("Matti")),
            dissents=(actions.Objection("One"), actions.Objection("Two")),
        )
        kept = decision.dissents.get(position=0).pk
        actions.edit_decision(
            decision=decision,
            version=1,
            words=words(dissents=(actions.Objection("One, but shorter"),)),
            evidence=(),
            by=coordinator,
            at=NOW,
        )
        assert [one.pk for one in decision.dissents.all()] == [kept]
        assert decision.deciders.count() == 0


class TestFollowUp:
    def test_it_is_kept_and_told_upstream(self, coordinator):
        author = UserFactory()
        entry = EntryFactory(state="accepted", author=author)
        decision = DecisionFactory(
            state="published",
            kind="scale",
            follow_up_on=TODAY,
            experiment=ExperimentFactory(state="decided", entries=[entry]),
        )
        actions.record_follow_up(
            decision=decision,
            finding=finding(),
            next_on=date(2027, 5, 4),
            by=coordinator,
            at=NOW,
        )
        decision.refresh_from_db()
        assert (decision.use, decision.use_on) == ("in_use", TODAY)
        assert decision.follow_up_on == date(2027, 5, 4)
        assert Notice.objects.get(user=author).kind == "decisions.in_use"

    def test_the_newest_look_counts_whatever_was_written_down_first(self, coordinator):
        decision = in_force()
        for use, day in (("not_in_use", TODAY), ("in_use", date(2026, 1, 1))):
            actions.record_follow_up(
                decision=decision,
                finding=finding(use=use, found_on=day),
                by=coordinator,
                at=NOW,
            )
        assert (decision.use, decision.follow_ups.count()) == ("not_in_use", 2)

    def test_what_is_to_come_was_not_seen(self, coordinator):
        with pytest.raises(actions.NotYet):
            actions.record_follow_up(
                decision=in_force(),
                finding=finding(found_on=TODAY + timedelta(days=1)),
                by=coordinator,
                at=NOW,
            )

    @pytest.mark.parametrize("state", ["draft", "replaced"])
    def test_only_what_is_in_force_is_followed_up(self, coordinator, state):
        with pytest.raises(actions.NotFinished):
            actions.record_follow_up(
                decision=DecisionFactory(state=state), finding=finding(), by=coordinator, at=NOW
            )
        assert not FollowUp.objects.exists()

    @pytest.mark.parametrize(("kind", "use"), [("adapt", "in_use"), ("stop", "")])
    def test_a_later_decision_takes_the_use_over_unless_it_stops(self, coordinator, kind, use):
        first = FollowUpFactory().decision
        second = DecisionFactory(experiment=first.experiment, kind=kind)
        second.evidence.add(EvidenceFactory(experiment=first.experiment))
        actions.publish_decision(decision=second, by=coordinator, at=NOW)
        assert (second.use, queries.history_of(second)) == (use, [first, second])


class TestReminder:
    def test_the_recorder_is_reminded_once_of_each_day(self, coordinator):
        decision = in_force(recorded_by=coordinator, follow_up_on=TODAY)
        assert [remind_of_follow_ups(NOW) for _ in range(2)] == [1, 0]
        decision.refresh_from_db()
        decision.follow_up_on = TODAY + timedelta(days=30)
        decision.save()
        assert remind_of_follow_ups(NOW) == 0
        assert remind_of_follow_ups(NOW + timedelta(days=30)) == 1

    def test_when_the_recorder_has_left_others_are(self, coordinator):
        in_force(recorded_by=UserFactory(is_active=False), follow_up_on=TODAY)
        remind_of_follow_ups(NOW)
        assert [notice.user for notice in Notice.objects.all()] == [coordinator]

    def test_the_day_is_that_of_the_city(self, coordinator):
        in_force(recorded_by=coordinator, follow_up_on=date(2026, 5, 5))
        # A quarter past midnight in Espoo, the evening before in Greenwich.
        assert remind_of_follow_ups(NOW.replace(hour=21, minute=15)) == 1


class TestSteps:
    def test_a_step_is_done_given_up_and_opened_again(self, coordinator):
        decision = in_force()
        step = actions.add_step(
            decision=decision,
            title="Tender",
            due_on=TODAY,
            owner=OrganisationFactory(),
            language="en",
            by=coordinator,
            at=NOW,
        )
        states = []
        for transition in ("finish", "finish", "reopen", "drop"):
            actions.settle_step(step=step, transition=transition, by=coordinator, at=NOW)
            states.append((step.state, step.settled_on))
        done = ("done", TODAY)
        assert states == [done, done, ("open", None), ("dropped", TODAY)]

    def test_the_steps_of_a_procurement_are_taken_changed_and_left_out(self, client, coordinator):
        unit = OrganisationFactory()
        decision = in_force(slug="buy", organisation=unit)
        decision.kind = "procure"
        decision.save()
        client.force_login(coordinator)
        address = "/decisions/buy/steps/procurement/"
        assert address in client.get("/decisions/buy/").content.decode()
        form = client.get(address).context["form"]
        values = {
            field.html_name: field.value() for field in form if field.value() not in (None, False)
        }
        values["owner"] = unit.pk
        values["title-market"] = "We ask three firms"
        del values["take-research"]
        assert client.post(address, {**values, "due-value": ""}).status_code == 422
        assert NextStep.objects.count() == 0
        client.post(address, values)
        steps = list(decision.steps.order_by("due_on", "pk"))
        taken = [step for step in PROCUREMENT if step.key != "research"]
        assert [str(in_language(row, "title", "en")) for row in steps] == [
            "We ask three firms" if step.key == "market" else step.title["en"] for step in taken
        ]
        assert [str(in_language(row, "title", "fi")) for row in steps] == [
            "We ask three firms" if step.key == "market" else step.title["fi"] for step in taken
        ]
        assert {row.owner for row in steps} == {unit}

    @pytest.mark.parametrize("step", PROCUREMENT, ids=lambda step: step.key)
    def test_a_step_of_a_procurement_is_whole_in_every_language(self, step):
        assert set(step.title) == set(STEP_LANGUAGES)
        assert max(len(words) for words in step.title.values()) <= 200

    def test_steps_are_added_by_coordinators_to_what_is_in_force(self, coordinator):
        more = {"steps": [], "owner": OrganisationFactory(), "language": "en", "at": NOW}
        with pytest.raises(NotAllowed):
            actions.add_steps(decision=in_force(), by=UserFactory(), **more)
        with pytest.raises(actions.NotFinished):
            actions.add_steps(decision=DecisionFactory(), by=coordinator, **more)
        assert actions.add_steps(decision=in_force(), by=coordinator, **more) == []

    def test_an_open_step_is_not_opened(self, coordinator):
        with pytest.raises(NotPossible):
            actions.settle_step(step=NextStepFactory(), transition="reopen", by=coordinator, at=NOW)


class TestMoney:
    def amount(self):
        return actions.Amount("asked", Decimal("12000.50"), TODAY, "The entry")

    def test_what_is_taken_over_stands_once(self, coordinator):
        experiment = ExperimentFactory()
        first, second = (
            actions.take_over_money(
                experiment=experiment, amount=self.amount(), key="entry:1", by=coordinator, at=NOW
            )
            for _ in range(2)
        )
        assert first == second == Money.objects.get()

    def test_a_wrong_amount_is_taken_back_and_stays(self, coordinator):
        money = actions.record_money(
            experiment=ExperimentFactory(), amount=self.amount(), by=coordinator, at=NOW
        )
        for _ in range(2):
            actions.take_back_money(money=money, by=coordinator, at=NOW)
        assert Money.objects.get().taken_back_at == NOW

    @pytest.mark.parametrize("wrong", [{"amount_eur": 0}, {"amount_eur": -1}, {"source": ""}])
    def test_the_database_refuses_what_is_no_amount(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            MoneyFactory(**wrong)


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.STAFF, Role.REVIEWER, Role.COMPANY])
def test_others_write_nothing_of_this(role):
    person, decision, step = person_with(role), in_force(), NextStepFactory()
    amount = actions.Amount("asked", Decimal(1), TODAY, "s")
    writes = [
        lambda: actions.record_follow_up(decision=decision, finding=finding(), by=person, at=NOW),
        lambda: actions.settle_step(step=step, transition="finish", by=person, at=NOW),
        lambda: actions.record_money(
            experiment=decision.experiment, amount=amount, by=person, at=NOW
        ),
        lambda: actions.take_back_money(money=MoneyFactory(), by=person, at=NOW),
        lambda: actions.add_step(
            decision=decision,
            title="t",
            due_on=TODAY,
            owner=step.owner,
            language="en",
            by=person,
            at=NOW,
        ),
    ]
    for write in writes:
        with pytest.raises(NotAllowed):
            write()
