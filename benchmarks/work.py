"""How much work each page is: CPU time of the web process and number of queries, in a small city and in a large one.

    python benchmarks/work.py [--requests 20]

Of PostgreSQL's own processes nothing is counted. What other programs do at the same time hardly shows in these figures,
unlike in those of benchmarks/portfolio.py and benchmarks/pages.py, whose pages these are. Every page is made anew, by
one process without a network. A ratio of 1.0 is flat.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from typing import Any

import pages
import portfolio

CITIES = (
    ("pilots", 100, 5_000, portfolio.PAGES),
    ("city", 100, 10_000, pages.PAGES),
)


def main() -> None:
    options = _options()
    for program, few, many, addresses in CITIES:
        with ExitStack() as stack:
            var = stack.enter_context(tempfile.TemporaryDirectory())
            for name, small, large in pages._databases(stack):
                # A small city has the same pages, and fewer of some lists.
                fewer = {name: one.replace("page=200", "page=2") for name, one in addresses.items()}
                before = _work(program, few, fewer, small, var, options.requests)
                after = _work(program, many, addresses, large, var, options.requests)
                _say(f"{name}, {program} of {few:,} and of {many:,}", before, after)


def measure(addresses: dict[str, str], requests: int) -> None:
    """Print what each page costs as JSON: the least CPU ms of them, and queries."""
    from django.db import connection  # noqa: PLC0415  # only the program that measures knows Django
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, found = Client(SERVER_NAME="localhost"), {}
    for name, address in addresses.items():
        for _warm in range(3):
            client.get(address)
        with CaptureQueriesContext(connection) as queries:
            status, count = client.get(address).status_code, len(queries)
        if status != 200:
            raise SystemExit(f"{address} answered {status}")
        found[name] = (_least_ms(client, address, requests), count)
    print(json.dumps(found))


def _least_ms(client: Any, address: str, requests: int) -> float:
    times = []
    for _n in range(requests):
        start = time.process_time()
        client.get(address)
        times.append((time.process_time() - start) * 1000)
    return min(times)


def _work(
    program: str, size: int, addresses: dict[str, str], database: str, var: str, requests: int
) -> dict[str, tuple[float, int]]:
    pages._build(database, f"import {program}; {program}.build({size})", var)
    words = f"import django; django.setup(); import work; work.measure({addresses!r}, {requests})"
    done = subprocess.run(
        [sys.executable, "-c", words],
        env={**pages._environment(database, var), "VUOKSI_KEEP_PAGES_S": "0"},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, tuple[float, int]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _say(
    title: str, before: dict[str, tuple[float, int]], after: dict[str, tuple[float, int]]
) -> None:
    print(f"\n{title}\n{'':32} {'CPU ms':>14} {'ratio':>6} {'queries':>9}")
    for name, (few_ms, few_queries) in before.items():
        ms, queries = after[name]
        print(
            f"{name:32} {few_ms:6.1f} {ms:7.1f} {ms / few_ms:6.2f} {few_queries:4} {queries:4}",
            flush=True,
        )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--requests", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    main()
