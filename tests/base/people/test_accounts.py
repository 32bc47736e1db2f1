import re
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from babel.messages.pofile import read_po
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from tests.factories.people import UserFactory
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import User
from vuoksi.site.messages.extract import source_files, texts_of

ALLAUTH = Path(allauth.__file__).parent
PASSWORD = "a tide that comes in"
SIGN_UP = {
    "email": "aino@example.org",
    "name": "Aino",
    "language": "fi",
    "password1": PASSWORD,
    "password2": PASSWORD,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_memory_of_attempts():
    cache.clear()


@pytest.fixture
def aino():
    user = UserFactory(email="aino@example.org", name="Aino", language="fi")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, password=PASSWORD, email="aino@example.org"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def confirm_access(client):
    """Give the password once more, as changes of how one signs in ask for it."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def link_in(letter):
    return re.search(r"https?://[^/]+(/\S+)", letter.body).group(1)


def test_a_new_account_has_the_name_and_the_language_given(client):
    response = client.post(reverse("account_signup"), SIGN_UP)

    assert response["Location"] == reverse("account_email_verification_sent")
    user = User.objects.get()
    assert (user.email, user.name, user.language) == ("aino@example.org", "Aino", "fi")
    assert AuditEntry.objects.get(verb="people.sign_up").actor == user


@pytest.mark.parametrize("missing", ["name", "language", "email", "password1"])
def test_sign_up_asks_for_everything(client, missing):
    response = client.post(reverse("account_signup"), {**SIGN_UP, missing: ""})

    assert list(response.context["form"].errors) == [missing]
    assert User.objects.count() == 0


def test_an_account_opens_when_its_address_is_confirmed(client):
    client.post(reverse("account_signup"), SIGN_UP)
    assert sign_in(client)["Location"] == reverse("account_email_verification_sent")

    address = link_in(mail.outbox[0])
    assert client.get(address).status_code == 200
    client.post(address)

    assert EmailAddress.objects.get().verified
    assert sign_in(client)["Location"] == reverse("home")


def test_sign_up_does_not_tell_who_has_an_account(client, aino):
    taken = client.post(reverse("account_signup"), SIGN_UP)
    free = client.post(reverse("account_signup"), {**SIGN_UP, "email": "new@example.org"})

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])


def test_a_forgotten_password_is_replaced_by_a_link(client, aino):
    client.post(reverse("account_reset_password"), {"email": aino.email})
    form = client.get(link_in(mail.outbox[0]), follow=True)
    new = "an ebb that goes out"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert sign_in(client, PASSWORD).status_code == 422
    assert sign_in(client, new)["Location"] == reverse("home")


def test_password_reset_does_not_tell_who_has_an_account(client, aino):
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in (aino.email, "nobody@example.org")
    ]

    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1


def test_pages_follow_the_language_of_the_person(client, aino):
    sign_in(client)

    assert client.cookies["django_language"].value == "fi"
    assert client.get(reverse("me"))["Content-Language"] == "fi"


def code_of(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_second_step_is_asked_for_once_it_is_set_up(client, aino):
    sign_in(client)
    confirm_access(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    kinds = set(Authenticator.objects.values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    client.post(reverse("account_logout"))
    cache.clear()  # the same code is refused a second time

    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 422
    assert client.get(reverse("me")).status_code == 302
    right = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert right["Location"] == reverse("home")
    assert client.get(reverse("me")).status_code == 200


def test_passkeys_have_their_pages(client, aino):
    assert b'id="passkey_login"' in client.get(reverse("account_login")).content
    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert sorted(options.json()["request_options"]["publicKey"]) == [
        "allowCredentials", "challenge", "rpId", "userVerification",
    ]  # fmt: skip
    sign_in(client)
    confirm_access(client)
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    assert client.get(reverse("mfa_list_webauthn")).status_code == 200


def test_ten_wrong_passwords_lock_the_address_from_there(client, aino):
    for _attempt in range(9):
        assert sign_in(client, "wrong").status_code == 422

    refusal = sign_in(client, "wrong")
    assert refusal.status_code == 429
    assert "people/locked_out.html" in [template.name for template in refusal.templates]
    assert sign_in(client).status_code == 429
    assert sign_in(client, "wrong", "another@example.org").status_code == 422


def test_the_admin_has_no_door_of_its_own(client):
    response = client.get("/admin/login/?next=/admin/")

    assert response["Location"] == f"{reverse('account_login')}?next=%2Fadmin%2F"


PAGES = [
    "account_email", "account_change_password", "mfa_index", "mfa_activate_totp",
    "mfa_add_webauthn", "mfa_list_webauthn", "socialaccount_connections", "account_logout",
]  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_account_stand_in_our_shell(client, aino, name):
    sign_in(client)
    confirm_access(client)

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert page.content.count(b"<h1>") == 1
    assert page.content.count(b'<main id="main"') == 1
    assert b" style=" not in page.content


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_pages_of_the_entrance_stand_in_our_shell(client, name):
    page = client.get(reverse(name))

    assert page.content.count(b"<h1>") == 1
    assert page.content.count(b'<main id="main"') == 1


def test_a_person_is_greeted_in_their_own_language_whatever_page_they_signed_in_on(client, aino):
    page = client.post(
        reverse("account_login"),
        {"login": aino.email, "password": PASSWORD},
        headers={"accept-language": "en"},
        follow=True,
    )

    assert page.wsgi_request.LANGUAGE_CODE == "fi"
    assert [str(message) for message in page.context["messages"]] == [
        "Kirjauduttiin sisään käyttäjänä Aino."
    ]


def test_letters_are_written_in_the_language_of_the_account(client, aino):
    client.post(
        reverse("account_reset_password"),
        {"email": aino.email},
        headers={"accept-language": "sv"},
    )

    assert "Salasanan uusimissähköposti" in mail.outbox[0].subject


def test_a_letter_to_an_address_without_an_account_speaks_as_the_page_did(client):
    client.post(
        reverse("account_reset_password"),
        {"email": "nobody@example.org"},
        headers={"accept-language": "sv"},
    )

    assert "Okänt konto" in mail.outbox[0].subject


@pytest.mark.parametrize("language", ["fi", "sv", "ar"])
def test_every_text_of_the_account_pages_is_translated(language):
    """The pages and letters come with allauth: were a text of a later version missing, pages would mix languages."""
    with (ALLAUTH / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        whole = read_po(file)
    known = {_forms(message.id)[0] for message in whole if all(_forms(message.string))}

    assert _texts_of_account_pages() - known == set()


def _texts_of_account_pages():
    apps = ("account", "mfa", "socialaccount")
    files = [path for path in source_files(ALLAUTH) if apps_of(path) & {*apps} and is_ours(path)]
    return {_forms(text)[0] for path in files for text, _comments, _context in texts_of(path)}


def apps_of(path):
    return set(path.relative_to(ALLAUTH).parts[:2])


def is_ours(path):
    """Of the many providers only OpenID Connect is there."""
    parts = path.relative_to(ALLAUTH).parts
    return "tests" not in parts and ("providers" not in parts or "openid_connect" in parts)


def _forms(text):
    return text if isinstance(text, tuple) else (text,)
