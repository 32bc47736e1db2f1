"""What every test may use."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import settings as hypothesis_settings

from tests.e2e.browser import LEFT_OUT, find
from tests.factories.people import UserFactory
from vuoksi.base.people.models import Role
from vuoksi.site.messages.catalogues import compile_all

# How long an example takes is measured elsewhere; here a busy machine would fail what is right.
hypothesis_settings.register_profile("vuoksi", deadline=None)
hypothesis_settings.load_profile("vuoksi")

left_out: list[str] = []


def is_worker(config) -> bool:
    """Whether this process runs a part of the tests for another."""
    return hasattr(config, "workerinput")


def pytest_sessionstart(session):
    """Pages are tested in the words that people will read."""
    if not is_worker(session.config):
        compile_all(settings.LOCALE_PATHS[0])


def pytest_collection_modifyitems(config, items):
    """Without a browser its tests are left out, which the last lines say aloud."""
    of_browser = [item for item in items if item.get_closest_marker("browser")]
    if of_browser and find() is None:
        left_out.extend(item.nodeid for item in of_browser)
        config.hook.pytest_deselected(items=of_browser)
        items[:] = [item for item in items if item not in of_browser]


def pytest_sessionfinish(session):
    """A worker tells what it left out to the process that writes the last lines."""
    if is_worker(session.config):
        session.config.workeroutput["left_out"] = left_out


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    """Each worker sees all tests, so one list is as good as another."""
    left_out[:] = node.workeroutput["left_out"] if error is None else left_out


def pytest_terminal_summary(terminalreporter):
    if left_out:
        terminalreporter.write_line(f"{len(left_out)} {LEFT_OUT}", yellow=True, bold=True)


@pytest.fixture(autouse=True)
def in_english():
    """A page asked for in another language leaves that language behind; no test may depend on the one before it."""
    with override("en"):
        yield


@pytest.fixture
def known_kinds(db):
    """A process asks once for the number of each model; no test may depend on who asked first."""
    ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture
def django_assert_num_queries(known_kinds, django_assert_num_queries):
    return django_assert_num_queries


@pytest.fixture
def django_assert_max_num_queries(known_kinds, django_assert_max_num_queries):
    return django_assert_max_num_queries


@pytest.fixture
def query_count(known_kinds):
    """Count queries: `with query_count() as counted: …; assert len(counted) == 7`."""

    def count() -> CaptureQueriesContext:
        return CaptureQueriesContext(connection)

    return count


@pytest.fixture
def client_as(db):
    """Give a client signed in as somebody with these roles; its `.user` is that person. No role: a resident."""

    def sign_in(*roles: Role) -> Client:
        client = Client()
        client.user = UserFactory(roles=roles)
        client.force_login(client.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
