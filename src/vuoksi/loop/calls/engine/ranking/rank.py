"""From scores to ranks: corrected scores, chances, and which places are decided."""

import math
from dataclasses import dataclass

import numpy as np

from vuoksi.loop.calls.engine.ranking.model import Draws, Progress, Stop, Table, draw
from vuoksi.loop.calls.engine.ranking.problem import (
    FEWEST_RESAMPLES,
    Band,
    Category,
    Caution,
    Cut,
    Problem,
    Result,
    ReviewerEffect,
    Standing,
)
from vuoksi.loop.calls.engine.ranking.totals import (
    Floats,
    Ints,
    Reviews,
    connected_groups,
    read_reviews,
)

# Scores that differ by less than this share of the scale differ by rounding only.
SAME = 1e-9
# How sure it must be that reviewers tell entries apart differently before that is reported.
_SPREAD_SHOWN = 0.9
_FEW_REVIEWERS = 4
_MANY_TOP = 0.1


def solve(
    problem: Problem, *, stop: Stop | None = None, progress: Progress | None = None
) -> Result:
    """Rank the entries of `problem`.

    Parameters
    ----------
    stop, progress
        See `model.draw`. A stopped ranking rests on fewer draws (at least 200) and says so.
    """
    reviews = read_reviews(problem)
    centre, unit = _standard(problem, reviews)
    table = Table(reviews.counts, reviews.counts * (reviews.totals - centre) / unit)
    draws = draw(
        table,
        number=problem.resamples,
        seed=problem.seed,
        stop=stop,
        progress=progress,
        fewest=FEWEST_RESAMPLES,
    )
    made = len(draws.qualities)
    fields = _Fields(problem, reviews, draws, centre, unit, connected_groups(reviews.counts))
    parts = [_category(fields, category) for category in problem.categories]
    spreads = unit * draws.spreads.mean(axis=0)
    return Result(
        standings=tuple(standing for part in parts for standing in part[0]),
        reviewers=_reviewer_effects(fields),
        bands=tuple(band for part in parts for band in part[1]),
        cuts=tuple(part[2] for part in parts),
        groups=_groups(reviews, fields.groups),
        quality_sd=float(spreads[0]),
        leniency_sd=float(spreads[1]),
        scatter_sd=float(unit * draws.scatters.mean()),
        confidence=problem.confidence,
        resamples=made,
        cautions=_cautions(problem, reviews, fields.groups, made),
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    """What every part of the result is made from; a score is `centre` plus `unit` times a draw."""

    problem: Problem
    reviews: Reviews
    draws: Draws
    centre: float
    unit: float
    groups: Ints


def _standard(problem: Problem, reviews: Reviews) -> tuple[float, float]:
    """Mean and standard deviation of all totals; a tenth of the scale where they do not vary."""
    given = reviews.totals[reviews.counts > 0]
    low, high = problem.scale
    deviation = float(given.std())
    return float(given.mean()), deviation if deviation > SAME * (high - low) else (high - low) / 10


def _category(fields: _Fields, category: Category) -> tuple[list[Standing], list[Band], Cut]:
    member = {entry.key: entry.category == category.key for entry in fields.problem.entries}
    columns = np.array([at for at, key in enumerate(fields.reviews.entries) if member[key]], int)
    expected = fields.draws.expected[columns]
    ranks = _ranks(fields, expected)
    # Entries are sorted by key, and the order of equal ranks keeps that.
    columns = columns[np.argsort(ranks, kind="stable")]
    ranks = np.sort(ranks)
    qualities = fields.draws.qualities[:, columns]
    true_ranks = _true_ranks(qualities)
    standings = _standings(fields, category, columns, ranks, true_ranks)
    bands = _bands(category, qualities, fields.problem.confidence)
    return standings, bands, _cut(fields.problem, category, standings)


def _ranks(fields: _Fields, expected: Floats) -> Ints:
    """Rank by expected quality; equal up to rounding shares the better rank."""
    low, high = fields.problem.scale
    room = SAME * (high - low) / fields.unit
    order = np.argsort(-expected, kind="stable")
    ranks = np.empty(len(expected), int)
    for place, at in enumerate(order):
        tied = place and expected[order[place - 1]] - expected[at] <= room
        ranks[at] = ranks[order[place - 1]] if tied else place + 1
    return ranks


def _true_ranks(qualities: Floats) -> Ints:
    """The rank of each entry (columns) in each draw (rows); 1 is best."""
    ranks: Ints = np.argsort(np.argsort(-qualities, axis=1), axis=1) + 1
    return ranks


def _standings(
    fields: _Fields, category: Category, columns: Ints, ranks: Ints, true_ranks: Ints
) -> list[Standing]:
    if not len(columns):
        return []
    counts = fields.reviews.counts[columns].sum(axis=1)
    sums = fields.reviews.totals[columns].sum(axis=1)
    qualities = fields.draws.qualities[:, columns]
    ends = _ends(fields.problem.confidence)
    scores = fields.centre + fields.unit * np.quantile(qualities, ends, axis=0)
    places = np.quantile(true_ranks, ends, axis=0, method="inverted_cdf")
    chances = (true_ranks <= category.places).mean(axis=0)
    above = (qualities[:, :-1] > qualities[:, 1:]).mean(axis=0)
    return [
        Standing(
            entry=fields.reviews.entries[column],
            category=category.key,
            reviews=int(counts[at]),
            mean_score=float(sums[at] / counts[at]) if counts[at] else None,
            corrected=float(fields.centre + fields.unit * fields.draws.expected[column]),
            low=float(scores[0, at]),
            high=float(scores[1, at]),
            rank=int(ranks[at]),
            rank_low=int(places[0, at]),
            rank_high=int(places[1, at]),
            chance=float(chances[at]),
            above_next=float(above[at]) if at < len(above) else None,
            group=int(fields.groups[column]),
        )
        for at, column in enumerate(columns)
    ]


def _ends(confidence: float) -> tuple[float, float]:
    return (1 - confidence) / 2, (1 + confidence) / 2


def _bands(category: Category, qualities: Floats, confidence: float) -> list[Band]:
    """Cut the order where all above truly are better than all below, surely enough."""
    size = qualities.shape[1]
    if not size:
        return []
    worst_above = np.minimum.accumulate(qualities, axis=1)[:, :-1]
    best_below = np.maximum.accumulate(qualities[:, ::-1], axis=1)[:, ::-1][:, 1:]
    sure = (worst_above > best_below).mean(axis=0) >= confidence
    ends = [*(int(at) + 1 for at in np.flatnonzero(sure)), size]
    starts = [1, *(end + 1 for end in ends[:-1])]
    return [Band(category.key, first, last) for first, last in zip(starts, ends, strict=True)]


def _cut(problem: Problem, category: Category, standings: list[Standing]) -> Cut:
    places = category.places
    inside, outside = standings[:places], standings[places:]
    wanted = problem.confidence
    last_in = inside[-1] if inside else None
    first_out = outside[0] if outside else None
    certain = tuple(each.entry for each in standings if each.chance >= wanted)
    return Cut(
        category=category.key,
        places=places,
        last_in=last_in.entry if last_in else None,
        first_out=first_out.entry if first_out else None,
        chance_in_order=last_in.above_next if last_in else None,
        is_decided=set(certain) == {each.entry for each in inside}
        and all(each.chance <= 1 - wanted for each in outside),
        is_tie=bool(last_in and first_out and last_in.rank == first_out.rank),
        certain=certain,
        possible=tuple(each.entry for each in standings if 1 - wanted < each.chance < wanted),
    )


def _reviewer_effects(fields: _Fields) -> tuple[ReviewerEffect, ...]:
    draws, unit = fields.draws, fields.unit
    low, high = unit * np.quantile(draws.levels, _ends(fields.problem.confidence), axis=0)
    counts, sums = fields.reviews.counts.sum(axis=0), fields.reviews.totals.sum(axis=0)
    shown = float((draws.spreads[:, 2] > 0).mean()) >= _SPREAD_SHOWN
    return tuple(
        ReviewerEffect(
            reviewer=key,
            reviews=int(counts[at]),
            mean_score=float(sums[at] / counts[at]),
            leniency=float(unit * draws.levels[:, at].mean()),
            low=float(low[at]),
            high=float(high[at]),
            scatter=float(unit * draws.scatters[:, at].mean()),
            spread=float(draws.slopes[:, at].mean()) if shown else None,
        )
        for at, key in enumerate(fields.reviews.reviewers)
    )


def _groups(reviews: Reviews, labels: Ints) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(key for key, label in zip(reviews.entries, labels, strict=True) if label == group)
        for group in range(int(labels.max()) + 1)
    )


def _cautions(problem: Problem, reviews: Reviews, groups: Ints, made: int) -> tuple[Caution, ...]:
    per_entry = reviews.counts.sum(axis=1)
    low, high = problem.scale
    given = reviews.totals[reviews.counts > 0]
    reviewed = groups[per_entry > 0]
    found: dict[Caution, bool] = {
        "groups_not_compared": len(np.unique(reviewed)) > 1,
        "entries_without_review": bool((per_entry == 0).any()),
        "single_reviews": bool((per_entry == 1).any()),
        "few_reviewers": len(reviews.reviewers) < _FEW_REVIEWERS,
        "incomplete_reviews": reviews.incomplete > 0,
        "many_top_scores": reviews.top >= math.ceil(_MANY_TOP * reviews.number),
        "no_variation": bool(np.ptp(given) <= SAME * (high - low)),
        "stopped_early": made < problem.resamples,
    }
    return tuple(caution for caution, holds in found.items() if holds)
