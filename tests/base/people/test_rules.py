import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.people import person_with
from vuoksi.base.people import rules
from vuoksi.base.people.models import ApiToken, Role

pytestmark = pytest.mark.django_db
EVERY_ROLE = [None, *Role]


def person(role):
    return AnonymousUser() if role is None else person_with(role)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_only_administrators_read_people(role):
    assert rules.may_read_people(person(role)) == (role == Role.ADMINISTRATOR)


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_only_administrators_change_roles_of_others(role):
    assert rules.may_change_roles(person(role), person_with()) == (role == Role.ADMINISTRATOR)


def test_nobody_changes_their_own_roles():
    administrator = person_with(Role.ADMINISTRATOR)

    assert not rules.may_change_roles(administrator, administrator)


@pytest.mark.parametrize("role", EVERY_ROLE)
@pytest.mark.parametrize("owns", [True, False])
def test_who_revokes_a_token(role, owns):
    user = person(role)
    token = ApiToken(user=user if owns and role else person_with())

    allowed = role == Role.ADMINISTRATOR or (owns and role is not None)
    assert rules.may_revoke_token(user, token) == allowed


def test_check_says_why_not():
    with pytest.raises(rules.NotAllowed) as refusal:
        rules.check_read_people(AnonymousUser())

    assert refusal.value.permission == "people.read_people"
