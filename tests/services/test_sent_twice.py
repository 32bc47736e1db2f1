"""A form that is sent twice at once stands once: on both databases, on the real server with its real threads."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from benchmarks.postgresql import programs, server

from tests.services.conftest import free_port, vuoksi, wait_until_it_answers

pytestmark = pytest.mark.services
ROUNDS = 5
AT_ONCE = 4
CSRF = "a" * 32


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request, tmp_path_factory):
    """An own site on the database: (port, what was put into it, its environment)."""
    folder = tmp_path_factory.mktemp("twice")
    with ExitStack() as stack:
        address = f"sqlite:///{folder}/vuoksi.sqlite3"
        if request.param == "postgresql":
            installed = programs()
            assert installed, "PostgreSQL is needed (Debian: apt install postgresql)"
            address = stack.enter_context(server(installed))
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "VUOKSI_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "vuoksi.site.settings",
            "PYTHONPATH": os.pathsep.join(["src", "."]),
        }
        vuoksi(environment, "migrate", "--verbosity", "0")
        seeded = script(environment, "seed")
        port = stack.enter_context(served(environment, folder))
        yield port, seeded, environment


def script(environment, what):
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.seed", what],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@contextmanager
def served(environment, folder):
    port = free_port()
    options = ["--interface", "wsgi", "--blocking-threads", str(AT_ONCE), "--host", "127.0.0.1"]
    command = ["granian", *options, "--port", str(port), "vuoksi.site.wsgi:application"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command], env=environment, stderr=log, stdout=log
        )
        try:
            wait_until_it_answers(port)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def send_at_once(site, path, form):
    """Send the same form from several connections in the same moment; give the answers' statuses."""
    port, seeded, _environment = site
    body = urlencode({**form, "csrfmiddlewaretoken": CSRF})
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"session={seeded['session']}; csrftoken={CSRF}",
    }
    together = Barrier(AT_ONCE)

    def send(_number):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.connect()
        together.wait()
        connection.request("POST", path, body, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, range(AT_ONCE)))


def test_one_idea_one_support_one_comment(site):
    _port, seeded, environment = site
    for number, idea in zip(range(ROUNDS), seeded["ideas"], strict=True):
        keys = {"key": uuid4(), "version": 0, "writer": uuid4()}
        words = {"title": "Twice", "summary": f"Number {number}", "language": "en", "do": "send"}
        assert send_at_once(site, "/calls/warm/enter/", {**keys, **words}) == [302] * AT_ONCE
        talk = f"/talk/calls.entry/{idea}"
        assert send_at_once(site, f"{talk}/support/", {"do": "begin"}) == [302] * AT_ONCE
        comment = {"text": f"Yes {number}", "language": "en", "key": uuid4()}
        assert send_at_once(site, f"{talk}/comments/", comment) == [302] * AT_ONCE

    assert script(environment, "count") == {
        "entries": ["submitted"] * ROUNDS,
        "supports": ROUNDS,
        "comments": ROUNDS,
        "told": ROUNDS,
        "calls.submit_entry": ROUNDS,
        "talk.support": ROUNDS,
        "talk.write_comment": ROUNDS,
    }
