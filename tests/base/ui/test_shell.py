"""The shell around every page: language, menu, theme, and the pages of refusals."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from vuoksi.base.ui.context import translation_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "direction"), [("en", "ltr"), ("fi", "ltr"), ("sv", "ltr"), ("ar", "rtl")]
)
def test_a_page_says_its_language_and_direction(client, language, direction):
    page = client.get("/", headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_every_language_is_listed_by_its_own_name(client):
    page = client.get("/").content.decode()
    for code, way, name in (
        ("fi", "ltr", "suomi"),
        ("sv", "ltr", "svenska"),
        ("ar", "rtl", "العربيّة"),
    ):
        assert f'value="{code}" lang="{code}" dir="{way}">{name}</button>' in page


@pytest.mark.parametrize(
    ("state", "is_told"),
    [
        ("machine", "The interface was translated by a machine and nobody has reviewed it yet."),
        ("human", "The interface was translated by a person and nobody has reviewed it yet."),
        ("reviewed", ""),
    ],
)
def test_the_foot_says_who_translated_the_interface(settings, state, is_told):
    settings.LANGUAGE_STATES = {"sv": state}
    with override("sv"):
        words = translation_words()
    assert str(words) == is_told


@pytest.mark.parametrize(("language", "notes"), [("en", 0), ("fi", 1), ("sv", 1), ("ar", 1)])
def test_only_translated_pages_have_the_note(client, language, notes):
    page = client.get("/", headers={"accept-language": language}).content.decode()
    assert page.count('<p class="foot-note">') == notes


def test_the_language_changes_and_the_address_stays(client):
    answer = client.post("/language/", {"language": "fi", "next": "/theme-test/?a=1"})
    assert answer["Location"] == "/theme-test/?a=1"
    assert '<html lang="fi"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("wanted", "kept"), [("dark", "dark"), ("light", "light"), ("", ""), ("pink", "")]
)
def test_the_theme_is_remembered(client, wanted, kept):
    client.post("/theme/", {"theme": "light", "next": "/"})
    answer = client.post("/theme/", {"theme": wanted, "next": "/?a=1"})
    assert answer["Location"] == "/?a=1"
    page = client.get("/").content.decode()
    assert (f'data-theme="{kept}">' in page) == bool(kept)


def test_the_theme_leads_to_no_other_site(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert client.get("/theme/").status_code == 405


def test_a_missing_page_is_told_politely(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "There is no page here" in answer.content.decode()


def test_a_form_without_its_token_is_told_politely():
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {})
    assert answer.status_code == 403
    assert "Please send it again" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_fault_needs_nothing_to_be_told(name):
    assert "<h1>" in render_to_string(name)
