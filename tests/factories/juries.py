"""Simulated juries whose true order is known."""

from dataclasses import dataclass

import numpy as np

from vuoksi.loop.calls.engine.ranking import Category, Criterion, Entry, Problem, Score


@dataclass(frozen=True)
class Jury:
    """How a jury is made: sizes, and standard deviations in units of that of the entries' quality.

    `slope`, `scale` and `unsteady` are standard deviations of logarithms: of how strongly reviewers
    tell entries apart, of how much of the scale they use, of how much they scatter. `assigned` is
    ``at_random``, ``apart`` (lenient and strict reviewers get different entries) or ``bridged`` (the
    same, but every tenth entry gets anybody). `whole` scores are whole numbers from 1 to 5 around
    `middle`.
    """

    entries: int = 40
    reviewers: int = 8
    per_entry: int = 3
    places: int = 8
    criteria: int = 1
    leniency: float = 0.7
    scatter: float = 0.8
    slope: float = 0.0
    scale: float = 0.0
    unsteady: float = 0.0
    assigned: str = "at_random"
    whole: bool = False
    middle: float = 3.2
    skewed: bool = False


def simulate(jury, seed, *, resamples=1_000):
    """A problem, the true quality of each entry by key, and the leniency of each reviewer by key."""
    random = np.random.default_rng(seed)
    quality = (
        random.exponential(size=jury.entries) - 1
        if jury.skewed
        else random.standard_normal(jury.entries)
    )
    leniency = jury.leniency * random.standard_normal(jury.reviewers)
    slope, scale, scatter = (
        np.exp(deviation * random.standard_normal(jury.reviewers))
        for deviation in (jury.slope, jury.scale, jury.unsteady)
    )
    scores = []
    for entry in range(jury.entries):
        for reviewer in _reviewers(jury, leniency, entry, random):
            own = 0.3 * random.standard_normal(jury.criteria) if jury.criteria > 1 else 0.0
            noise = jury.scatter * scatter[reviewer] * random.standard_normal(jury.criteria)
            felt = slope[reviewer] * (quality[entry] + own) + noise
            given = jury.middle + 0.7 * (leniency[reviewer] + scale[reviewer] * felt)
            if jury.whole:
                given = np.clip(np.round(given), 1, 5)
            scores += [
                Score(f"r{reviewer:02}", f"e{entry:03}", f"c{at}", float(value))
                for at, value in enumerate(given)
            ]
    low, high = (1, 5) if jury.whole else (-20, 20)
    problem = Problem(
        entries=tuple(Entry(f"e{at:03}") for at in range(jury.entries)),
        reviewers=tuple(f"r{at:02}" for at in range(jury.reviewers)),
        criteria=tuple(Criterion(f"c{at}", low=low, high=high) for at in range(jury.criteria)),
        scores=tuple(scores),
        categories=(Category("", jury.places),),
        resamples=resamples,
        seed=seed,
    )
    qualities = {f"e{at:03}": float(each) for at, each in enumerate(quality)}
    return problem, qualities, {f"r{at:02}": float(0.7 * each) for at, each in enumerate(leniency)}


def _reviewers(jury, leniency, entry, random):
    pool = np.arange(jury.reviewers)
    if jury.assigned != "at_random" and not (jury.assigned == "bridged" and entry % 10 == 0):
        order, half = np.argsort(leniency), jury.reviewers // 2
        pool = order[:half] if entry < jury.entries // 2 else order[half:]
    return random.permutation(pool)[: jury.per_entry]


def concordance(order, qualities):
    """Kendall's tau (a) of `order`, a score by key, with the true qualities; ties count half."""
    keys = sorted(qualities)
    given, true = (np.array([each[key] for key in keys]) for each in (order, qualities))
    signs = np.sign(given[:, None] - given) * np.sign(true[:, None] - true)
    return float(signs.sum() / (len(keys) * (len(keys) - 1)))


def winners(problem, qualities):
    """The entries that truly belong among the winners of a jury with one category."""
    ordered = sorted(qualities, key=lambda key: -qualities[key])
    return set(ordered[: problem.categories[0].places])
