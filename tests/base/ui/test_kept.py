"""Public pages made a moment ago: given again to everybody who would see the same, and to nobody else."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from tests.factories.calls import CallFactory
from tests.factories.people import UserFactory
from vuoksi.base.organisations import actions as organisations

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep_pages(settings):
    settings.KEEP_PAGES_S = 60
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def cost(client, count, address="/calls/", **headers):
    """How many queries a reader's page costs: one when it was kept."""
    with count() as queries:
        client.get(address, headers=headers)
    return len(queries)


@pytest.fixture
def count(django_assert_max_num_queries):
    return lambda: django_assert_max_num_queries(100)


def test_the_second_reader_gets_the_kept_page(client, count):
    CallFactory(title="Quiet corners")
    first = client.get("/calls/")
    assert cost(Client(), count) == 1
    again = Client().get("/calls/")
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)


def test_a_write_makes_every_page_anew(client, count):
    client.get("/calls/")
    organisations.create_organisation(
        slug="library",
        name="Library",
        kind="city_unit",
        by=UserFactory(is_superuser=True),
        at=timezone.now(),
    )
    assert cost(client, count) > 1
    assert cost(client, count) == 1


def test_the_page_of_somebody_signed_in_is_neither_kept_nor_given(client, count):
    signed_in = Client()
    signed_in.force_login(UserFactory(name="Aino Virta"))
    assert "Aino Virta" in signed_in.get("/calls/").content.decode()
    assert "Aino Virta" not in client.get("/calls/").content.decode()
    assert "Aino Virta" in signed_in.get("/calls/").content.decode()


def test_a_form_with_a_secret_is_never_kept(client, count):
    first = client.get("/accounts/login/")
    assert "csrfmiddlewaretoken" in first.content.decode()
    assert cost(Client(), count, "/accounts/login/") != 0
    assert Client().get("/accounts/login/").content != first.content


@pytest.mark.parametrize(
    "other", [{"accept-language": "fi"}, {"hx-request": "true", "hx-target": "rows"}]
)
def test_what_differs_is_kept_apart(client, count, other):
    whole = client.get("/calls/").content
    part = client.get("/calls/", headers=other).content
    assert whole != part
    assert client.get("/calls/").content == whole
    assert client.get("/calls/", headers=other).content == part


def test_the_theme_is_kept_apart(client, count):
    assert cost(client, count) > 1
    client.post("/theme/", {"theme": "dark"})
    assert 'data-theme="dark"' in client.get("/calls/").content.decode()
    assert "data-theme=" not in Client().get("/calls/").content.decode().split("<head>")[0]


def test_a_missing_page_and_a_token_are_asked_each_time(client, count):
    assert client.get("/calls/none/").status_code == 404
    assert cost(client, count, "/calls/none/") > 1
    client.get("/api/calls")
    assert cost(client, count, "/api/calls") == 1
    assert cost(client, count, "/api/calls", authorization="Bearer wrong") != 1


def test_no_page_is_kept_when_the_time_is_none(client, count, settings):
    settings.KEEP_PAGES_S = 0
    assert cost(client, count) == cost(client, count) > 1
