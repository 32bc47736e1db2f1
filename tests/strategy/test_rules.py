import pytest
from django.contrib.auth.models import AnonymousUser
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import JOINED, person_with
from tests.factories.strategy import ActionFactory, ChapterFactory

from vuoksi.base.organisations.models import Membership
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.strategy import rules

pytestmark = pytest.mark.django_db


def people(unit):
    """Everybody who may come to the door; members belong to the unit that owns the thing."""
    member, resident_member = person_with(Role.STAFF), person_with()
    for user in (member, resident_member):
        Membership.objects.create(organisation=unit, user=user, since=JOINED)
    return {
        "anonymous": AnonymousUser(),
        "resident": person_with(),
        "reviewer": person_with(Role.REVIEWER),
        "resident in the unit": resident_member,
        "staff": person_with(Role.STAFF),
        "staff in the unit": member,
        "coordinator": person_with(Role.COORDINATOR),
        "administrator": person_with(Role.ADMINISTRATOR),
    }


STEERING = {"coordinator", "administrator"}
OWNERS = STEERING | {"staff in the unit"}
STAFF = OWNERS | {"staff"}
SIGNED_IN = STAFF | {"resident", "reviewer", "resident in the unit"}

TABLE = [
    ("write_story", "chapter", STEERING),
    ("edit_chapter", "chapter", OWNERS),
    ("give_feedback", "chapter", SIGNED_IN),
    ("answer_feedback", "chapter", OWNERS),
    ("write_roadmap", "action", STEERING),
    ("open_action", "action", STEERING),
    ("update_action", "action", OWNERS),
    ("write_impact_map", "action", STAFF),
]


@pytest.mark.parametrize(("name", "what", "allowed"), TABLE)
def test_who_may(name, what, allowed):
    unit = OrganisationFactory()
    thing = {"chapter": ChapterFactory, "action": ActionFactory}[what](owner=unit)
    may, check = getattr(rules, f"may_{name}"), getattr(rules, f"check_{name}")
    found = {who for who, user in people(unit).items() if may(user, thing)}
    assert found == allowed
    for who, user in people(unit).items():
        if who in allowed:
            check(user, thing)
        else:
            with pytest.raises(NotAllowed):
                check(user, thing)


def test_a_thing_without_an_owner_belongs_to_those_who_steer():
    chapter = ChapterFactory(owner=None)
    assert not rules.may_edit_chapter(person_with(Role.STAFF), chapter)
    assert rules.may_edit_chapter(person_with(Role.COORDINATOR), chapter)
