"""The whole demo city, served as people meet it: loaded by the product's own commands, on the real server."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from vuoksi.site.demo.people import ACCOUNTS, PASSWORD

ROOT = Path(__file__).resolve().parents[2]
START_S = 90
STOP_S = 30


# People whom the demo does not have: one to talk to, two who change how they sign in, one who moderates, and one who
# acts for a company.
NEIGHBOURS = ("neighbour", "passkey", "code", "moderator", "partner")


@dataclass(frozen=True, slots=True)
class City:
    """A served city: its address, the folder that it writes to, and who can sign in."""

    url: str
    var: Path
    password: str = PASSWORD

    @property
    def post(self) -> list[str]:
        """The letters that were sent, the newest last."""
        files = sorted((self.var / "post").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text() for path in files]

    def email(self, role: str) -> str:
        """The printed account of this role: resident, coordinator, reviewer; or one of the neighbours."""
        if role in NEIGHBOURS:
            return f"{role}@neighbours.example"
        return next(account.email for account in ACCOUNTS if account.role == role)


@contextmanager
def served(var: Path) -> Iterator[City]:
    """Load a demo city into `var`, serve it, and stop it afterwards."""
    port = _free_port()
    city = City(f"http://localhost:{port}", var)
    with _database(var) as address:
        surroundings = _surroundings(var, port, address)
        for command in (["migrate"], ["demo"], ["collectstatic", "--noinput"]):
            _python(["-m", "vuoksi", *command, "--verbosity", "0"], surroundings)
        _python(["-m", "tests.e2e.neighbours"], surroundings)
        log = var / "server.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "vuoksi", "serve", "--workers", "1"],
                env=surroundings,
                cwd=ROOT,
                stdout=out,
                stderr=out,
            )
            try:
                _wait(city.url, process, log)
                yield city
            finally:
                process.terminate()
                process.wait(STOP_S)


def _surroundings(var: Path, port: int, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VUOKSI_")}
    return {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "vuoksi.site.settings",
        "DATABASE_URL": database,
        "VUOKSI_VAR": str(var),
        "VUOKSI_PORT": str(port),
        "VUOKSI_URL": f"http://localhost:{port}",
        "VUOKSI_DEMO": "1",
    }


def _python(command: list[str], surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *command],
        env=surroundings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}:\n{done.stdout}{done.stderr}"


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """A listening port is not enough: the first page must come."""
    end = time.monotonic() + START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=20):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"The city is not served:\n{log.read_text()}")


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def _database(var: Path) -> Iterator[str]:
    """The address of an empty database of the kind that the tests run on."""
    given = settings.DATABASES["default"]
    if "postgresql" not in given["ENGINE"]:
        yield f"sqlite:///{var}/city.sqlite3"
        return
    name = f"vuoksi_city_{os.getpid()}"
    _on_server(given, f'CREATE DATABASE "{name}"')
    try:
        yield _address(given, name)
    finally:
        _on_server(given, f'DROP DATABASE "{name}" WITH (FORCE)')


def _address(given: dict[str, object], name: str) -> str:
    user, password = quote(str(given["USER"])), quote(str(given["PASSWORD"]), safe="")
    who = f"{user}:{password}" if password else user
    place = quote(str(given["HOST"]), safe="")
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgresql://{who}@{place}{port}/{name}"


def _on_server(given: dict[str, object], command: str) -> None:
    import psycopg

    with psycopg.connect(
        host=str(given["HOST"]) or None,
        port=str(given["PORT"]) or None,
        user=str(given["USER"]) or None,
        password=str(given["PASSWORD"]) or None,
        dbname="postgres",
        autocommit=True,
    ) as connection:
        connection.execute(command)
