import pytest
from django.test import RequestFactory

from tests.factories.people import UserFactory
from vuoksi.base.people.adapter import address_behind_proxy


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        # What the sender claims stands before what our proxy saw.
        ("10.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("", "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_the_proxy_saw(forwarded, address):
    assert (
        address_behind_proxy(RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded)) == address
    )


@pytest.fixture
def behind_a_proxy(settings):
    settings.AXES_CLIENT_IP_CALLABLE = "vuoksi.base.people.adapter.address_behind_proxy"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = False


def test_wrong_passwords_from_one_address_do_not_lock_out_another(client, db, behind_a_proxy):
    person = UserFactory(email="aino@example.org")
    person.set_password("a long right password")
    person.save()

    def sign_in(password, address):
        form = {"login": "aino@example.org", "password": password}
        return client.post("/accounts/login/", form, HTTP_X_FORWARDED_FOR=address).status_code

    tries = [sign_in("wrong", "203.0.113.7") for _ in range(11)]
    assert tries[-1] == 429
    assert sign_in("a long right password", "203.0.113.7") == 429
    assert sign_in("a long right password", "198.51.100.4") == 302
