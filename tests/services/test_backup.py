"""A city on PostgreSQL is backed up, and restored to an empty database: every row and every byte."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from benchmarks.postgresql import programs, server

from tests.services.conftest import vuoksi
from vuoksi.site import backup, environment

pytestmark = pytest.mark.services

FILE = b"%PDF-1.7\n% the plan of the park \x00\xff\n%%EOF\n"


@pytest.fixture
def city(migrated, tmp_path):
    """A city on PostgreSQL: the one that these tests share if it is there, else one on a server of our own."""
    if migrated["DATABASE_URL"].startswith("postgres"):
        yield migrated
        return
    found = programs()
    assert found, "PostgreSQL is needed (Debian: apt install postgresql)"
    with server(found) as address:
        own = {**migrated, "DATABASE_URL": address, "VUOKSI_VAR": str(tmp_path / "old")}
        vuoksi(own, "migrate", "--verbosity", "0")
        yield own


@pytest.fixture
def empty(city, tmp_path):
    """An installation with an empty database."""
    name = f"vuoksi_backup_{uuid4().hex[:8]}"
    with psycopg.connect(city["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        # An option of the driver, which PostgreSQL's own tools must get too.
        address = f"{city['DATABASE_URL'].rpartition('/')[0]}/{name}?sslmode=prefer"
        yield {**city, "DATABASE_URL": address, "VUOKSI_VAR": str(tmp_path / "new")}
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def rows(address):
    """All that stands in the database: the rows of each table, in no order."""
    with psycopg.connect(address) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            name: sorted(connection.execute(f'SELECT t::text FROM "{name}" AS t').fetchall())
            for (name,) in tables.fetchall()
        }


def test_a_city_is_restored(city, empty, tmp_path):
    kept = tmp_path / "kept.tar.gz"
    attach(FILE, city)
    vuoksi(city, "backup", str(kept))
    vuoksi(empty, "restore", str(kept))

    assert rows(empty["DATABASE_URL"]) == rows(city["DATABASE_URL"])
    assert len(rows(empty["DATABASE_URL"])["files_attachment"]) >= 1
    assert contents(empty) == contents(city)
    assert FILE in contents(empty).values()

    with pytest.raises(backup.BackupRefused, match="is not empty; restore into an empty"):
        backup.restore(
            kept,
            database=environment.database(empty["DATABASE_URL"]),
            files=tmp_path / "empty",
            series=tmp_path / "no-series",
        )


def attach(content, environment):
    command = [sys.executable, "-m", "tests.services.attach"]
    subprocess.run(command, env=environment, input=content, check=True)


def contents(installation):
    folder = Path(installation["VUOKSI_VAR"]) / "files"
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}
