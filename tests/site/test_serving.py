"""The parts of the site live and end together."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from vuoksi.site.serving import Part, answers, cores, is_free, parts, supervise

SLEEP = "import time; time.sleep(60)"
# Says its process number, waits, and does not listen to polite requests.
STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[1], "w").write(str(os.getpid()))
time.sleep(60)
"""


def python(name: str, code: str, *arguments: str) -> Part:
    return Part(name, (sys.executable, "-c", code, *arguments))


def run(*wanted: Part, is_ready=lambda: False, on_ready=lambda: None, grace_s=5.0):
    said = []
    status = supervise(
        wanted, say=said.append, is_ready=is_ready, on_ready=on_ready, grace_s=grace_s
    )
    return status, said


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_first_that_dies_stops_all_and_gives_its_status():
    began = time.monotonic()

    status, said = run(
        python("server", SLEEP), python("worker", "raise SystemExit(3)"), python("tick", SLEEP)
    )

    assert (status, said) == (3, ["The worker ended with status 3; stopping everything."])
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("code", ["", "import os; os.kill(os.getpid(), 9)"])
def test_a_part_that_just_ends_or_is_killed_is_a_failure_too(code):
    status, _said = run(python("server", SLEEP), python("tick", code))

    assert status == 1


def test_a_part_that_will_not_stop_is_killed(tmp_path):
    file = tmp_path / "pid"
    waits = f"import os, time\nwhile not os.path.exists({str(file)!r}): time.sleep(0.05)"

    run(python("worker", STUBBORN, str(file)), python("tick", waits), grace_s=0.3)

    assert not is_alive(int(file.read_text()))


def test_readiness_is_told_once():
    told = []

    run(
        python("server", "import time; time.sleep(0.6)"),
        is_ready=lambda: True,
        on_ready=lambda: told.append("ready"),
    )

    assert told == ["ready"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_request_to_stop_stops_all_and_is_no_failure(tmp_path, number):
    pid_file = tmp_path / "pid"
    child = f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    code = (
        "import sys; from vuoksi.site.serving import Part, supervise\n"
        f"part = Part('server', (sys.executable, '-c', {child!r}))\n"
        "sys.exit(supervise([part], say=print, is_ready=lambda: False, on_ready=lambda: None))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], env=environment(), text=True, stdout=-1)
    wait_for(lambda: pid_file.exists() and pid_file.read_text())

    parent.send_signal(number)
    said, _ = parent.communicate(timeout=20)

    assert (parent.returncode, said) == (0, "Stopping.\n")
    assert not is_alive(int(pid_file.read_text()))


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def wait_for(condition, limit_s: float = 10.0) -> None:
    end = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_taken_port_is_said_before_anything_starts(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.PORT = taken.getsockname()[1]

        assert answers("127.0.0.1", settings.PORT)
        assert not is_free("127.0.0.1", settings.PORT)
        with pytest.raises(CommandError, match=f"Port {settings.PORT} is taken.*VUOKSI_PORT="):
            call_command("serve")

    assert is_free("127.0.0.1", settings.PORT)
    assert not answers("127.0.0.1", settings.PORT)


def test_a_site_is_server_worker_and_tick():
    found = parts("127.0.0.1", 8000, 2)

    assert [part.name for part in found] == ["server", "worker", "tick"]
    assert cores() >= 1
