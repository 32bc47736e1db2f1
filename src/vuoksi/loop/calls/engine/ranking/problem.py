"""What a jury's ranking is made from, and what it says.

Scores, leniency and scatter are in points of `Problem.scale`: the criteria's own scale where all
have the same, otherwise 0 to 100.
"""

import math
from dataclasses import dataclass
from typing import Literal

from vuoksi.loop.calls.engine.refusal import (
    ProblemError,
    need_between,
    need_known,
    need_unique,
)

Caution = Literal[
    "groups_not_compared",
    "entries_without_review",
    "single_reviews",
    "few_reviewers",
    "incomplete_reviews",
    "many_top_scores",
    "no_variation",
    "stopped_early",
]
MOST_ENTRIES = 10_000
MOST_REVIEWERS = 500
MOST_SCORES = 1_000_000
FEWEST_RESAMPLES = 200
MOST_RESAMPLES = 20_000
LARGEST_VALUE = 1e9


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; entries of one category compete for the same places."""

    key: str
    category: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A category and the number of its winners."""

    key: str
    places: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its weight among the others, and the ends of its scale (high is best)."""

    key: str
    weight: float = 1.0
    low: float = 1.0
    high: float = 5.0

    def __post_init__(self) -> None:
        if not 0 < self.weight <= LARGEST_VALUE:
            raise ProblemError("bad_weight", f"The weight of '{self.key}' must be above 0.")
        if not -LARGEST_VALUE <= self.low < self.high <= LARGEST_VALUE:
            raise ProblemError(
                "bad_scale", f"The scale of '{self.key}' must rise from low to high."
            )


@dataclass(frozen=True, slots=True)
class Score:
    """What one reviewer gave one entry on one criterion."""

    reviewer: str
    entry: str
    criterion: str
    value: float


@dataclass(frozen=True, slots=True)
class Problem:
    """The scores of a jury and the places to be given.

    Parameters
    ----------
    entries, categories
        Every category of an entry is among the categories. An entry without any score is ranked
        too: nothing is known of it but that it belongs to this call.
    reviewers, criteria, scores
        At most one score for each reviewer, entry and criterion. A review may lack criteria.
    confidence
        Of intervals, and of what is called decided: 0.5 to 0.99.
    resamples
        Draws of the true order, 200 to 20,000.
    seed
        Of these draws. The same problem with the same seed gives the same result.

    Raises
    ------
    ProblemError
        ``empty_key``, ``key_twice``, ``unknown_key``, ``score_twice``, ``score_outside``,
        ``bad_weight``, ``bad_scale``, ``bad_places``, ``bad_confidence``, ``bad_resamples``,
        ``bad_seed``, ``too_many``, ``too_few`` (no entry, or fewer than two reviews).
    """

    entries: tuple[Entry, ...]
    reviewers: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    scores: tuple[Score, ...]
    categories: tuple[Category, ...]
    confidence: float = 0.9
    resamples: int = 2_000
    seed: int = 0

    def __post_init__(self) -> None:
        _check_sizes(self)
        need_unique("entries", [entry.key for entry in self.entries])
        need_unique("reviewers", list(self.reviewers))
        need_unique("criteria", [criterion.key for criterion in self.criteria])
        _check_categories(self)
        _check_scores(self)
        need_between("bad_confidence", "The confidence", self.confidence, 0.5, 0.99)
        need_between("bad_seed", "The seed", self.seed, 0, 2**63)
        need_between("bad_resamples", "resamples", self.resamples, FEWEST_RESAMPLES, MOST_RESAMPLES)

    @property
    def scale(self) -> tuple[float, float]:
        """Lowest and highest possible total of a review."""
        ends = {(criterion.low, criterion.high) for criterion in self.criteria}
        return ends.pop() if len(ends) == 1 else (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one entry stands within its category.

    Attributes
    ----------
    mean_score
        The plain average of its reviews' totals; None without a review.
    corrected, low, high
        What an average reviewer of this jury would be expected to give, with its interval; drawn
        towards the average of all entries, the more so the fewer or the less steady its reviews.
    rank, rank_low, rank_high
        Place by `corrected` (equal ones share the better place), and the interval of the true place.
    chance
        Probability that it truly is among the winners.
    above_next
        Probability that it truly is better than the one that follows; None for the last.
    group
        Number of the set of entries that its reviewers connect with it (see `Result.groups`).
    """

    entry: str
    category: str
    reviews: int
    mean_score: float | None
    corrected: float
    low: float
    high: float
    rank: int
    rank_low: int
    rank_high: int
    chance: float
    above_next: float | None
    group: int


