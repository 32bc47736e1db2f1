"""Several processes that live and end together: the web server, the worker, the tick loop."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

POLL_S = 0.1
GRACE_S = 15.0
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Part:
    """One process of the site and the command that runs it."""

    name: str
    command: tuple[str, ...]


def parts(host: str, port: int, workers: int) -> tuple[Part, ...]:
    """The processes of a whole site."""
    this = (sys.executable, "-m")
    server = (
        *(*this, "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", "4", "--log-level", "warning"),
        "vuoksi.site.wsgi:application",
    )
    return (
        Part("server", server),
        Part("worker", (*this, "vuoksi", "worker")),
        Part("tick", (*this, "vuoksi", "tick", "--every", "60")),
    )


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def is_free(host: str, port: int) -> bool:
    """Can a server listen there?"""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Does a server listen there?"""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def supervise(
    wanted: Sequence[Part],
    *,
    say: Callable[[str], object],
    is_ready: Callable[[], bool],
    on_ready: Callable[[], object],
    grace_s: float = GRACE_S,
) -> int:
    """Run all parts until one of them ends or this process is asked to stop; then stop the others.

    `on_ready` is called once, when `is_ready` first says so. Returns the exit status: 0 when asked to stop, else that
    of the part that ended first (1 if it ended well, for it should not have ended).
    """
    with _stop_asked() as is_stop_asked:
        running = {part.name: _start(part) for part in wanted}
        try:
            return _watch(running, is_stop_asked, say, is_ready, on_ready)
        finally:
            _stop_all(list(running.values()), grace_s)


def _watch(
    running: dict[str, subprocess.Popen[bytes]],
    is_stop_asked: Callable[[], bool],
    say: Callable[[str], object],
    is_ready: Callable[[], bool],
    on_ready: Callable[[], object],
) -> int:
    has_told = False
    while not is_stop_asked():
        for name, process in running.items():
            status = process.poll()
            if status is not None:
                say(f"The {name} ended with status {status}; stopping everything.")
                return status if status > 0 else 1
        if not has_told and is_ready():
            on_ready()
            has_told = True
        time.sleep(POLL_S)
    say("Stopping.")
    return 0


@contextmanager
def _stop_asked() -> Iterator[Callable[[], bool]]:
    """Note a Ctrl-C or a polite kill instead of dying of it, so that the parts can be stopped first."""
    asked: list[int] = []
    before = {number: signal.getsignal(number) for number in STOPPING}
    for number in STOPPING:
        signal.signal(number, lambda got, _frame: asked.append(got))
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(part: Part) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches this process only, which then stops the parts in one way.
    return subprocess.Popen(part.command, start_new_session=True)  # noqa: S603 - our own commands


def _stop_all(processes: list[subprocess.Popen[bytes]], grace_s: float) -> None:
    for process in processes:
        _signal(process, signal.SIGTERM)
    end = time.monotonic() + grace_s
    for process in processes:
        try:
            process.wait(max(end - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            continue
    for process in processes:
        # The group and not the process alone: a part that died may have left its own children.
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return
