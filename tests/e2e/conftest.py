"""A real Chromium before the real pages: `open_page(...)` gives a page, `sign_in` and `axe` do what they say."""

import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import sync_playwright

from tests.e2e.browser import FLAGS, find
from tests.e2e.city import served

AXE = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
# What a page may complain of: where, which answer, and why it belongs to the test.
EXPECTED = (
    (r"/nowhere/$", "404", "the page that says that there is none is looked at"),
    (r"/experiments/[\w-]+/edit/$", "403", "the plan of a started experiment cannot be edited"),
    (r"/testbeds/[\w-]+/\d+/book/", "409", "somebody was faster, and other times are offered"),
    (r"/indicators/new/$", "403", "what only a coordinator may open is looked at as others see it"),
    (r"/(#main)?$", "422", "a form that is not filled in right comes back with what is wrong"),
)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser():
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    """The whole demo city on the real server, loaded once for all tests."""
    with served(tmp_path_factory.mktemp("city")) as whole:
        yield whole


@pytest.fixture
def visit(browser, city):
    """Give an empty page before the city: `visit(language="fi", width=320, javascript=False)`.

    What the page complains of in its console fails the test, but for what stands in EXPECTED.
    """
    contexts, complaints = [], []

    def visit_one(*, language="en", width=1280, height=800, javascript=True, **options):
        context = browser.new_context(
            base_url=city.url,
            locale=language,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        listen(page, complaints)
        return page

    yield visit_one
    for context in contexts:
        context.close()
    assert complaints == [], "\n".join(complaints)


@pytest.fixture
def open_page(browser, live_server):
    """Open pages of the site: `open_page("/", language="fi", width=320, javascript=False, user=None)`.

    A person who reads one language at one width has one browser, and each call is a new tab in it: what the first tab
    fetched, the next has. What the page complains of in its console fails the test.
    """
    contexts, complaints = {}, []

    def open_one(
        path="/", *, language="en", width=1280, height=800, javascript=True, user=None, **options
    ):
        key = (user and user.pk, language, width, height, javascript, repr(options))
        if key not in contexts:
            contexts[key] = browser.new_context(
                base_url=live_server.url,
                locale=language,
                viewport={"width": width, "height": height},
                java_script_enabled=javascript,
                **options,
            )
            if user is not None:
                cookie = {**session_cookie(user), "url": live_server.url}
                contexts[key].add_cookies([cookie])
        page = contexts[key].new_page()
        listen(page, complaints)
        page.goto(path)
        return page

    yield open_one
    for context in contexts.values():
        context.close()
    assert complaints == [], "\n".join(complaints)


def listen(page, complaints) -> None:
    """Note failed scripts and requests, and what the policies of the site stopped."""
    page.on(
        "console",
        lambda said: (
            complaints.append(f"{said.text} {said.location['url']}") if is_fault(said) else None
        ),
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))


def is_fault(said) -> bool:
    """An error that a page or its files raised; what axe tries out in the page has no address."""
    address = said.location.get("url", "")
    if said.type != "error" or not address:
        return False
    return not any(
        re.search(path, address) and status in said.text for path, status, _reason in EXPECTED
    )


def session_cookie(user) -> dict[str, str]:
    """A session in which `user` is signed in, without going through the form."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or ""}


@pytest.fixture
def axe():
    """Give what axe-core finds on a page, as (rule, the elements it concerns)."""

    def run(page) -> list[tuple[str, list[str]]]:
        page.evaluate(AXE.read_text())
        # Only violations are read; gathering what passed takes longer than finding them.
        only = {"type": "tag", "values": AXE_TAGS}
        options = {"runOnly": only, "resultTypes": ["violations"]}
        found = page.evaluate("options => axe.run(document, options)", options)
        return [
            (violation["id"], [" ".join(node["target"]) for node in violation["nodes"]])
            for violation in found["violations"]
        ]

    return run
