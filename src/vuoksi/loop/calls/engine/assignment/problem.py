"""Who could review what, and who shall."""

from dataclasses import dataclass
from typing import Literal

from vuoksi.loop.calls.engine.refusal import (
    ProblemError,
    need_between,
    need_known,
    need_unique,
)

Reason = Literal["author", "declared", "organisation", "co_author", "forbidden", "language"]
Caution = Literal[
    "reviews_missing",
    "below_least",
    "groups_apart",
    "weakly_mixed",
    "no_expertise",
    "stopped_early",
]
MOST_ENTRIES = 10_000
MOST_REVIEWERS = 500
MOST_PAIRS = 1_000_000
MOST_WANTED = 20
MOST_REVIEWS = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what it is about, its language, its authors (persons) and their organisations."""

    key: str
    topics: tuple[str, ...] = ()
    language: str = ""
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One reviewer; `key` is the person, the same as among authors.

    `languages` empty means any. `most` reviews is never exceeded, `least` is met where possible.
    `conflicts` are the entries that the reviewer declared not to judge.
    """

    key: str
    most: int
    least: int = 0
    expertise: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most <= MOST_REVIEWS:
            message = f"'{self.key}' must have 0 <= least <= most <= {MOST_REVIEWS} reviews."
            raise ProblemError("bad_capacity", message)


@dataclass(frozen=True, slots=True)
class Pair:
    reviewer: str
    entry: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Entries, reviewers and what is already settled.

    Parameters
    ----------
    wanted
        Reviews wanted for each entry, 1 to 20.
    fixed
        Pairs that stay (reviews that have begun).
    forbidden
        Pairs that must not be, for a reason of the coordinator's.
    mixing_price
        Share of all expertise fit, 0 to 1, that may be given up so that reviewers meet on common
        entries; without that, leniency cannot be told from quality.

    Raises
    ------
    ProblemError
        ``empty_key``, ``key_twice``, ``unknown_key``, ``bad_capacity``, ``bad_wanted``,
        ``bad_price``, ``fixed_barred`` (a fixed pair in conflict), ``fixed_too_many`` (more fixed
        reviews than the reviewer's most), ``too_few``, ``too_many``.
    """

    entries: tuple[Entry, ...]
    reviewers: tuple[Reviewer, ...]
    wanted: int = 3
    fixed: tuple[Pair, ...] = ()
    forbidden: tuple[Pair, ...] = ()
    mixing_price: float = 0.05

    def __post_init__(self) -> None:
        _check_sizes(self)
        need_unique("entries", [entry.key for entry in self.entries])
        need_unique("reviewers", [reviewer.key for reviewer in self.reviewers])
        need_between("bad_wanted", "The number of reviews wanted", self.wanted, 1, MOST_WANTED)
        need_between("bad_price", "mixing_price", self.mixing_price, 0, 1)
        entries = frozenset(entry.key for entry in self.entries)
        reviewers = frozenset(reviewer.key for reviewer in self.reviewers)
        for pair in (*self.fixed, *self.forbidden):
            need_known("reviewers", pair.reviewer, reviewers)
            need_known("entries", pair.entry, entries)
        for reviewer in self.reviewers:
            for key in reviewer.conflicts:
                need_known("entries", key, entries)
        _check_fixed(self)


@dataclass(frozen=True, slots=True)
class Review:
    """A planned review: `shared` are the entry's topics that the reviewer knows, `fit` their share."""

    reviewer: str
    entry: str
    fit: float
    shared: tuple[str, ...]
    is_fixed: bool


@dataclass(frozen=True, slots=True)
class Load:
    reviewer: str
    reviews: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """An entry with fewer reviews than wanted; `free` reviewers may judge it at all."""

    entry: str
    missing: int
    free: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who reviews what.

    Attributes
    ----------
    reviews, loads, shortfalls
        By entry and reviewer; by reviewer; by entry.
    fit
        Average fit of all reviews, 0 to 1.
    mixing
        0 where reviewers fall into groups without a common entry, 1 where everybody reviews
        everything: how well the least well compared reviewers can be compared, as a share of what
        as many reviews could at best do.
    groups
        Sets of reviewers that common entries connect.
    swaps
        Exchanges that were made for mixing.
    """

    reviews: tuple[Review, ...]
    loads: tuple[Load, ...]
    shortfalls: tuple[Shortfall, ...]
    fit: float
    mixing: float
    groups: tuple[tuple[str, ...], ...]
    swaps: int
    cautions: tuple[Caution, ...]


def _check_sizes(problem: Problem) -> None:
    entries, reviewers = len(problem.entries), len(problem.reviewers)
    if not entries or not reviewers:
        raise ProblemError("too_few", "There must be entries and reviewers.")
    if entries > MOST_ENTRIES or reviewers > MOST_REVIEWERS or entries * reviewers > MOST_PAIRS:
        message = (
            f"More than {MOST_ENTRIES} entries, {MOST_REVIEWERS} reviewers or {MOST_PAIRS} pairs."
        )
        raise ProblemError("too_many", message)


def _check_fixed(problem: Problem) -> None:
    need_unique("fixed pairs", [f"{pair.reviewer} {pair.entry}" for pair in problem.fixed])
    counts = {reviewer.key: 0 for reviewer in problem.reviewers}
    for pair in problem.fixed:
        counts[pair.reviewer] += 1
    for reviewer in problem.reviewers:
        if counts[reviewer.key] > reviewer.most:
            message = f"'{reviewer.key}' has more fixed reviews than its most."
            raise ProblemError("fixed_too_many", message)
