"""Lists as their reader reads them: found and sorted by the words on the page, not by those it was written in."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from tests.factories.calls import CallFactory, EntryFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.people import UserFactory
from tests.factories.testbeds import OfferingFactory, TestbedFactory
from vuoksi.base.texts.actions import translate
from vuoksi.base.texts.queries import as_read, attach_with, text_of
from vuoksi.indicators.models import Indicator
from vuoksi.indicators.queries import found

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def read_as(thing, field, language, text):
    translate(thing=thing, language=language, texts={field: text}, state="human", by=None, at=AT)
    return thing


@pytest.fixture
def indicators():
    heat = IndicatorFactory(key="a.heat", title="District heat", language="en")
    waste = IndicatorFactory(key="a.waste", title="Waste", language="en")
    water = IndicatorFactory(key="a.water", title="Zero leaks of water", language="en")
    read_as(heat, "title", "fi", "Kaukolämpö")
    read_as(waste, "title", "fi", "Sekajäte")
    read_as(water, "title", "fi", "Ehjät vesijohdot")


def titles(client, address, language):
    page = client.get(address, headers={"accept-language": language}).context["table"]
    return [str(row.texts["title"]) for row in page.rows]


def test_a_list_is_sorted_by_what_is_read(client, indicators):
    assert titles(client, "/indicators/", "fi") == ["Ehjät vesijohdot", "Kaukolämpö", "Sekajäte"]
    assert titles(client, "/indicators/", "en") == ["District heat", "Waste", "Zero leaks of water"]


@pytest.mark.parametrize(
    ("language", "query", "expected"),
    [
        ("fi", "kaukolampo", ["Kaukolämpö"]),
        ("fi", "district", ["Kaukolämpö"]),
        ("en", "kaukolampo", []),
    ],
)
def test_a_list_is_searched_by_what_is_read_and_by_what_was_written(
    client, indicators, language, query, expected
):
    assert titles(client, f"/indicators/?q={query}", language) == expected


def test_indicators_to_choose_from_are_found_as_they_are_read(indicators):
    with translation.override("fi"):
        assert [row.key for row in found(Indicator.objects.all(), "sekajate")] == ["a.waste"]


def test_a_row_is_found_once_however_many_of_its_parts_hold_the_word(client):
    testbed = TestbedFactory()
    for title in ("Pole one", "Pole two"):
        read_as(
            OfferingFactory(testbed=testbed, title=title, language="en"), "title", "fi", "Pylväs"
        )

    for language, query in (("fi", "pylvas"), ("fi", "pole"), ("en", "pole")):
        page = client.get(f"/testbeds/?q={query}", headers={"accept-language": language})
        assert [row.pk for row in page.context["table"].rows] == [testbed.pk]


def test_what_a_row_leads_to_is_read_too(django_assert_num_queries):
    call = read_as(
        CallFactory(title="Lend things", language="en"), "title", "fi", "Lainaa tavaroita"
    )
    author = UserFactory()
    EntryFactory.create_batch(3, call=call, author=author)
    reading = as_read("call__title")

    with translation.override("fi"):
        rows = reading.apply(author.entries.select_related("call").order_by("pk"), reading.names)
        assert rows.filter(**{f"{reading.names['call__title']}__regex": "tavaroita"}).count() == 3
        with django_assert_num_queries(3):
            rows = attach_with(rows, "call")
            assert [text_of("call__title")(row) for row in rows] == ["Lainaa tavaroita"] * 3
