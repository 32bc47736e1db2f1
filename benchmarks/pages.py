"""How fast list pages and the chain page are, and whether they stay so as the city grows.

    python benchmarks/pages.py [--small 100] [--large 10000] [--requests 200] [--clients 4]

For each database, two cities are served by the same server program, one after the other for each page, and the times
of the large one are given as a ratio to the small one: 1.0 is flat. Each is measured twice: with every page made anew,
and as served by default, where a public page that nothing has changed since is given again.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import postgresql

PAGES = {
    "list of calls": "/calls/",
    "call with its ideas, page 1": "/calls/bench/",
    "call with its ideas, page 200": "/calls/bench/?page=200",
    "chain": "/chain/experiment/bench/",
}
HERE = Path(__file__).parent


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        for name, small, large in _databases(stack):
            _compare(name, (small, options.small), (large, options.large), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=100)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--clients", type=int, default=4)
    return parser.parse_args()


def _databases(stack: ExitStack) -> Iterator[tuple[str, str, str]]:
    place = stack.enter_context(tempfile.TemporaryDirectory())
    yield "SQLite", f"sqlite:///{place}/small.sqlite3", f"sqlite:///{place}/large.sqlite3"
    folder = postgresql.programs()
    if folder is None:
        print("PostgreSQL is not installed here: that half is left out.")
        return
    small, large = (stack.enter_context(postgresql.server(folder)) for _ in range(2))
    yield "PostgreSQL", small, large


def _compare(
    name: str, small: tuple[str, int], large: tuple[str, int], options: argparse.Namespace
) -> None:
    print(f"\n{name}: {small[1]:,} ideas and {large[1]:,} ideas, {options.clients} clients")
    with tempfile.TemporaryDirectory() as var:
        for database, ideas in (small, large):
            _build(database, f"import city; city.build({ideas})", var)
        for words, seconds in (("made anew", 0), ("as by default", 60)):
            print(
                f"{words:32} {'ideas':>7} {'p50 ms':>8} {'p95 ms':>8} {'req/s':>7} {'p50 ratio':>10}"
            )
            with _served(small[0], seconds, var) as one, _served(large[0], seconds, var) as many:
                _pages(one, small[1], many, large[1], options)


def _pages(one: str, few: int, many: str, lots: int, options: argparse.Namespace) -> None:
    """Measure every page of both cities, a page of one right after the same page of the other."""
    for page, path in PAGES.items():
        before = _measure(one + path.replace("page=200", "page=2"), options)
        after = _measure(many + path, options)
        for ideas, (p50, p95, rate) in ((few, before), (lots, after)):
            ratio = "" if ideas == few else f"{after[0] / before[0]:10.2f}"
            print(f"{page:32} {ideas:7,} {p50:8.1f} {p95:8.1f} {rate:7.0f} {ratio}", flush=True)


def _build(database: str, write: str, var: str) -> None:
    """Make the tables and write the city by the program `write`; collect the static files of `var` once."""
    environment = _environment(database, var)
    vuoksi = [sys.executable, "-m", "vuoksi"]
    build = f"import django; django.setup(); {write}; import postgresql; postgresql.analyse()"
    commands = [[*vuoksi, "migrate", "-v0"], [sys.executable, "-c", build]]
    if not (Path(var) / "static").exists():
        commands.append([*vuoksi, "collectstatic", "-v0", "--noinput"])
    for command in commands:
        subprocess.run(command, env=environment, check=True, stderr=subprocess.DEVNULL)


def _environment(database: str, var: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database,
        "VUOKSI_VAR": var,
        "DJANGO_SETTINGS_MODULE": "vuoksi.site.settings",
        # The program that stands beside this file, wherever another copy is installed.
        "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent / "src")]),
    }


@contextmanager
def _served(database: str, keep_s: int, var: str) -> Iterator[str]:
    """The city behind the real server, two workers as on two cores."""
    port = postgresql.free_port()
    address = f"http://localhost:{port}"
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "vuoksi.site.wsgi:application"),
            *("--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "4"),
            *("--host", "127.0.0.1", "--port", str(port)),
        ],
        env={
            **_environment(database, var),
            "VUOKSI_URL": address,
            "VUOKSI_KEEP_PAGES_S": str(keep_s),
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"{address}/calls/")
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(address).read()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{address} did not answer within a minute")


def _measure(address: str, options: argparse.Namespace) -> tuple[float, float, float]:
    """Median and 95th percentile in ms, and requests a second, of a fixed number of requests."""

    def once(_n: int) -> float:
        start = time.perf_counter()
        urllib.request.urlopen(address).read()
        return (time.perf_counter() - start) * 1000

    for n in range(20):
        once(n)
    with ThreadPoolExecutor(options.clients) as pool:
        start = time.perf_counter()
        times = sorted(pool.map(once, range(options.requests)))
        seconds = time.perf_counter() - start
    return statistics.median(times), times[int(len(times) * 0.95)], len(times) / seconds


if __name__ == "__main__":
    main()
