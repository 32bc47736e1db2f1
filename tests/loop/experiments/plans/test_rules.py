"""Who may plan, read and lead experiments: each person against each state."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.calls import EntryFactory
from tests.factories.experiments import ExperimentFactory
from tests.factories.people import UserFactory, person_with

from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.experiments.plans import rules
from vuoksi.loop.experiments.plans.models import Experiment

pytestmark = pytest.mark.django_db

STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
STEERING = {Role.COORDINATOR, Role.ADMINISTRATOR}


def somebody(who):
    return AnonymousUser() if who is None else person_with(who)


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", Experiment.State.values)
def test_who_reads_changes_and_leads(who, state):
    person, experiment = somebody(who), ExperimentFactory(state=state)
    assert rules.may_read_experiment(person, experiment) == (state != "draft" or who in STAFF)
    assert rules.may_edit_experiment(person, experiment) == (state == "draft" and who in STAFF)
    assert rules.may_steer_experiment(person, experiment) == (who in STEERING)
    assert rules.may_discuss(person, experiment) == (state != "draft")


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", Entry.State.values)
def test_who_makes_an_experiment_of_an_idea(who, state):
    person, entry = somebody(who), EntryFactory(state=state)
    allowed = who in STAFF and state == "accepted"
    assert rules.may_create_experiment(person, entry) == allowed


def test_the_author_of_the_idea_reads_the_plan():
    author, stranger = UserFactory(), UserFactory()
    entry = EntryFactory(state="accepted", author=author)
    plan = ExperimentFactory(entries=[entry])
    assert rules.may_read_experiment(author, plan)
    with pytest.raises(NotAllowed):
        rules.check_read_experiment(stranger, plan)
