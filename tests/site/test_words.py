import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["about", "accessibility", "contact"])
def test_every_page_leads_to_the_pages_about_the_site(client, page):
    home = client.get(reverse("home")).content.decode()

    assert f'<a href="{reverse(page)}">' in home
    assert client.get(reverse(page)).status_code == 200


@pytest.mark.parametrize("page", ["accessibility", "contact"])
def test_who_answers_comes_from_the_settings(client, settings, page):
    settings.CONTACT = {
        "name": "Harbour town",
        "email": "ask@harbour.example",
        "address": "Quay 1",
    }
    words = client.get(reverse(page)).content.decode()

    assert "Harbour town" in words
    assert '<a href="mailto:ask@harbour.example">ask@harbour.example</a>' in words
    assert ("Quay 1" in words) == (page == "contact")


@pytest.mark.parametrize("is_demo", [True, False])
def test_only_a_demonstration_says_that_it_is_one(client, settings, is_demo):
    settings.IS_DEMO = is_demo

    words = client.get(reverse("about")).content.decode()

    assert ("This is a demonstration</h2>" in words) == is_demo


def test_the_foot_says_once_that_a_machine_translated_and_leads_to_the_originals(client):
    page = client.get(reverse("about") + "?texts=original").content.decode()

    assert page.count("You see the texts in the language they were written in.") == 1
    assert '<a href="?">' in page
