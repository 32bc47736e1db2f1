import socket
import sys
import threading
import time

import pytest

from vuoksi.site import serving


def python(code):
    return [sys.executable, "-c", code]


def test_when_one_ends_the_others_are_stopped_with_its_status(tmp_path):
    mark = tmp_path / "stopped"
    patient = (
        "import pathlib, signal, sys, time\n"
        f"signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path({str(mark)!r}).touch(), sys.exit()))\n"
        f"pathlib.Path({str(tmp_path / 'ready')!r}).touch()\n"
        "time.sleep(60)"
    )
    hasty = (
        "import pathlib, sys, time\n"
        f"while not pathlib.Path({str(tmp_path / 'ready')!r}).exists(): time.sleep(0.05)\n"
        "sys.exit(7)"
    )
    assert serving.supervise({"patient": python(patient), "hasty": python(hasty)}) == 7
    assert mark.exists()


def test_a_process_that_ends_without_a_fault_is_a_fault():
    assert serving.supervise({"done": python("pass")}) == 1


def test_told_to_stop_it_stops_all():
    import os
    import signal

    threading.Thread(target=lambda: (time.sleep(0.5), os.kill(os.getpid(), signal.SIGTERM))).start()
    assert serving.supervise({"long": python("import time; time.sleep(60)")}) == 0


def test_a_taken_port_is_named():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(serving.PortTaken, match=str(port)):
            serving.check_port("127.0.0.1", port)
    serving.check_port("127.0.0.1", port)
