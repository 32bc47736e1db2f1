from datetime import date

import pytest

from tests.factories.calls import EntryFactory
from tests.factories.decisions import DecisionFactory
from tests.factories.experiments import NOW, EvidenceFactory, ExperimentFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.strategy import ActionFactory, GoalFactory
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.decisions import actions
from vuoksi.loop.decisions.actions import NewAction, Words
from vuoksi.loop.decisions.models import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


def words(**changes):
    said = {
        "kind": "scale",
        "title": "Videos in every hall",
        "reasons": "They work.",
        "language": "en",
        "decided_by": "Director of Sports",
        "decided_on": date(2026, 5, 1),
    }
    return Words(**{**said, **changes})


def draft(coordinator, experiment, evidence=(), **changes):
    return actions.draft_decision(
        experiment=experiment,
        slug="videos",
        words=words(**changes),
        evidence=evidence,
        by=coordinator,
        at=NOW,
    )


class TestDraft:
    def test_a_decision_is_written_down_and_not_public(self, coordinator):
        evidence = EvidenceFactory()
        decision = draft(coordinator, evidence.experiment, [evidence])
        assert (decision.state, decision.kind, list(decision.evidence.all())) == (
            "draft",
            "scale",
            [evidence],
        )
        assert [row.verb for row in AuditEntry.objects.all()] == ["decisions.draft_decision"]

    @pytest.mark.parametrize("state", ["draft", "running", "cancelled"])
    def test_only_after_the_end(self, coordinator, state):
        with pytest.raises(NotPossible):
            draft(coordinator, ExperimentFactory(state=state))

    def test_anothers_evidence_is_refused(self, coordinator):
        with pytest.raises(ValueError, match="experiment that is decided on"):
            draft(coordinator, ExperimentFactory(state="ended"), [EvidenceFactory()])
        assert not Decision.objects.exists()

    @pytest.mark.parametrize("role", [Role.RESIDENT, Role.STAFF, Role.REVIEWER, Role.COMPANY])
    def test_others_may_not(self, role):
        with pytest.raises(NotAllowed):
            draft(person_with(role), ExperimentFactory(state="ended"))


class TestEdit:
    def test_the_second_of_two_editors_is_told(self, coordinator):
        decision = draft(coordinator, ExperimentFactory(state="ended"))
        edit = {"decision": decision, "version": 1, "evidence": (), "by": coordinator, "at": NOW}
        actions.edit_decision(words=words(title="First"), **edit)
        with pytest.raises(EditedMeanwhile) as told:
            actions.edit_decision(words=words(title="Second"), **edit)
        assert told.value.thing.title == "First"

    def test_a_published_decision_is_not_edited(self, coordinator):
        with pytest.raises(NotAllowed):
            actions.edit_decision(
                decision=DecisionFactory(state="published"),
                version=1,
                words=words(),
                evidence=(),
                by=coordinator,
                at=NOW,
            )


class TestPublish:
    def test_it_opens_an_action_closes_the_experiment_and_tells_the_author(self, coordinator):
        author, goal = UserFactory(), GoalFactory()
        experiment = ExperimentFactory(
            state="ended", entries=[EntryFactory(state="accepted", author=author)]
        )
        evidence = EvidenceFactory(experiment=experiment)
        decision = draft(coordinator, experiment, [evidence])
        actions.publish_decision(
            decision=decision,
            by=coordinator,
            at=NOW,
            opens=NewAction(goal, "Videos in every hall", slug="videos"),
        )
        decision.refresh_from_db()
        experiment.refresh_from_db()
        assert (decision.state, experiment.state) == ("published", "decided")
        assert (decision.action.goal, decision.action.title) == (goal, "Videos in every hall")
        told = Notice.objects.filter(user=author, kind="decisions.decision_published")
        assert [notice.thing for notice in told] == [decision]

    def test_it_updates_an_action_that_stands(self, coordinator):
        action = ActionFactory()
        decision = DecisionFactory()
        actions.publish_decision(decision=decision, by=coordinator, at=NOW, updates=action)
        assert decision.action == action
        assert "The videos end" in action.updates.get().text

    @pytest.mark.parametrize("kind", ["scale", "adapt"])
    def test_without_evidence_nothing_is_scaled(self, coordinator, kind):
        decision = DecisionFactory(kind=kind)
        with pytest.raises(actions.NoEvidence):
            actions.publish_decision(decision=decision, by=coordinator, at=NOW)
        decision.refresh_from_db()
        assert (decision.state, decision.experiment.state) == ("draft", "ended")

    def test_a_later_decision_replaces_the_one_in_force(self, coordinator):
        first = DecisionFactory(state="published", experiment=ExperimentFactory(state="decided"))
        second = DecisionFactory(experiment=first.experiment)
        actions.publish_decision(decision=second, by=coordinator, at=NOW)
        first.refresh_from_db()
        assert (first.state, second.state) == ("replaced", "published")

    def test_twice_is_not_possible(self, coordinator):
        with pytest.raises(NotPossible):
            actions.publish_decision(
                decision=DecisionFactory(state="published"), by=coordinator, at=NOW
            )
