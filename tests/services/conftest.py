"""Real servers and real processes. What is missing here is an error, for this suite was asked for by name."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

STOP_LIMIT_S = 30


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory):
    """A Redis of our own on a free loopback port."""
    program = shutil.which("redis-server")
    assert program, "redis-server is needed (Debian: apt install redis-server)"
    port = free_port()
    folder = tmp_path_factory.mktemp("redis")
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    wait_until_it_answers(port)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(STOP_LIMIT_S)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """The environment of a site of its own: an SQLite file, or the PostgreSQL that DATABASE_URL names."""
    folder = tmp_path_factory.mktemp("var")
    environment = {
        **os.environ,
        "VUOKSI_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.services.settings",
        "PYTHONPATH": os.pathsep.join(["src", "."]),
    }
    environment.setdefault("DATABASE_URL", f"sqlite:///{folder}/vuoksi.sqlite3")
    vuoksi(environment, "migrate", "--verbosity", "0")
    return environment


def vuoksi(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "vuoksi", *arguments], env=environment, check=True)


@contextmanager
def worker(environment: dict[str, str]):
    """A worker process that runs meanwhile, and must end well when asked to."""
    process = subprocess.Popen([sys.executable, "-m", "vuoksi", "worker"], env=environment)
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_LIMIT_S) == 0
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def wait_until_it_answers(port: int, limit_s: float = 20) -> None:
    end = time.monotonic() + limit_s
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < end, f"nothing answers on port {port}"
            time.sleep(0.1)
        else:
            return
