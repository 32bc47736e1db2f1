"""How many observations a second the SensorThings door takes in for good, and how fast a million of them are drawn.

    python benchmarks/ingest.py [--seconds 10] [--clients 4] [--sizes 100 1000] [--rows 1000000]

The real application is served with granian on loopback; clients send `CreateObservations` with arrays, each request
after the answer to the one before. An observation counts when it was acknowledged; at the end as many must stand in the
database as were acknowledged. A tick moves rows to the Delta table meanwhile, as on a running site. What server, tick
and database use of the processor is told for 1,000 observations: unlike the rate it does not depend on what else the
machine does. Then a datastream of a million observations is read: the page of the experiment that it feeds, the page
that draws it, its newest hundred, one day of it, and what a dashboard asks. Pages are made anew each time.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import cpu
import postgresql

HERE = Path(__file__).parent
START = datetime(2026, 1, 1, tzinfo=UTC)
TICK_EVERY_S = "5"


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        place = stack.enter_context(tempfile.TemporaryDirectory())
        databases = {"SQLite": f"sqlite:///{place}/city.sqlite3"}
        folder = postgresql.programs()
        if folder is None:
            print("PostgreSQL is not installed here: that half is left out.")
        else:
            databases["PostgreSQL"] = stack.enter_context(postgresql.server(folder))
        for name, database in databases.items():
            with tempfile.TemporaryDirectory() as var:
                _measure(name, _environment(database, var), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--rows", type=int, default=1_000_000)
    return parser.parse_args()


def _environment(database: str, var: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database,
        "VUOKSI_VAR": var,
        "DJANGO_SETTINGS_MODULE": "vuoksi.site.settings",
        "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")]),
    }


def _measure(name: str, environment: dict[str, str], options: argparse.Namespace) -> None:
    for command in ("migrate -v0", "collectstatic -v0 --noinput"):
        subprocess.run(
            [sys.executable, "-m", "vuoksi", *command.split()],
            env=environment,
            check=True,
            stderr=subprocess.DEVNULL,
        )
    made = _asked(environment, f"sensing.build({options.rows})")
    load = os.getloadavg()[0]
    print(f"\n{name}, {options.clients} clients, {os.cpu_count()} cores, load before {load:.1f}")
    print(
        f"{'observations a request':32} {'obs/s':>9} {'p50 ms':>8} {'p99 ms':>8} {'lost':>6} {'CPU ms/1000':>12}"
    )
    with _served(environment) as (host, port, processes):
        roots = [*processes, *filter(None, [_asked(environment, "sensing.database_process()")])]
        for size in options.sizes:
            _ingest(host, port, made, size, environment, options, roots)
        print(f"{f'datastream of {options.rows:,}':32} {'':>9} {'p50 ms':>8} {'p95 ms':>8}")
        for what, path in made["pages"].items():
            for _time in range(6):  # both workers have their libraries loaded
                _timed(host, port, path)
            times = sorted(_timed(host, port, path) for _time in range(20))
            print(f"{what:32} {'':9} {statistics.median(times):8.0f} {times[18]:8.0f}", flush=True)


def _asked(environment: dict[str, str], call: str):
    code = f"import django; django.setup(); import json, sensing; print(json.dumps({call}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    return json.loads(done.stdout)


@contextmanager
def _served(environment: dict[str, str]):
    """The site with two workers, and the tick beside it."""
    port = postgresql.free_port()
    address = f"http://localhost:{port}"
    commands = (
        ["granian", "vuoksi.site.wsgi:application", "--interface", "wsgi", "--no-ws", "--workers", "2",
         "--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port)],
        ["vuoksi", "tick", "--every", TICK_EVERY_S],
    )  # fmt: skip
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**environment, "VUOKSI_URL": address, "VUOKSI_KEEP_PAGES_S": "0"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    try:
        _wait("localhost", port)
        yield "localhost", port, [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def _wait(host: str, port: int) -> None:
    for _attempt in range(240):
        try:
            _timed(host, port, "/sta/v1.1/")
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not answer within two minutes")


def _ingest(host, port, made, size, environment, options, roots) -> None:
    before, used = _asked(environment, "sensing.count()"), cpu.used_s(roots)
    end = time.monotonic() + options.seconds
    taken: list[list[float]] = [[] for _client in range(options.clients)]
    threads = [
        Thread(target=_send_until, args=(host, port, made, made["streams"][n % 4], size, end, taken[n]))
        for n in range(options.clients)
    ]  # fmt: skip
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, used = time.monotonic() - began, cpu.used_s(roots) - used
    times = sorted(one * 1000 for some in taken for one in some)
    sent = len(times) * size
    lost = sent - (_asked(environment, "sensing.count()") - before)
    p99 = times[int(len(times) * 0.99)]
    print(
        f"{size:<32} {sent / seconds:9,.0f} {statistics.median(times):8.1f} {p99:8.1f} {lost:6}"
        f" {used * 1e6 / sent:12.1f}",
        flush=True,
    )


def _send_until(host, port, made, stream, size, end, taken) -> None:
    """One client: bodies are written while nothing is timed but the request itself."""
    connection = http.client.HTTPConnection(host, port)
    headers = {"Authorization": f"Bearer {made['secret']}", "Content-Type": "application/json"}
    # Each run and client has times of its own: a new observation each.
    at = START + timedelta(days=400 * (size % 7 + 1), seconds=time.time_ns() % 10**6)
    at -= timedelta(days=365 * 20 + stream)
    while time.monotonic() < end:
        rows = [
            [(at + timedelta(milliseconds=10 * n)).isoformat(), 20 + n % 10] for n in range(size)
        ]
        at += timedelta(milliseconds=10 * size)
        body = json.dumps(
            [{"Datastream": {"@iot.id": stream}, "components": ["phenomenonTime", "result"], "dataArray": rows}]
        )  # fmt: skip
        began = time.monotonic()
        connection.request("POST", "/sta/v1.1/CreateObservations", body, headers)
        answer = connection.getresponse()
        links = json.loads(answer.read())
        assert answer.status == 201, links
        assert "error" not in links, links[:3]
        taken.append(time.monotonic() - began)


def _timed(host: str, port: int, path: str) -> float:
    connection = http.client.HTTPConnection(host, port)
    began = time.monotonic()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, (path, answer.status)
    return (time.monotonic() - began) * 1000


if __name__ == "__main__":
    main()
