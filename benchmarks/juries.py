"""Whether juries' chances can be trusted, whether correcting helps, and how long it takes.

    python benchmarks/juries.py [--juries 100] [--seed 0] [--only "strict and lenient"]

For each kind of simulated jury (tests/factories/juries.py): Kendall's tau and Spearman's rho with the
true order of the corrected score and, from the same scores, of the mean score; the share of entries whose 90 %
interval of the place holds the true place; and for each band of stated chances what was said and
what came true. Then the time for 500 entries and 30 reviewers.
"""

import argparse
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.stats import spearmanr

from vuoksi.loop.calls.engine import assignment, ranking

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.factories.juries import Jury, concordance, simulate, winners

KINDS = {
    "reviewers differ in leniency": Jury(),
    "and in how they tell apart": Jury(slope=0.3),
    "and in use of the scale": Jury(scale=0.3),
    "and in steadiness": Jury(unsteady=0.5),
    "whole scores 1 to 5": Jury(whole=True),
    "whole, at the ceiling": Jury(whole=True, middle=4.2),
    "4 criteria, at the ceiling": Jury(whole=True, middle=4.2, criteria=4),
    "lenient and strict apart": Jury(assigned="apart"),
    "apart, every 10th in common": Jury(assigned="bridged"),
    "strict and lenient, far apart": Jury(leniency=1.4, assigned="bridged"),
    "a few excellent entries": Jury(skewed=True),
    "3 reviewers, 2 reviews each": Jury(entries=20, reviewers=3, per_entry=2, places=4),
    "30 reviewers, 300 entries": Jury(entries=300, reviewers=30, places=30),
}
BANDS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.95, 1.001)


def main() -> None:
    options = _options()
    print(f"{'jury':29s} tau: corrected / mean   rho           90 %   said > came true (entries)")
    kinds = {name: kind for name, kind in KINDS.items() if options.only in name}
    for name, kind in kinds.items():
        juries = max(options.juries * 40 // kind.entries, 10)
        _compare(name, kind, range(options.seed, options.seed + juries))
    if not options.only:
        _time()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--juries", type=int, default=100, help="of 40 entries; fewer of larger")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="only juries with these words in their name")
    return parser.parse_args()


def _compare(name: str, kind: Jury, seeds: range) -> None:
    said, true, inside, tau, rho = [], [], [], [], []
    for seed in seeds:
        problem, qualities, _ = simulate(kind, seed)
        order = sorted(qualities, key=lambda key: -qualities[key])
        won = winners(problem, qualities)
        standings = ranking.solve(problem).standings
        said += [each.chance for each in standings]
        true += [each.entry in won for each in standings]
        inside += [
            each.rank_low <= order.index(each.entry) + 1 <= each.rank_high for each in standings
        ]
        scores = [
            {each.entry: getattr(each, way) for each in standings}
            for way in ("corrected", "mean_score")
        ]
        tau.append([concordance(one, qualities) for one in scores])
        rho.append([_rho(one, qualities) for one in scores])
    (tau_corrected, tau_mean), (rho_corrected, rho_mean) = (
        np.mean(tau, axis=0),
        np.mean(rho, axis=0),
    )
    print(
        f"{name:29s} {tau_corrected:.3f} / {tau_mean:.3f}         "
        f" {rho_corrected:.3f} / {rho_mean:.3f} {100 * np.mean(inside):.0f} %   {_bands(np.array(said), np.array(true))}",
        flush=True,
    )


def _rho(order: dict[str, float], qualities: dict[str, float]) -> float:
    keys = sorted(qualities)
    given, true = ([each[key] for key in keys] for each in (order, qualities))
    return float(spearmanr(given, true).statistic)


def _bands(said: np.ndarray, true: np.ndarray) -> str:
    parts = []
    for low, high in pairwise(BANDS):
        among = (said >= low) & (said < high)
        if among.any():
            shares = f"{100 * said[among].mean():.0f} > {100 * true[among].mean():.0f}"
            parts.append(f"{shares} ({among.sum()})")
    return "  ".join(parts)


def _time() -> None:
    for reviews in (3, 30):
        kind = Jury(entries=500, reviewers=30, per_entry=reviews, places=50, whole=True)
        problem, _, _ = simulate(kind, 1, resamples=2_000)
        start = time.process_time()
        ranking.solve(problem)
        print(
            f"500 entries, 30 reviewers, {reviews} reviews each, 2,000 draws:"
            f" {time.process_time() - start:.2f} s of processor time"
        )
    random = np.random.default_rng(0)
    topics = [f"t{at}" for at in range(12)]
    problem = assignment.Problem(
        tuple(
            assignment.Entry(f"e{at}", tuple(random.choice(topics, 3, replace=False)))
            for at in range(500)
        ),
        tuple(
            assignment.Reviewer(f"r{at}", 60, 0, tuple(random.choice(topics, 4, replace=False)))
            for at in range(30)
        ),
    )
    start = time.process_time()
    plan = assignment.solve(problem)
    print(
        "assignment of 500 entries to 30 reviewers, 3 reviews each:"
        f" {time.process_time() - start:.2f} s of processor time,"
        f" fit {plan.fit:.2f}, mixing {plan.mixing:.2f}"
    )


if __name__ == "__main__":
    main()
