"""`vuoksi roster-benchmark`: how good rosters of public instances are, by the clock. It needs no Django."""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from vuoksi.systems.libraries.engine.formats import read_instance, write_roster
from vuoksi.systems.libraries.engine.rosters.check import violations
from vuoksi.systems.libraries.engine.rosters.problem import Need, Person, RosterProblem, ShiftKind
from vuoksi.systems.libraries.engine.rosters.solve import Solved, solve

# Solved once before the clock starts, so that what is compiled stands in the cache.
TRIAL = RosterProblem(
    14,
    (ShiftKind("day", 480),),
    tuple(Person(key, {"day": 9}, 2400, 4320, 2, 5, 2, 1) for key in "ABCDEF"),
    tuple(Need(day, "day", 3, 100, 1) for day in range(14)),
)
HEAD = (
    f"{'instance':24}{'cost':>10}{'bound':>10}{'gap %':>9}{'first s':>9}{'best s':>9}{'end s':>9}"
)


def run(arguments: list[str]) -> int:
    """Print cost, bound, gap and times of each file; give 1 if a file cannot be read or a roster breaks a rule."""
    options = _options().parse_args(arguments)
    solve(TRIAL, spent=_clock(2))
    sys.stdout.write(f"{HEAD}\n")
    return max([_measure(Path(file), options) for file in options.files])


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("vuoksi roster-benchmark", description=__doc__)
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="an instance in the public text format"
    )
    parser.add_argument("--seconds", type=float, default=60, help="how long each may take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--write", type=Path, metavar="FOLDER", help="where the rosters are written"
    )
    return parser


def _clock(seconds: float) -> Callable[[], float]:
    start = time.monotonic()
    return lambda: (time.monotonic() - start) / seconds


def _measure(file: Path, options: argparse.Namespace) -> int:
    try:
        problem = read_instance(file.read_text())
    except (OSError, ValueError) as fault:
        sys.stderr.write(f"{file}: {fault}\n")
        return 1
    start, times = time.monotonic(), [0.0, 0.0]

    def note(solved: Solved) -> None:
        now = time.monotonic() - start
        if not costs:
            times[0] = now
        if solved.cost not in costs:
            times[1] = now
        costs.add(solved.cost)

    costs: set[int] = set()
    found = solve(problem, seed=options.seed, spent=_clock(options.seconds), progress=note)
    end = time.monotonic() - start
    gap = "-" if found.gap is None else f"{100 * found.gap:.2f}"
    bound = "-" if found.bound is None else found.bound
    figures = f"{found.cost:>10}{bound:>10}{gap:>9}{times[0]:>9.1f}{times[1]:>9.1f}{end:>9.1f}"
    sys.stdout.write(f"{file.stem:24}{figures}\n")
    sys.stdout.flush()
    if options.write:
        options.write.mkdir(parents=True, exist_ok=True)
        (options.write / f"{file.stem}.tsv").write_text(write_roster(found.roster))
    broken = violations(problem, found.roster)
    for one in broken:
        sys.stderr.write(f"{file}: {one}\n")
    return int(bool(broken))
