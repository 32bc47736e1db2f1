"""How fast the pages of the portfolio are, and whether they stay so as the number of experiments grows.

    python benchmarks/portfolio.py [--small 100] [--large 5000] [--requests 100] [--clients 4]

As benchmarks/pages.py: for each database a small and a large city behind the same server program, every page made anew,
a page of one right after the same page of the other. The ratio is that of the medians: 1.0 is flat.
"""

import argparse
import tempfile
from contextlib import ExitStack

import pages

PAGES = {
    "board": "/portfolio/",
    "pilots, page 1": "/portfolio/pilots/",
    "pilots that did not reach use": "/portfolio/pilots/?use=not_reached",
    "pilots that are still open": "/portfolio/pilots/?use=open",
    "funnel, money, gaps": "/portfolio/figures/",
    "map": "/portfolio/places/",
    "report of a year": "/portfolio/report/2026/",
    "figures (API)": "/api/portfolio/figures/",
}


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        for name, small, large in pages._databases(stack):
            _compare(name, (small, options.small), (large, options.large), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", type=int, default=100)
    parser.add_argument("--large", type=int, default=5_000)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--clients", type=int, default=4)
    return parser.parse_args()


def _compare(
    name: str, small: tuple[str, int], large: tuple[str, int], options: argparse.Namespace
) -> None:
    print(f"\n{name}: {small[1]:,} and {large[1]:,} experiments, {options.clients} clients")
    print(f"{'':32} {'pilots':>7} {'p50 ms':>8} {'p95 ms':>8} {'req/s':>7} {'p50 ratio':>10}")
    with tempfile.TemporaryDirectory() as var:
        for database, experiments in (small, large):
            pages._build(database, f"import pilots; pilots.build({experiments})", var)
        with pages._served(small[0], 0, var) as one, pages._served(large[0], 0, var) as many:
            for page, path in PAGES.items():
                before = pages._measure(one + path, options)
                after = pages._measure(many + path, options)
                for count, (p50, p95, rate) in ((small[1], before), (large[1], after)):
                    ratio = "" if count == small[1] else f"{after[0] / before[0]:10.2f}"
                    print(
                        f"{page:32} {count:7,} {p50:8.1f} {p95:8.1f} {rate:7.0f} {ratio}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
