from datetime import UTC, datetime

import pytest
from django.template import Context, RequestContext, Template
from django.utils import translation

from tests.factories.people import person_with
from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.people.models import Role
from vuoksi.base.texts.actions import translate

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def drawn(code, place, language):
    with translation.override(language):
        return Template(code).render(Context({"place": place}))


def on_page(code, place, request):
    with translation.override("en"):
        values = {"place": place, "snippet": Template('{% text place "name" %}')}
        return Template(code).render(RequestContext(request, values))


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
    ("state", "is_said"), [("human", False), ("reviewed", False), ("machine", True)]
)
def test_a_machine_translation_is_said_once_a_page_and_not_at_the_text(rf, state, is_said):
    place, request = FinnishPlaceFactory(), rf.get("/")
    translate(thing=place, language="en", texts={"name": "Kera"}, state=state, by=None, at=AT)

    page = on_page('{% text place "name" %}, {% text place "name" %}', place, request)

    assert page == "Kera, Kera"
    assert getattr(request, "has_machine_texts", False) == is_said


def test_a_snippet_that_sees_nothing_but_its_own_values_tells_the_page_too(rf):
    place, request = FinnishPlaceFactory(), rf.get("/")
    translate(thing=place, language="en", texts={"name": "Kera"}, state="machine", by=None, at=AT)

    on_page("{% include snippet with place=place only %}", place, request)

    assert request.has_machine_texts


def test_a_reader_may_ask_for_the_originals(rf):
    place, request = FinnishPlaceFactory(name="Keran alue"), rf.get("/?texts=original")
    translate(thing=place, language="en", texts={"name": "Kera"}, state="machine", by=None, at=AT)

    page = on_page('{% text place "name" %}', place, request)

    assert page == '<span lang="fi" dir="ltr">Keran alue</span>'
    assert not hasattr(request, "has_machine_texts")


def test_the_original_of_an_original_is_itself(rf):
    place = FinnishPlaceFactory(name="Kera")

    assert on_page('{% text place "name" %}', place, rf.get("/?texts=original")) == (
        '<span lang="fi" dir="ltr">Kera</span>'
        ' <small class="text-mark" data-mark="untranslated">not translated</small>'
    )


def test_what_is_no_text_of_a_table_is_shown_as_it_is():
    assert drawn("{% written place %}", "<b>", "en") == "&lt;b&gt;"


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


@pytest.mark.parametrize(
    ("roles", "is_led"), [([], False), ([Role.REVIEWER], False), ([Role.STAFF], True)]
)
def test_only_those_who_translate_are_led_to_the_translations(rf, roles, is_led):
    place, request = FinnishPlaceFactory(), rf.get("/")
    request.user = person_with(*roles)

    link = Template("{% translate_link place %}").render(RequestContext(request, {"place": place}))

    assert link == (
        f'<a href="/translate/places.place/{place.pk}/">Translations</a>' if is_led else ""
    )


def test_a_page_without_a_reader_leads_nowhere():
    assert drawn("{% translate_link place %}", FinnishPlaceFactory(), "en") == ""
