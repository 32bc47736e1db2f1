"""What the second stage of a jury is made from: members put the finalists in order."""

from dataclasses import dataclass
from typing import Literal

from vuoksi.loop.calls.engine.refusal import (
    ProblemError,
    need_between,
    need_known,
    need_unique,
)

Caution = Literal["few_members", "partial_ballots", "unranked_finalists", "stopped_early"]
# The exact order takes work that doubles with each finalist.
MOST_FINALISTS = 14
MOST_BALLOTS = 1_000
FEWEST_RESAMPLES = 200
MOST_RESAMPLES = 20_000


@dataclass(frozen=True, slots=True)
class Ballot:
    """One member's order of the finalists, best first.

    A finalist that the member did not judge is left out; that says nothing for or against it.
    """

    member: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Finalists, ballots, and the number of places.

    Parameters
    ----------
    confidence, resamples, seed
        As in the ranking by scores.

    Raises
    ------
    ProblemError
        ``empty_key``, ``key_twice``, ``unknown_key``, ``bad_places``, ``bad_confidence``,
        ``bad_resamples``, ``bad_seed``, ``too_many``, ``too_few`` (fewer than two finalists, or no
        ballot with two).
    """

    finalists: tuple[str, ...]
    ballots: tuple[Ballot, ...]
    places: int
    confidence: float = 0.9
    resamples: int = 2_000
    seed: int = 0

    def __post_init__(self) -> None:
        if len(self.finalists) < 2 or all(len(ballot.order) < 2 for ballot in self.ballots):
            raise ProblemError("too_few", "There must be a ballot with two finalists.")
        if len(self.finalists) > MOST_FINALISTS or len(self.ballots) > MOST_BALLOTS:
            message = f"More than {MOST_FINALISTS} finalists or {MOST_BALLOTS} ballots."
            raise ProblemError("too_many", message)
        need_unique("finalists", list(self.finalists))
        need_unique("members", [ballot.member for ballot in self.ballots])
        for ballot in self.ballots:
            need_unique(f"order of '{ballot.member}'", list(ballot.order))
            for key in ballot.order:
                need_known("finalists", key, frozenset(self.finalists))
        need_between("bad_places", "The number of places", self.places, 0, MOST_FINALISTS)
        need_between("bad_confidence", "The confidence", self.confidence, 0.5, 0.99)
        need_between("bad_seed", "The seed", self.seed, 0, 2**63)
        need_between("bad_resamples", "resamples", self.resamples, FEWEST_RESAMPLES, MOST_RESAMPLES)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one finalist stands.

    Attributes
    ----------
    place
        In the order that disagrees least with the ballots.
    best_place, worst_place
        In all orders that disagree equally little.
    strength
        Probability that one more member of this kind would put it first.
    rank_low, rank_high
        Interval of the place that an endless jury of such members would give it.
    chance
        Probability that such a jury would put it among the winners.
    before_next, compared
        How many members put it before the finalist that follows, of those who judged both; None
        for the last.
    """

    finalist: str
    place: int
    best_place: int
    worst_place: int
    strength: float
    rank_low: int
    rank_high: int
    chance: float
    before_next: int | None
    compared: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """The jury's order and how sure it is.

    `disagreements` counts pairs of finalists, over all ballots, that a ballot has the other way
    round than the order, of `comparisons`; `orders` is the number of orders with as few.
    `decided` are the places whose line to the next one is sure: an endless jury of such members
    would, with the wanted confidence, have the same finalists above it.
    """

    standings: tuple[Standing, ...]
    disagreements: int
    comparisons: int
    orders: int
    decided: tuple[int, ...]
    confidence: float
    resamples: int
    cautions: tuple[Caution, ...]
