"""Who may read, lead, see codes and see persons: each role in the unit in charge, in a partner, and elsewhere."""

import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.calls import member_of
from tests.factories.organisations import OrganisationFactory
from tests.factories.participants import NOW, KeyKeeperFactory, RecruitmentFactory, led_by, stranger

from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.experiments.participants import actions, rules
from vuoksi.loop.experiments.participants.models import Recruitment
from vuoksi.loop.experiments.plans.models import Experiment

pytestmark = pytest.mark.django_db

STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
STEERING = {Role.COORDINATOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("state", Recruitment.State.values)
@pytest.mark.parametrize("role", list(Role))
def test_the_unit_in_charge_leads_and_nobody_else_does(role, state):
    recruitment = RecruitmentFactory(state=state)
    ours, theirs = led_by(recruitment, role), stranger(role)
    is_public = state != "draft"
    assert rules.may_read_recruitment(ours, recruitment) == (is_public or role in STAFF)
    assert rules.may_lead(ours, recruitment) == (role in STAFF)
    assert rules.may_read_codes(ours, recruitment) == (role in STAFF)
    assert rules.may_name_keepers(ours, recruitment) == (role in STEERING)
    assert rules.may_read_key(ours, recruitment) is False
    assert rules.may_read_recruitment(theirs, recruitment) == is_public
    for may in (
        rules.may_lead, rules.may_read_codes, rules.may_name_keepers, rules.may_read_key,
    ):  # fmt: skip
        assert may(theirs, recruitment) is False
        assert may(AnonymousUser(), recruitment) is False


@pytest.mark.parametrize("role", list(Role))
def test_only_who_was_named_sees_persons_and_only_from_the_unit(role):
    recruitment = RecruitmentFactory()
    ours, theirs = led_by(recruitment, role), stranger(role)
    for person in (ours, theirs):
        KeyKeeperFactory(recruitment=recruitment, user=person)
    assert rules.may_read_key(ours, recruitment) == (role in STAFF)
    assert rules.may_read_key(theirs, recruitment) is False


@pytest.mark.parametrize("role", list(Role))
def test_partners_see_codes_alone(role):
    recruitment, partner = RecruitmentFactory(), OrganisationFactory(kind="company")
    recruitment.experiment.partners.add(partner)
    person = member_of(partner, role)
    assert rules.may_read_codes(person, recruitment) is True
    assert (rules.may_lead(person, recruitment), rules.may_read_key(person, recruitment)) == (
        False,
        False,
    )


@pytest.mark.parametrize("state", Experiment.State.values)
@pytest.mark.parametrize("role", list(Role))
def test_who_begins_a_recruitment(role, state):
    recruitment = RecruitmentFactory(experiment__state=state)
    expected = role in STAFF and state in {"draft", "running"}
    experiment = recruitment.experiment
    assert rules.may_begin_recruitment(led_by(recruitment, role), experiment) == expected
    assert rules.may_begin_recruitment(stranger(role), experiment) is False


def test_nobody_of_elsewhere_is_named_a_keeper():
    recruitment = RecruitmentFactory()
    lead = led_by(recruitment, Role.COORDINATOR)
    with pytest.raises(NotAllowed):
        actions.name_keeper(recruitment=recruitment, user=stranger(Role.STAFF), by=lead, at=NOW)
    named = led_by(recruitment, Role.STAFF)
    actions.name_keeper(recruitment=recruitment, user=named, by=lead, at=NOW)
    assert actions.read_key(recruitment=recruitment, by=named, at=NOW) == []
