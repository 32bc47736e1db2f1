"""Small parts: maps, cards, values, forms, fields, files of packages, and the page that shows all."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from vuoksi.base.ui import cards
from vuoksi.base.ui.maps import Feature, Map
from vuoksi.base.ui.templatetags.ui import shortened, shown, tag

POINT = {"type": "Point", "coordinates": [24.8, 60.2]}


def render(template, **context):
    return Template(template).render(Context(context))


def test_a_map_gives_its_shapes_as_data_and_its_places_as_a_list(settings):
    settings.MAP_TILES_URL = "https://tiles.example/{z}/{x}/{y}.png"
    places = Map("Places", [Feature("k", "Kera </script>", "/k/", POINT, "testbed", "old")])
    page = render('{% include "ui/map.html" with map=map only %}', map=places)
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', page)[1])
    assert data == {
        "tiles": "https://tiles.example/{z}/{x}/{y}.png",
        "places": {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"id": "k", "label": "Kera </script>", "url": "/k/"},
                    "geometry": POINT,
                }
            ],
        },
    }
    assert '<a href="/k/">Kera &lt;/script&gt;</a>' in page


@pytest.fixture
def makers(monkeypatch):
    monkeypatch.setattr(cards, "MAKERS", {"reach": [], "try": [], "part": []})


def test_cards_stand_in_their_order_and_may_be_absent(makers):
    cards.home_card("try", order=20)(lambda request: cards.Card("second"))
    cards.home_card("try", order=10)(lambda request: cards.Card("first"))
    cards.home_card("try", order=15)(lambda request: None)
    request = RequestFactory().get("/")
    assert [card.title for card in cards.home_cards("try", request)] == ["first", "second"]
    assert cards.home_cards("part", request) == []


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, '<span class="nothing" aria-label="nothing">–</span>'),
        ("", '<span class="nothing" aria-label="nothing">–</span>'),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        (2026, "2026"),
        (12500, "12,500"),
        (0.1 + 0.2, "0.3"),
        (7417000.0, "7,417,000"),
        (-1234567.5, "-1,234,567.5"),
        ("text", "text"),
        (date(2026, 5, 2), '<time datetime="2026-05-02">2 May 2026</time>'),
        (
            datetime(2026, 5, 2, 9, 30, tzinfo=UTC),
            '<time datetime="2026-05-02T12:30:00+03:00">2 May 2026 12:30</time>',
        ),
        (
            datetime(2026, 5, 2, 9, 30),
            '<time datetime="2026-05-02T09:30:00">2 May 2026 09:30</time>',
        ),
    ],
)
def test_values_are_shown_for_people(value, words):
    assert shown(value) == words


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As in the passport")
    nick = forms.CharField(label="Nick", required=False)
    way = forms.ChoiceField(label="Way", choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))


def test_a_field_is_label_hint_error_input_in_this_order():
    field = str(Sample({})["name"].as_field_group())
    places = [
        field.index(part)
        for part in ('<label for="id_name">', "id_name_helptext", 'id="id_name_error"', "<input")
    ]
    assert places == sorted(places)
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'aria-invalid="true"' in field


def test_only_what_is_not_needed_is_marked():
    form = Sample()
    marked = [name for name in form.fields if "(optional)" in form[name].as_field_group()]
    assert marked == ["nick"]


def test_choices_stand_in_a_fieldset_and_a_tick_before_its_label():
    assert Sample()["way"].as_field_group().count("<fieldset") == 1
    assert Sample()["way"].as_field_group().count('id="id_way"') == 1
    tick = Sample()["agreed"].as_field_group()
    assert tick.index("<input") < tick.index("<label")


def test_the_summary_leads_to_each_field():
    page = render('{% include "ui/errors.html" with form=form only %}', form=Sample({}))
    assert re.findall(r'href="#(\w+)"', page) == [
        "id_name",
        "id_way_0",
        "id_agreed",
        "id_day",
    ]
    assert render('{% include "ui/errors.html" with form=form only %}', form=Sample()).strip() == ""


@pytest.mark.parametrize("language", ["en", "fi", "sv", "ar"])
def test_a_date_field_keeps_its_value_in_every_language(language):
    with translation.override(language):
        form = Sample({"day": "2026-05-02"}, initial={"day": date(2026, 5, 2)})
        unbound = Sample(initial={"day": date(2026, 5, 2)})
        form.is_valid()
        assert form.cleaned_data["day"] == date(2026, 5, 2)
        assert 'value="2026-05-02"' in str(unbound["day"])


def test_of_packages_only_the_named_files_are_found():
    assert finders.find("maplibre/maplibre-gl.mjs") is not None
    assert finders.find("maplibre/maplibre-gl-dev.mjs") is None
    assert finders.find("ui/vuoksi.css") is not None
    from vuoksi.base.ui.finders import PickedFinder

    found = {
        f"{storage.prefix}/{path}" for path, storage in PickedFinder().list(ignore_patterns=None)
    }
    assert len(found) == 10
    assert "open-props/sizes.min.css" in found


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fi", "sv", "ar"])
def test_the_page_of_the_parts_is_drawn_in_every_language(client, language):
    answer = client.get("/design/", headers={"accept-language": language})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert page.count("<section id=") == 17
    assert re.findall(r"<[^>]+ style=", page) == []


@pytest.mark.django_db
def test_the_page_of_the_parts_sorts_its_list(client):
    page = client.get("/design/?sort=-visits").content.decode()
    assert page.index("Tapiola") < page.index("Otaniemi") < page.index("Kera</td>")


@pytest.mark.django_db
def test_asking_once_more_sends_its_token_even_with_only(client):
    # The forms of the shell carry none: such pages are the same for every reader.
    assert client.get("/design/").content.decode().count("csrfmiddlewaretoken") == 1


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Short", "Short"),
        ("Exactly ten", "Exactly…"),
        ("Onewordonly", "Oneword…"),
        ("A bc defgh", "A bc…"),
    ],
)
def test_a_text_is_cut_after_a_word(text, cut):
    assert shortened(text, 8) == cut


def test_a_tag_escapes_its_label_and_has_a_tone():
    assert tag("<b>") == '<span class="tag" data-tone="neutral">&lt;b&gt;</span>'
    assert tag("late", "bad") == '<span class="tag" data-tone="bad">late</span>'
