"""Concurrent requests book no unit twice, on PostgreSQL and on SQLite."""

import json
import os
import subprocess
import sys

import pytest
from benchmarks.postgresql import programs, server

from tests.services.conftest import vuoksi

pytestmark = pytest.mark.services


@pytest.fixture
def postgresql(tmp_path):
    """The environment of a site on a PostgreSQL of our own."""
    folder = programs()
    assert folder, "PostgreSQL is needed (Debian: apt install postgresql)"
    with server(folder) as address:
        environment = {
            **os.environ,
            "VUOKSI_VAR": str(tmp_path),
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tests.services.settings",
            "PYTHONPATH": os.pathsep.join(["src", "."]),
        }
        vuoksi(environment, "migrate", "--verbosity", "0")
        yield environment


@pytest.mark.parametrize("database", ["postgresql", "migrated"])
def test_of_many_requests_at_once_as_many_win_as_there_are_units(request, database):
    environment = request.getfixturevalue(database)
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.book"],
        env=environment, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == {"answers": [302] * 3 + [409] * 5, "held": [1, 2, 3]}
