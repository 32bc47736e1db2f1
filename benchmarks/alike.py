"""How long it takes to find what is like an idea while it is written, and to keep the words of all ideas.

    python benchmarks/alike.py [--small 100] [--large 10000] [--asked 200]

Each idea is made of words drawn as in a language, a few very often and most seldom (Zipf's law), in Finnish, Swedish
and English stems alike. For both sizes: all words kept from nothing, again with nothing changed, with ten ideas
changed, and the time of one question.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=100)
    parser.add_argument("--large", type=int, default=10_000)
    parser.add_argument("--asked", type=int, default=200)
    options = parser.parse_args()
    print(f"{'ideas':>7} {'all s':>8} {'again s':>8} {'ten s':>8} {'p50 ms':>8} {'p95 ms':>8}")
    for ideas in (options.small, options.large):
        with tempfile.TemporaryDirectory() as var:
            _in_a_city_of_its_own(ideas, options.asked, var)


def _in_a_city_of_its_own(ideas: int, asked: int, var: str) -> None:
    surroundings = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{var}/city.sqlite3",
        "VUOKSI_VAR": var,
        "DJANGO_SETTINGS_MODULE": "vuoksi.site.settings",
        "PYTHONPATH": f"{HERE}:{os.environ.get('PYTHONPATH', '')}",
    }
    migrate = [sys.executable, "-m", "vuoksi", "migrate", "-v0"]
    subprocess.run(migrate, env=surroundings, check=True, stderr=subprocess.DEVNULL)
    script = f"import django; django.setup(); import wordy; wordy.measure({ideas}, {asked})"
    measure = [sys.executable, "-c", script]
    subprocess.run(measure, env=surroundings, check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
