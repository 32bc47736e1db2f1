import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import AT, CommentFactory
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.texts.rules import check_translate, may_translate

WHO = {
    "anonymous": AnonymousUser,
    "resident": UserFactory,
    "company": lambda: person_with(Role.COMPANY),
    "reviewer": lambda: person_with(Role.REVIEWER),
    "staff": lambda: person_with(Role.STAFF),
    "coordinator": lambda: person_with(Role.COORDINATOR),
    "administrator": lambda: person_with(Role.ADMINISTRATOR),
}
THINGS = {
    "place": FinnishPlaceFactory,
    "comment": lambda: CommentFactory(thing=FinnishPlaceFactory()),
    "hidden comment": lambda: CommentFactory(
        thing=FinnishPlaceFactory(), visibility="hidden", hidden_at=AT, hidden_reason="insult"
    ),
}
ALLOWED = {
    ("staff", "place"),
    ("staff", "comment"),
    ("coordinator", "place"),
    ("coordinator", "comment"),
    ("coordinator", "hidden comment"),
    ("administrator", "place"),
    ("administrator", "comment"),
    ("administrator", "hidden comment"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("who", WHO)
def test_who_may_translate(who, thing):
    assert may_translate(WHO[who](), THINGS[thing]()) is ((who, thing) in ALLOWED)


@pytest.mark.django_db
def test_the_refusal_says_why():
    with pytest.raises(NotAllowed) as refusal:
        check_translate(UserFactory(), FinnishPlaceFactory())

    assert str(refusal.value.reason) == "Only city staff who may read a text can translate it."
