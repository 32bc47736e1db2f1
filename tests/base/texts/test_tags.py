from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.texts.actions import translate

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def drawn(code, place, language):
    with translation.override(language):
        return Template(code).render(Context({"place": place}))


def test_an_untranslated_text_says_its_language_direction_and_so():
    place = FinnishPlaceFactory(name="Kera")

    assert drawn('{% text place "name" %}', place, "ar").startswith(
        '<span lang="fi" dir="ltr">Kera</span> <small class="text-mark" data-mark="untranslated">'
    )


def test_a_text_from_right_to_left_keeps_its_direction_on_a_page_from_left_to_right():
    place = FinnishPlaceFactory(language="ar", name="كيرا")

    assert drawn('{% text place "name" %}', place, "en") == (
        '<span lang="ar" dir="rtl">كيرا</span>'
        ' <small class="text-mark" data-mark="untranslated">not translated</small>'
    )


def test_a_text_in_the_readers_language_has_no_mark():
    assert drawn('{% text place "name" %}', FinnishPlaceFactory(name="Kera"), "fi") == "Kera"


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        ("human", ""),
        ("reviewed", ""),
        (
            "machine",
            ' <small class="text-mark" data-mark="machine">translated by a machine</small>',
        ),
    ],
)
def test_a_machine_translation_is_marked(state, mark):
    place = FinnishPlaceFactory()
    translate(thing=place, language="en", texts={"name": "Kera"}, state=state, by=None, at=AT)

    assert drawn('{% text place "name" %}', place, "en") == f"Kera{mark}"


def test_a_translation_behind_its_source_is_marked():
    place = FinnishPlaceFactory()
    translate(thing=place, language="en", texts={"name": "Kera"}, state="human", by=None, at=AT)
    place.name = "Uusi"

    assert 'data-mark="behind"' in drawn('{% text place "name" %}', place, "en")


@pytest.mark.parametrize("tag", ["text", "long_text", "plain_text"])
def test_html_is_escaped(tag):
    place = FinnishPlaceFactory(summary="<script>x</script>")

    assert "<script>" not in drawn(f'{{% {tag} place "summary" %}}', place, "fi")


def test_a_long_text_has_paragraphs_in_its_language():
    place = FinnishPlaceFactory(summary="Yksi.\n\nKaksi.")

    assert drawn('{% long_text place "summary" %}', place, "en").endswith(
        '<div lang="fi" dir="ltr"><p>Yksi.</p>\n\n<p>Kaksi.</p></div>'
    )


def test_an_empty_long_text_is_nothing():
    assert drawn('{% long_text place "summary" %}', FinnishPlaceFactory(), "en") == ""
