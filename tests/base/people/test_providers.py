"""Signing in through a provider, as far as no provider is needed (tests/services has a real one)."""

import pytest
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.test import RequestFactory

from tests.factories.people import UserFactory
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.adapter import SocialAdapter
from vuoksi.base.people.models import User


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"name": "Aino Demo"}, "Aino Demo"),
        ({"first_name": "Aino", "last_name": "Demo"}, "Aino Demo"),
        ({}, "aino"),
        ({"name": "A" * 500}, "A" * 120),
    ],
)
def test_somebody_new_is_called_as_the_provider_says(given, name):
    data = {"email": "aino@example.org", **given}
    login = SocialLogin(user=User(), account=SocialAccount())

    assert SocialAdapter().populate_user(RequestFactory().get("/"), login, data).name == name


def test_an_account_that_a_provider_makes_is_recorded(client, db):
    user = UserFactory.build(email="aino@example.org")
    login = SocialLogin(user=user, account=SocialAccount(provider="city", uid="aino"))
    login.email_addresses = []
    request = RequestFactory().get("/")
    request.session = client.session
    SocialAdapter().save_user(request, login)

    assert not User.objects.get().has_usable_password()
    assert AuditEntry.objects.get(verb="people.sign_up").actor == user
    assert SocialAccount.objects.get().user == user


@pytest.mark.parametrize("step", ["login", "login/callback"])
def test_an_unknown_provider_is_not_found(client, db, step):
    assert client.get(f"/accounts/oidc/nobody/{step}/").status_code == 404
