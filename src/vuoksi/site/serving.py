"""Three processes that start and stop together: the pages, the worker, the tick."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from types import FrameType
from typing import NoReturn

# How long a process may take to end what it is doing before it is ended.
PATIENCE_S = 10.0
LOOK_EVERY_S = 0.2


class PortTaken(Exception):
    """Something listens on the port already."""


def check_port(host: str, port: int) -> None:
    """Raise PortTaken where nothing could listen."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"port {port} on {host} is taken; set VUOKSI_PORT to another one"
            ) from error


def commands(host: str, port: int, workers: int) -> dict[str, list[str]]:
    """The command line of each process."""
    vuoksi = [sys.executable, "-m", "vuoksi"]
    pages = [sys.executable, "-m", "granian", "vuoksi.site.wsgi:application", "--interface", "wsgi"]
    return {
        "pages": [
            *pages,
            *("--host", host, "--port", str(port), "--workers", str(workers)),
            *("--blocking-threads", "4", "--no-ws", "--no-log"),
        ],
        "worker": [*vuoksi, "worker"],
        "tick": [*vuoksi, "tick", "--every", "60"],
    }


def supervise(processes: Mapping[str, Sequence[str]]) -> int:
    """Run the processes until one ends or we are told to stop; then stop the others.

    Returns 0 when told to stop, else the status of the one that ended first (1 if it says 0: it should not end).
    """
    running: dict[str, subprocess.Popen[bytes]] = {}
    previous = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for name, command in processes.items():
            # A session of its own: Ctrl-C reaches us alone, and we tell the others in order.
            running[name] = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - our own commands
        name, status = _first_to_end(running)
    except KeyboardInterrupt:
        return 0
    else:
        sys.stderr.write(f"{name} ended with status {status}; stopping the others\n")
        return status or 1
    finally:
        _end(running.values())
        for number, handler in previous.items():
            signal.signal(number, handler)


def _first_to_end(running: Mapping[str, subprocess.Popen[bytes]]) -> tuple[str, int]:
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                return name, process.returncode
        time.sleep(LOOK_EVERY_S)


def _end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    alive = [process for process in processes if process.poll() is None]
    for process in alive:
        process.terminate()
    for process in alive:
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
