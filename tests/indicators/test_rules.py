import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.indicators import IndicatorFactory
from tests.factories.people import person_with
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.indicators import rules

pytestmark = pytest.mark.django_db

STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("is_from_code", [False, True])
def test_who_may_do_what(who, is_from_code):
    person = AnonymousUser() if who is None else person_with(who)
    row = IndicatorFactory(is_from_code=is_from_code)
    assert rules.may_create_indicator(person) == (who in STAFF)
    assert rules.may_edit_indicator(person, row) == (who in STAFF and not is_from_code)
    assert rules.may_publish(person, row) == (who in STAFF and not is_from_code)


def test_the_refusal_says_why():
    with pytest.raises(NotAllowed) as refusal:
        rules.check_publish(AnonymousUser(), IndicatorFactory())
    assert str(refusal.value.reason).startswith("Only city staff can publish figures")
