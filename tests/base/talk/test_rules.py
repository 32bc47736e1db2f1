import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import CommentFactory
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
    rules.may_support: {**STAND, "closed": set()},
    rules.may_follow: STAND,
}


@pytest.mark.django_db
@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("may", TABLE, ids=["read", "comment", "answer", "support", "follow"])
def test_permission_table(may, who, thing):
    assert may(WHO[who](), THINGS[thing]()) is (who in TABLE[may][thing])


@pytest.mark.django_db
@pytest.mark.parametrize("who", [*WHO, "moderator", "author"])
def test_who_reads_a_comment_that_is_not_shown(who):
    comment = CommentFactory(thing=FinnishPlaceFactory(), visibility="held")
    others = {"moderator": lambda: person_with(Role.MODERATOR), "author": lambda: comment.author}
    person = {**WHO, **others}[who]()

    allowed = {"coordinator", "administrator", "moderator", "author"}
    assert rules.may_read_hidden(person, comment) is (who in allowed)
