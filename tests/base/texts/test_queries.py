"""Texts of several things at once."""

from datetime import UTC, datetime

import pytest

from tests.factories.places import PlaceFactory
from tests.factories.strategy import GoalFactory
from vuoksi.base.texts.actions import translate
from vuoksi.base.texts.queries import attach

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_things_of_two_kinds_with_the_same_key_keep_their_own_texts():
    place = PlaceFactory(name="Kera", language="en")
    goal = GoalFactory(pk=place.pk, title="Room to grow", language="en")
    for thing, field, text in ((place, "name", "Keran keskus"), (goal, "title", "Tilaa kasvaa")):
        translate(thing=thing, language="fi", texts={field: text}, state="human", by=None, at=AT)

    attach([goal, place], "fi")

    assert goal.texts["title"].text == "Tilaa kasvaa"
    assert place.texts["name"].text == "Keran keskus"


def test_each_kind_costs_one_query(django_assert_num_queries):
    things = [*PlaceFactory.create_batch(3), *GoalFactory.create_batch(3)]

    with django_assert_num_queries(2):
        attach(things, "sv")
