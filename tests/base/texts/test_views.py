import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.people.models import Role
from vuoksi.base.texts.actions import translate
from vuoksi.base.texts.models import Translation

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    person = person_with(Role.STAFF)
    client.force_login(person)
    return person


def address(place, language="en", kind="places.place"):
    return reverse("texts:translate", args=[kind, place.pk, language])


def fields_of(page):
    """The form as the browser would send it back."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields if "still_fits" not in name}


def test_source_stands_beside_the_translation_in_its_own_language(client, staff):
    place = FinnishPlaceFactory(name="Kera", summary="Yksi.\n\nKaksi.")

    page = client.get(address(place, "ar")).content.decode()

    assert '<div lang="fi" dir="ltr"><p>Yksi.</p>' in re.sub(r"\s*\n\s*", "", page)
    assert 'lang="ar" dir="rtl"' in page


def test_a_translation_is_saved(client, staff):
    place = FinnishPlaceFactory(name="Kera")
    sent = fields_of(client.get(address(place)))

    answer = client.post(address(place), {**sent, "name-text": "Kera testbed"})

    assert answer.url == reverse("texts:languages", args=["places.place", place.pk])
    assert [(row.text, row.state) for row in Translation.objects.all()] == [
        ("Kera testbed", "human")
    ]


def test_nothing_changed_saves_nothing(client, staff):
    place = FinnishPlaceFactory()

    client.post(address(place), fields_of(client.get(address(place))))

    assert Translation.objects.count() == 0


def test_two_people_are_told_and_neither_loses_text(client, staff):
    place = FinnishPlaceFactory(name="Kera")
    mine = {**fields_of(client.get(address(place))), "name-text": "My words"}
    translate(
        thing=place, language="en", texts={"name": "Their words"}, state="human", by=staff, at=AT
    )

    conflict = client.post(address(place), mine)

    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Somebody else saved this translation while you were writing" in page
    assert "My words" in page
    assert "Their words" in page
    assert Translation.objects.get().text == "Their words"

    client.post(address(place), {**fields_of(conflict), "name-text": "Our words"})

    assert Translation.objects.get().text == "Our words"


def test_a_text_that_i_did_not_touch_is_no_conflict(client, staff):
    place = FinnishPlaceFactory(name="Kera", summary="Lyhyesti")
    mine = {**fields_of(client.get(address(place))), "summary-text": "In short"}
    translate(
        thing=place, language="en", texts={"name": "Their name"}, state="human", by=staff, at=AT
    )

    answer = client.post(address(place), mine)

    assert answer.status_code == 302
    assert dict(Translation.objects.values_list("field", "text")) == {
        "name": "Their name",
        "summary": "In short",
    }


def test_a_translation_behind_its_source_can_be_confirmed(client, staff):
    place = FinnishPlaceFactory(name="Kera")
    translate(thing=place, language="en", texts={"name": "Kera"}, state="human", by=staff, at=AT)
    place.name = "Kera!"
    place.save()
    page = client.get(address(place))

    assert "The original has changed since this was translated." in page.content.decode()
    client.post(address(place), {**fields_of(page), "name-still_fits": "on"})

    assert "has changed since" not in client.get(address(place)).content.decode()


def test_html_is_refused_and_kept_in_the_field(client, staff):
    place = FinnishPlaceFactory()
    sent = fields_of(client.get(address(place)))

    page = client.post(address(place), {**sent, "name-text": "<b>Kera</b>"}).content.decode()

    assert "Write plain text" in page
    assert "&lt;b&gt;Kera&lt;/b&gt;</textarea>" in page


@pytest.mark.parametrize(
    ("kind", "pk", "language"),
    [
        ("places.place", "0", "en"),
        ("places.place", "x", "en"),
        ("places.nothing", "1", "en"),
        ("nothing", "1", "en"),
        ("people.user", "1", "en"),
    ],
)
def test_what_is_not_there_is_not_found(client, staff, kind, pk, language):
    assert client.get(reverse("texts:translate", args=[kind, pk, language])).status_code == 404


@pytest.mark.parametrize("language", ["fi", "xx"])
def test_a_language_that_cannot_be_translated_into_is_not_found(client, staff, language):
    assert client.get(address(FinnishPlaceFactory(), language)).status_code == 404


def test_a_resident_may_not(client):
    client.force_login(UserFactory())

    assert client.get(address(FinnishPlaceFactory())).status_code == 403


def test_somebody_signed_out_is_asked_to_sign_in(client):
    assert client.get(address(FinnishPlaceFactory())).status_code == 302


@pytest.mark.parametrize("language", ["fi", "sv", "en", "ar"])
def test_the_languages_of_a_thing(client, staff, language):
    place = FinnishPlaceFactory(summary="Lyhyesti")

    page = client.get(
        reverse("texts:languages", args=["places.place", place.pk]),
        headers={"Accept-Language": language},
    ).content.decode()

    assert re.findall(r"/translate/places\.place/\d+/(\w+)/", page) == ["sv", "en", "ar"]
