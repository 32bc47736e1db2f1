"""The best plan, one aim after the other.

1. As many reviews as wanted; where that cannot be, as few missing as possible, spread evenly.
2. Everybody's least number of reviews.
3. Even loads: the sum of squared loads. Over flows in a network this makes the largest load as small
   as can be, then the second largest, and so on: Frank, A. and Murota, K. (2022). Decreasing
   minimization on M-convex sets. Mathematical Programming 195, 1027-1068,
   doi:10.1007/s10107-021-01711-6.
4. Expertise fit.
5. Among equals, an arbitrary but fixed scatter of pairs, so that reviewers meet many others.

Each aim is a linear programme over the same network, whose corners are whole numbers; after each,
what a solution that is best so far cannot have is fixed (arcs with a reduced cost keep the bound at
which they stand), which keeps the network a network. Then `mixing.mix` exchanges reviewers where
the reviews hang together badly.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import coo_array

from vuoksi.loop.calls.engine.assignment.conflicts import bars
from vuoksi.loop.calls.engine.assignment.mixing import (
    MIXED_ENOUGH,
    mix,
    mixing,
    reviewer_groups,
)
from vuoksi.loop.calls.engine.assignment.problem import (
    Caution,
    Entry,
    Load,
    Pair,
    Plan,
    Problem,
    Review,
    Reviewer,
    Shortfall,
)

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Stop = Callable[[int], bool]
Progress = Callable[[int, int], None]

# Shares of up to ten topics are whole numbers of this.
_FIT_UNIT = 2520
# A reduced cost below this is rounding: reduced costs are whole numbers.
_NOUGHT = 1e-6
_STEPS = 6


def solve(problem: Problem, *, stop: Stop | None = None, progress: Progress | None = None) -> Plan:
    """Plan the reviews of `problem`.

    Parameters
    ----------
    stop
        Asked after each of six steps with the number done; a stopped plan is one that is best as far
        as the steps went, and says so.
    progress
        Told after each step: steps done, steps in all.
    """
    field = _field(problem)
    network = _network(field)
    aims = (network.missing, network.below_least, network.uneven, network.unfit, network.scatter)
    flow, stopped = np.zeros(0), False
    for done, aim in enumerate(aims, start=1):
        flow = network.improve(aim)
        if progress:
            progress(done, _STEPS)
        stopped = bool(stop and stop(done))
        if stopped:
            break
    chosen = np.zeros(field.allowed.shape, bool)
    chosen[field.allowed] = flow[: field.allowed.sum()] > 0.5
    swaps = 0
    if not stopped:
        budget = int(problem.mixing_price * field.fit[chosen].sum())
        swaps = mix(chosen, field.allowed & ~field.fixed, field.fit, budget)
        if progress:
            progress(_STEPS, _STEPS)
    return _plan(problem, field, chosen, swaps, is_whole=not stopped)


@dataclass(frozen=True, slots=True)
class _Field:
    """Everything by position, entries and reviewers sorted by key; tables of (entries, reviewers)."""

    entries: tuple[Entry, ...]
    reviewers: tuple[Reviewer, ...]
    allowed: Flags
    fixed: Flags
    fit: npt.NDArray[np.int64]
    wanted: npt.NDArray[np.int64]


def _field(problem: Problem) -> _Field:
    entries = tuple(sorted(problem.entries, key=lambda each: each.key))
    reviewers = tuple(sorted(problem.reviewers, key=lambda each: each.key))
    barred, settled = bars(problem), set(problem.fixed)
    pairs = [[Pair(reviewer.key, entry.key) for reviewer in reviewers] for entry in entries]
    fixed = np.array([[pair in settled for pair in row] for row in pairs])
    return _Field(
        entries,
        reviewers,
        allowed=np.array([[pair not in barred for pair in row] for row in pairs]),
        fixed=fixed,
        fit=np.array(
            [
                [round(_FIT_UNIT * _fit(reviewer, entry)) for reviewer in reviewers]
                for entry in entries
            ]
        ),
        wanted=np.maximum(problem.wanted, fixed.sum(axis=1)),
    )


def _fit(reviewer: Reviewer, entry: Entry) -> float:
    return len(_shared(reviewer, entry)) / len(set(entry.topics)) if entry.topics else 0.0


def _shared(reviewer: Reviewer, entry: Entry) -> tuple[str, ...]:
    return tuple(sorted(set(entry.topics) & set(reviewer.expertise)))


@dataclass(slots=True)
class _Network:
    """Arcs: allowed pairs, then reviews that an entry misses, then reviews of each reviewer.

    Every arc has bounds; `balance` says that an entry's pairs and missing reviews add up to those
    wanted, and a reviewer's pairs to the reviewer's own arcs.
    """

    balance: coo_array
    supply: Floats
    low: Floats
    high: Floats
    missing: Floats
    below_least: Floats
    uneven: Floats
    unfit: Floats
    scatter: Floats

    def improve(self, cost: Floats) -> Floats:
        """Give a flow of least cost, and keep to those of least cost from now on."""
        bounds = np.column_stack((self.low, self.high))
        found = linprog(cost, A_eq=self.balance, b_eq=self.supply, bounds=bounds, method="highs-ds")
        self.high = np.where(found.lower.marginals > _NOUGHT, self.low, self.high)
        self.low = np.where(found.upper.marginals < -_NOUGHT, self.high, self.low)
        flow: Floats = np.round(found.x)
        return flow


def _network(field: _Field) -> _Network:
    entry, reviewer = np.nonzero(field.allowed)
    short = np.repeat(np.arange(len(field.entries)), field.wanted)
    most = [min(each.most, len(field.entries)) for each in field.reviewers]
    busy = np.repeat(np.arange(len(field.reviewers)), most)
    pairs, missing, loads = len(entry), len(short), len(busy)
    rows = np.concatenate([entry, short, len(field.entries) + np.concatenate([reviewer, busy])])
    columns = np.concatenate(
        [np.arange(pairs + missing), np.arange(pairs), pairs + missing + np.arange(loads)]
    )
    signs = np.concatenate([np.ones(2 * pairs + missing), -np.ones(loads)])
    shape = (len(field.entries) + len(field.reviewers), pairs + missing + loads)
    nth_missing, nth_load = _count_up(field.wanted), _count_up(np.array(most, int))
    least = np.repeat([each.least for each in field.reviewers], most)
    scattered = (entry * 7919 + reviewer * 104_729 + entry * reviewer * 31) % 97

    def cost(at: int, values: npt.ArrayLike) -> Floats:
        """Costs of one kind of arc, nought on the others."""
        kinds = [np.zeros(pairs), np.zeros(missing), np.zeros(loads)]
        kinds[at] = np.asarray(values, float)
        return np.concatenate(kinds)

    return _Network(
        balance=coo_array((signs, (rows, columns)), shape=shape),
        supply=np.concatenate([field.wanted, np.zeros(len(field.reviewers))]).astype(float),
        low=cost(0, field.fixed[field.allowed]),
        high=np.ones(pairs + missing + loads),
        # One more missing outweighs any evenness of those that are.
        missing=cost(1, nth_missing.sum() + 1 + nth_missing),
        below_least=cost(2, -1.0 * (nth_load <= least)),
        uneven=cost(2, 2 * nth_load - 1),
        unfit=cost(0, -field.fit[field.allowed]),
        scatter=cost(0, scattered),
    )


def _count_up(sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """1, 2, ... for each size in turn."""
    return np.concatenate([np.arange(1, size + 1) for size in sizes])


def _plan(problem: Problem, field: _Field, chosen: Flags, swaps: int, *, is_whole: bool) -> Plan:
    reviews = tuple(
        Review(
            reviewer=field.reviewers[at].key,
            entry=entry.key,
            fit=_fit(field.reviewers[at], entry),
            shared=_shared(field.reviewers[at], entry),
            is_fixed=bool(field.fixed[row, at]),
        )
        for row, entry in enumerate(field.entries)
        for at in np.flatnonzero(chosen[row])
    )
    counts, per_entry = chosen.sum(axis=0), chosen.sum(axis=1)
    loads = tuple(
        Load(each.key, int(count), each.least, each.most)
        for each, count in zip(field.reviewers, counts, strict=True)
    )
    shortfalls = tuple(
        Shortfall(entry.key, problem.wanted - int(count), int(free))
        for entry, count, free in zip(
            field.entries, per_entry, field.allowed.sum(axis=1), strict=True
        )
        if count < problem.wanted
    )
    groups = tuple(
        tuple(field.reviewers[at].key for at in group) for group in reviewer_groups(chosen)
    )
    fit = sum(review.fit for review in reviews) / len(reviews) if reviews else 0.0
    mixed = mixing(chosen)
    cautions = _cautions(reviews, loads, shortfalls, len(groups), mixed, is_whole=is_whole)
    return Plan(reviews, loads, shortfalls, fit, mixed, groups, swaps, cautions)


def _cautions(
    reviews: tuple[Review, ...],
    loads: tuple[Load, ...],
    shortfalls: tuple[Shortfall, ...],
    groups: int,
    mixed: float,
    *,
    is_whole: bool,
) -> tuple[Caution, ...]:
    found: dict[Caution, bool] = {
        "reviews_missing": bool(shortfalls),
        "below_least": any(load.reviews < load.least for load in loads),
        "groups_apart": groups > 1,
        "weakly_mixed": groups == 1 and mixed < MIXED_ENOUGH,
        "no_expertise": any(not review.shared for review in reviews),
        "stopped_early": not is_whole,
    }
    return tuple(caution for caution, holds in found.items() if holds)