@dataclass(frozen=True, slots=True)
class ReviewerEffect:
    """How one reviewer scores, compared with this jury's average reviewer.

    Attributes
    ----------
    mean_score
        The plain average of the reviewer's totals.
    leniency, low, high
        Points above (or, negative, below) what an average reviewer gives the same entries.
    scatter
        Standard deviation of what neither the entry's quality nor leniency explains.
    spread
        Points by which the reviewer tells apart two entries that an average reviewer tells apart
        by one point; None where the data do not show that reviewers differ in this.
    """

    reviewer: str
    reviews: int
    mean_score: float
    leniency: float
    low: float
    high: float
    scatter: float
    spread: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """Places `first` to `last` of a category that are decided against all others as a set.

    The set of entries on them is the true one with the wanted confidence, but their order among
    themselves is not decided. A band of one place is a decided place.
    """

    category: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The line between winners and the rest of one category.

    `last_in` and `first_out` stand next to the line (None when there is nothing on that side) and
    `chance_in_order` is the probability that the first truly is better. `certain` are winners with
    the wanted confidence, `possible` may or may not win, in order of rank. `is_tie` when the line
    runs between equal corrected scores.
    """

    category: str
    places: int
    last_in: str | None
    first_out: str | None
    chance_in_order: float | None
    is_decided: bool
    is_tie: bool
    certain: tuple[str, ...]
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A jury's ranking and how sure it is.

    `standings` stand by category and rank. `groups` are the sets of entries that no reviewer
    connects: differences between them rest on the assumption that the reviewers of one are not
    more lenient on average than those of another. The standard deviations, in points, say how much
    entries, reviewers' leniency and chance differ.
    """

    standings: tuple[Standing, ...]
    reviewers: tuple[ReviewerEffect, ...]
    bands: tuple[Band, ...]
    cuts: tuple[Cut, ...]
    groups: tuple[tuple[str, ...], ...]
    quality_sd: float
    leniency_sd: float
    scatter_sd: float
    confidence: float
    resamples: int
    cautions: tuple[Caution, ...]


def _check_sizes(problem: Problem) -> None:
    sizes = (
        ("entries", len(problem.entries), MOST_ENTRIES),
        ("reviewers", len(problem.reviewers), MOST_REVIEWERS),
        ("criteria", len(problem.criteria), 100),
        ("scores", len(problem.scores), MOST_SCORES),
    )
    for what, size, most in sizes:
        if not size:
            raise ProblemError("too_few", f"There are no {what}.")
        if size > most:
            raise ProblemError("too_many", f"There are more than {most} {what}.")
    if len({(score.reviewer, score.entry) for score in problem.scores}) < 2:
        raise ProblemError("too_few", "There must be at least two reviews.")


def _check_categories(problem: Problem) -> None:
    keys = [category.key for category in problem.categories]
    # A call without categories has one with an empty name.
    need_unique("categories", [key or "-" for key in keys])
    for entry in problem.entries:
        need_known("categories", entry.category, frozenset(keys))
    for category in problem.categories:
        need_between("bad_places", "The number of places", category.places, 0, MOST_ENTRIES)


def _check_scores(problem: Problem) -> None:
    entries = frozenset(entry.key for entry in problem.entries)
    reviewers = frozenset(problem.reviewers)
    criteria = {criterion.key: criterion for criterion in problem.criteria}
    seen: set[tuple[str, str, str]] = set()
    for score in problem.scores:
        need_known("entries", score.entry, entries)
        need_known("reviewers", score.reviewer, reviewers)
        need_known("criteria", score.criterion, frozenset(criteria))
        place = f"The score of '{score.reviewer}' for '{score.entry}' on '{score.criterion}'"
        if (score.reviewer, score.entry, score.criterion) in seen:
            raise ProblemError("score_twice", f"{place} stands twice.")
        seen.add((score.reviewer, score.entry, score.criterion))
        criterion = criteria[score.criterion]
        if not math.isfinite(score.value) or not criterion.low <= score.value <= criterion.high:
            raise ProblemError("score_outside", f"{place} is outside the scale.")
