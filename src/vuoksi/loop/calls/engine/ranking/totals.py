"""The total of each review, and which entries the reviewers connect."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from vuoksi.loop.calls.engine.ranking.problem import Criterion, Problem

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Reviews:
    """All reviews as a table.

    `entries` and `reviewers` (those who reviewed) are sorted by key, so that the order in which a
    problem lists them changes nothing. `counts` is 1 where there is a review, `totals` its total in
    points, 0 where there is none; both have shape (entries, reviewers). `incomplete` counts
    reviews that lack a criterion, `top` those with the highest possible total.
    """

    entries: tuple[str, ...]
    reviewers: tuple[str, ...]
    counts: Floats
    totals: Floats
    incomplete: int
    top: int

    @property
    def number(self) -> int:
        return int(self.counts.sum())


def read_reviews(problem: Problem) -> Reviews:
    """Weigh the criteria of each review into one total.

    A criterion that a review lacks is left out, and the total is moved by how much harder or
    easier the remaining criteria are on average: a review cannot gain by leaving out a criterion on
    which everybody scores low.
    """
    entries = tuple(sorted(entry.key for entry in problem.entries))
    reviewers = tuple(sorted({score.reviewer for score in problem.scores}))
    weighed = np.zeros((len(entries), len(reviewers)))
    share, scored = np.zeros_like(weighed), np.zeros_like(weighed)
    centre = weight = 0.0
    layers = _layers(problem, entries, reviewers)
    for criterion, (rows, columns, points) in layers:
        mean = float(points.mean())
        weighed[rows, columns] += criterion.weight * (points - mean)
        share[rows, columns] += criterion.weight
        scored[rows, columns] += 1
        centre, weight = centre + criterion.weight * mean, weight + criterion.weight
    given = scored > 0
    totals = np.where(given, weighed / np.where(given, share, 1.0) + centre / weight, 0.0)
    high = problem.scale[1]
    return Reviews(
        entries,
        reviewers,
        given.astype(float),
        totals,
        incomplete=int((given & (scored < len(problem.criteria))).sum()),
        top=int((given & (totals >= high - 1e-9 * max(1.0, abs(high)))).sum()),
    )


def connected_groups(counts: Floats) -> Ints:
    """The number of each entry's group, shape (entries,): entries are connected by a reviewer.

    Groups are numbered from 0 by their first entry; an entry without a review is its own group.
    """
    size = len(counts)
    rows, columns = np.nonzero(counts)
    nodes = size + counts.shape[1]
    graph = coo_array((np.ones(len(rows)), (rows, size + columns)), shape=(nodes, nodes))
    labels = connected_components(graph, directed=False)[1][:size]
    first: dict[int, int] = {}
    return np.array([first.setdefault(int(label), len(first)) for label in labels])


def _layers(
    problem: Problem, entries: tuple[str, ...], reviewers: tuple[str, ...]
) -> list[tuple[Criterion, tuple[Ints, Ints, Floats]]]:
    """For each criterion with scores: rows, columns and values in points of the common scale."""
    low, high = problem.scale
    by_entry = {key: place for place, key in enumerate(entries)}
    by_reviewer = {key: place for place, key in enumerate(reviewers)}
    found: dict[str, list[tuple[int, int, float]]] = {}
    for score in problem.scores:
        place = (by_entry[score.entry], by_reviewer[score.reviewer], score.value)
        found.setdefault(score.criterion, []).append(place)
    layers = []
    for criterion in sorted(problem.criteria, key=lambda each: each.key):
        if criterion.key in found:
            rows, columns, values = zip(*sorted(found[criterion.key]), strict=True)
            factor = (high - low) / (criterion.high - criterion.low)
            points = low + (np.array(values, dtype=float) - criterion.low) * factor
            layers.append((criterion, (np.array(rows), np.array(columns), points)))
    return layers
