import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.people.models import Role
from vuoksi.base.talk import rules

WHO = {
    "anonymous": AnonymousUser,
    "gone": lambda: UserFactory(is_active=False),
    "resident": UserFactory,
    "reviewer": lambda: person_with(Role.REVIEWER),
    "staff": lambda: person_with(Role.STAFF),
    "coordinator": lambda: person_with(Role.COORDINATOR),
    "administrator": lambda: person_with(Role.ADMINISTRATOR),
}
THINGS = {
    "open": lambda: FinnishPlaceFactory(slug="open"),
    "closed": lambda: FinnishPlaceFactory(slug="closed"),
    "secret": lambda: FinnishPlaceFactory(slug="secret"),
    "unregistered": OrganisationFactory,
}
SIGNED_IN = {"gone", "resident", "reviewer", "staff", "coordinator", "administrator"}
STAND = {
    "open": SIGNED_IN,
    "closed": SIGNED_IN,
    "secret": {"staff"},
    "unregistered": SIGNED_IN,
}
TABLE = {
    rules.may_read: {
        "open": set(WHO),
        "closed": set(WHO),
        "secret": {"staff"},
        "unregistered": set(WHO),
    },
    rules.may_comment: {**STAND, "closed": set()},
    rules.may_answer: {
        "open": {"staff"},
        "closed": {"staff"},
        "secret": {"staff"},
        "unregistered": set(),
    },
    rules.may_support: STAND,
    rules.may_follow: STAND,
    rules.may_hide_comment: {key: {"coordinator", "administrator"} for key in THINGS},
}


@pytest.mark.django_db
@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    "may", TABLE, ids=["read", "comment", "answer", "support", "follow", "hide"]
)
def test_permission_table(may, who, thing):
    assert may(WHO[who](), THINGS[thing]()) is (who in TABLE[may][thing])
