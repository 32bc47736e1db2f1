"""Signing in through a real OpenID Connect provider, in a real browser, set up as the how-to says."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import expect

from tests.e2e.conftest import browser  # noqa: F401 - a fixture
from tests.services.conftest import STOP_LIMIT_S, free_port, vuoksi, wait_until_it_answers

pytestmark = pytest.mark.services

PROGRAM = Path(__file__).with_name("provider.mjs")
START_LIMIT_S = 90
SECRET = "what-only-the-two-know"


@contextmanager
def running(command, environment, port):
    process = subprocess.Popen(command, env=environment)
    try:
        wait_until_it_answers(port, START_LIMIT_S)
        yield
    finally:
        process.terminate()
        process.wait(STOP_LIMIT_S)


@pytest.fixture(scope="module")
def doors(migrated):
    """A site and a provider that know each other. A second name of the provider comes with a wrong secret."""
    node = shutil.which("node")
    assert node, "Node.js is needed"
    site, provider = free_port(), free_port()
    address = f"http://localhost:{site}"
    known = {"client_id": "vuoksi", "server_url": f"http://localhost:{provider}"}
    providers = [
        {"id": "city", "name": "Staff of the city", "secret": SECRET, **known},
        {"id": "wrong", "name": "Wrong secret", "secret": "another", **known},
        {"id": "away", "name": "Away", "secret": SECRET, "client_id": "vuoksi",
         "server_url": f"http://localhost:{free_port()}"},
    ]  # fmt: skip
    environment = {
        **migrated,
        "VUOKSI_PORT": str(site),
        "VUOKSI_URL": address,
        "VUOKSI_OIDC": json.dumps(providers),
    }
    callbacks = [f"{address}/accounts/oidc/{one['id']}/login/callback/" for one in providers]
    of_provider = {
        "PATH": os.environ["PATH"],
        "PROVIDER_PORT": str(provider),
        "PROVIDER_SECRET": SECRET,
        "PROVIDER_REDIRECTS": json.dumps(callbacks),
    }
    vuoksi(environment, "flush", "--noinput", "--verbosity", "0")
    vuoksi(environment, "collectstatic", "--noinput", "--verbosity", "0")
    serve = [sys.executable, "-m", "vuoksi", "serve", "--workers", "1"]
    with running([node, str(PROGRAM)], of_provider, provider), running(serve, environment, site):
        yield environment


@pytest.fixture
def visitor(browser, doors):  # noqa: F811 - a fixture
    """Give a browser of one's own before the site."""
    contexts = []

    def visit(language="en"):
        contexts.append(browser.new_context(base_url=doors["VUOKSI_URL"], locale=language))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        return page

    yield visit
    for context in contexts:
        context.close()


def accounts(environment):
    command = [sys.executable, "-m", "tests.services.accounts"]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def sign_in(page, provider, name):
    page.goto("/accounts/login/")
    page.get_by_role("button", name=provider).click()
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill("any")
    page.locator("[type=submit]").click()
    page.get_by_role("button", name="Continue").click()


def heading(page, language, text):
    """The page says this, in the reader's language."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    with override(language):
        expect(page.get_by_role("heading", level=1)).to_have_text(gettext(text))


def test_a_wrong_secret_is_said_and_makes_nothing(visitor, doors):
    page = visitor("fi")
    sign_in(page, "Wrong secret", "aino")
    heading(page, "fi", "Signing in did not work")

    assert accounts(doors) == {"people": 0, "addresses": 0, "connections": 0, "audit rows": 0}


def test_a_provider_that_is_away_is_said(visitor):
    page = visitor("sv")
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Away").click()

    heading(page, "sv", "Signing in did not work")


def test_the_second_time_finds_the_account_that_the_first_made(visitor, doors):
    for _time in range(2):
        page = visitor()
        sign_in(page, "Staff of the city", "aino")
        expect(page.get_by_role("button", name="aino of the City")).to_be_visible()
    page.goto("/me/")
    expect(page.locator(".lead")).to_have_text("aino@city.example")

    assert accounts(doors) == {"people": 1, "addresses": 1, "connections": 1, "audit rows": 1}


def test_an_address_that_the_provider_does_not_vouch_for_is_confirmed_first(visitor):
    page = visitor()
    sign_in(page, "Staff of the city", "unsure-eino")
    page.wait_for_url("**/accounts/confirm-email/")
    page.goto("/me/")

    assert "/accounts/login/" in page.url
