"""How long it takes to find what is like an idea while it is written, and to keep the words of all ideas.

    python benchmarks/alike.py [--small 100] [--large 10000] [--asked 200]

Each idea is made of words drawn as in a language, a few very often and most seldom (Zipf's law), in Finnish, Swedish
and English stems alike. For each database and both sizes: all words kept from nothing, again with nothing changed, with
ten ideas changed, and the time of one question.
"""

import argparse
import subprocess
import sys
import tempfile
from contextlib import ExitStack

import pages


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=100)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--asked", type=int, default=200)
    options = parser.parse_args()
    with ExitStack() as stack:
        for name, small, large in pages._databases(stack):
            print(f"\n{name}")
            print(
                f"{'ideas':>7} {'all s':>8} {'again s':>8} {'ten s':>8} {'p50 ms':>8} {'p95 ms':>8}"
            )
            for database, ideas in ((small, options.small), (large, options.large)):
                _in_a_city_of_its_own(database, ideas, options.asked)


def _in_a_city_of_its_own(database: str, ideas: int, asked: int) -> None:
    script = f"import django; django.setup(); import wordy; wordy.measure({ideas}, {asked})"
    with tempfile.TemporaryDirectory() as var:
        for command in (["-m", "vuoksi", "migrate", "-v0"], ["-c", script]):
            subprocess.run(
                [sys.executable, *command],
                env=pages._environment(database, var),
                check=True,
                stderr=subprocess.DEVNULL,
            )


if __name__ == "__main__":
    main()
