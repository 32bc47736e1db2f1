"""A PostgreSQL of one's own for the length of a `with` block: a new cluster on loopback, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of the newest PostgreSQL server that is installed, if one is."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4])
    )
    return found[-1].parent if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def analyse() -> None:
    """Count the rows of all tables for the planner, as PostgreSQL does by itself a minute after they were written."""
    from django.db import connection  # noqa: PLC0415  # only the program that wrote a city knows Django

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server whose programs lie in `folder`; give the address of its database."""
    with tempfile.TemporaryDirectory() as place:
        # PostgreSQL refuses to run as root, so there it runs as its own user.
        user = (
            ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            if os.geteuid() == 0
            else []
        )
        if user:
            shutil.chown(place, "postgres")
        data, port = f"{place}/data", free_port()
        subprocess.run(
            [
                *user,
                folder / "initdb",
                "-D",
                data,
                "-U",
                "vuoksi",
                "--encoding=UTF8",
                "--auth=trust",
            ],
            check=True,
            capture_output=True,
        )
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={place}"
        start = [
            *user,
            folder / "pg_ctl",
            "-D",
            data,
            "-o",
            options,
            "-l",
            f"{place}/log",
            "-w",
            "start",
        ]
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
        try:
            yield f"postgresql://vuoksi@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run(
                [*user, folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"],
                check=True,
                capture_output=True,
            )
