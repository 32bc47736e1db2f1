import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.decisions import DecisionFactory
from tests.factories.experiments import ExperimentFactory
from tests.factories.people import person_with
from vuoksi.base.people.models import Role
from vuoksi.loop.decisions import rules

pytestmark = pytest.mark.django_db

STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
STEERING = {Role.COORDINATOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", ["draft", "published", "replaced"])
def test_who_may_do_what(who, state):
    person = AnonymousUser() if who is None else person_with(who)
    experiment = ExperimentFactory(state="ended" if state == "draft" else "decided")
    decision = DecisionFactory(state=state, experiment=experiment)
    assert rules.may_read_decision(person, decision) == (state != "draft" or who in STAFF)
    assert rules.may_draft_decision(person) == (who in STEERING)
    assert rules.may_edit_decision(person, decision) == (state == "draft" and who in STEERING)
    assert rules.may_publish_decision(person, decision) == (who in STEERING)
    assert rules.may_discuss(person, decision) == (state != "draft")
    in_force = state == "published"
    assert rules.may_comment(person, decision) == (in_force and who is not None)
    assert rules.may_answer(person, decision) == (in_force and who in STEERING)
    assert rules.may_follow_decision(person, decision) == (who in STEERING)
    assert rules.may_record_money(person, experiment) == (who in STEERING)
    assert rules.may_read_plans(person) == (who in STAFF)
