"""A run goes from an action through a real queue to a real worker process and back."""

import json
import subprocess
import sys

import pytest

from tests.services.conftest import worker

pytestmark = pytest.mark.services


def ask(environment) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.ask"],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_a_run_is_done_on_the_database_queue(migrated):
    with worker(migrated) as process:
        answer = ask(migrated)

    assert answer == {"status": "done", "result": {"sum": 5, "process": process.pid}, "error": ""}


def test_a_run_is_done_on_redis(migrated, redis_url):
    environment = {**migrated, "VUOKSI_REDIS_URL": redis_url}

    with worker(environment) as process:
        answer = ask(environment)

    # On Redis each job has a process of its own, made by the worker.
    assert answer["result"].pop("process") != process.pid
    assert answer == {"status": "done", "result": {"sum": 5}, "error": ""}
