"""A backup is one tar file: the database as its own tool writes it, the uploaded files, and the measured rows.

The database comes first, the files after: a file uploaded meanwhile is in the backup without its row, never the
other way round. Measured rows move from the database to their own files; while a backup is made nothing moves, so that
each row is in it once.
"""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from vuoksi.base.series.store import Busy, held

SQLITE_NAME = "database.sqlite3"
POSTGRESQL_NAME = "database.dump"
FILES_NAME = "files"
SERIES_NAME = "series"
# A tick that is moving rows ends within this, or the backup is refused.
WAIT_FOR_TICK_S = 600


class BackupRefused(Exception):
    """The backup cannot be made or restored; the message says why to the one at the terminal."""


def write(target: Path, *, database: Mapping[str, Any], files: Path, series: Path) -> None:
    """Write a backup to `target`, which must not exist. A backup that fails leaves no file behind."""
    if target.exists():
        raise BackupRefused(f"{target} stands already; choose another name.")
    if not target.parent.is_dir():
        raise BackupRefused(f"{target.parent} is not a folder.")
    with tempfile.TemporaryDirectory(dir=target.parent) as directory:
        unfinished = Path(directory) / "unfinished.tar.gz"
        try:
            with held(series, wait_s=WAIT_FOR_TICK_S):
                _archive(unfinished, _dump(database, Path(directory)), files, series)
        except Busy as error:
            raise BackupRefused("The tick is moving measured rows; try again later.") from error
        unfinished.chmod(0o600)
        unfinished.replace(target)


def restore(source: Path, *, database: Mapping[str, Any], files: Path, series: Path) -> None:
    """Put a backup into an empty installation. Raises BackupRefused where something stands already."""
    if not source.is_file():
        raise BackupRefused(f"{source} is not a file.")
    for folder in (files, series):
        if folder.exists() and any(folder.glob("[!.]*")):
            raise BackupRefused(f"{folder} is not empty; restore into an empty installation.")
    with tempfile.TemporaryDirectory() as directory:
        unpacked = Path(directory)
        try:
            with tarfile.open(source) as archive:
                archive.extractall(unpacked, filter="data")
        except tarfile.TarError as error:
            raise BackupRefused(f"{source} is not a backup: {error}") from error
        _load(database, unpacked)
        for name, folder in ((FILES_NAME, files), (SERIES_NAME, series)):
            if (unpacked / name).exists():
                folder.parent.mkdir(parents=True, exist_ok=True)
                shutil.copytree(unpacked / name, folder, dirs_exist_ok=True)
    # The restored database believes that its measured rows lie on the disk: so they shall.
    os.sync()


def _archive(target: Path, dump: Path, files: Path, series: Path) -> None:
    with tarfile.open(target, "w:gz") as archive:
        archive.add(dump, dump.name)
        for name, folder in ((FILES_NAME, files), (SERIES_NAME, series)):
            if folder.exists():
                archive.add(folder, name)


def _is_sqlite(database: Mapping[str, Any]) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")


def _dump(database: Mapping[str, Any], directory: Path) -> Path:
    if not _is_sqlite(database):
        target = directory / POSTGRESQL_NAME
        _run(
            ["pg_dump", "--format=custom", "--no-owner", f"--file={target}", _place(database)],
            database,
        )
        return target
    target = directory / SQLITE_NAME
    # SQLite's own backup: whole even while others write.
    with (
        closing(sqlite3.connect(database["NAME"])) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
    return target


def _load(database: Mapping[str, Any], unpacked: Path) -> None:
    name = SQLITE_NAME if _is_sqlite(database) else POSTGRESQL_NAME
    dump = unpacked / name
    if not dump.exists():
        raise BackupRefused(
            f"The backup holds no {name}: it was made on the other kind of database."
        )
    if not _is_sqlite(database):
        if _holds_tables(database):
            raise BackupRefused(
                f"The database {database['NAME']} is not empty; restore into an empty installation."
            )
        _run(
            [
                "pg_restore",
                "--exit-on-error",
                "--no-owner",
                "--single-transaction",
                f"--dbname={_place(database)}",
                str(dump),
            ],
            database,
        )
        return
    place = Path(database["NAME"])
    if place.exists():
        raise BackupRefused(f"{place} stands already; restore into an empty installation.")
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(dump, place)


def _place(database: Mapping[str, Any]) -> str:
    """The database and the options of the driver (sslmode and the like), as PostgreSQL's tools read them."""
    return make_conninfo(dbname=database["NAME"], **database.get("OPTIONS", {}))


def _holds_tables(database: Mapping[str, Any]) -> bool:
    known: dict[str, Any] = {
        name: database[name.upper()] or None for name in ("host", "port", "user", "password")
    }
    try:
        with psycopg.connect(_place(database), **known) as connection:
            query = "SELECT FROM pg_tables WHERE schemaname = current_schema() LIMIT 1"
            return connection.execute(query).fetchone() is not None
    except psycopg.OperationalError as error:
        raise BackupRefused(str(error)) from error


def _run(command: list[str], database: Mapping[str, Any]) -> None:
    """Run one of PostgreSQL's tools on `database`; the password travels in the environment, not in the command."""
    environment = {
        "PGHOST": str(database["HOST"]),
        "PGPORT": str(database["PORT"]),
        "PGUSER": str(database["USER"]),
        "PGPASSWORD": str(database["PASSWORD"]),
    }
    present = {name: value for name, value in environment.items() if value}
    try:
        done = subprocess.run(  # noqa: S603 - fixed commands, arguments are ours
            command, env={**os.environ, **present}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise BackupRefused(
            f"{command[0]} is not installed; it comes with PostgreSQL's client."
        ) from error
    if done.returncode:
        raise BackupRefused(done.stderr.strip())
