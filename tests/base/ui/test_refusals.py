"""What nobody could mean, and what came back wrong from pages of packages."""

import pytest

pytestmark = pytest.mark.django_db


def test_an_address_with_a_null_is_nowhere(client):
    assert client.get("/indicators/nu%00ll/").status_code == 404


def test_a_form_of_a_package_with_faults_answers_as_ours_do(client):
    page = client.post("/accounts/login/", {"login": "nobody", "password": ""})

    assert (page.status_code, sorted(page.context["form"].errors)) == (422, ["login", "password"])
    assert 'class="errors" role="alert"' in page.text
    assert 'value="nobody"' in page.text


def test_forms_of_packages_speak_in_the_words_of_ours(client):
    text = client.get("/accounts/login/").text.partition("<main")[2]

    assert [word in text for word in ("placeholder", "Keep me signed in on this device")] == [
        False,
        True,
    ]
    assert ("Sign in" in text, "Sign In" in text) == (True, False)


def test_no_choice_is_said_in_words(client_as):
    text = client_as("coordinator").get("/indicators/new/").text

    assert ("---------" in text, "</option>" in text) == (False, True)
