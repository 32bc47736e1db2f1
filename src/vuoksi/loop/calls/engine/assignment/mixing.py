"""How well the reviews hang together, and exchanges that make them hang together better.

Reviewers that meet on common entries can be compared. With the table of reviews X, the information
on their leniency (qualities unknown) is the Laplacian L = diag(loads) - X' diag(1/reviews) X; its
second smallest eigenvalue is the information on the worst known contrast, nought where reviewers
fall apart. Fiedler, M. (1973). Algebraic connectivity of graphs. Czechoslovak Mathematical Journal
23, 298-305. In block designs this is the criterion of E-optimality.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

# The worst compared reviewers are then known at least as well as from a fifth of their reviews.
MIXED_ENOUGH = 0.2
_MOST_SWAPS = 200
# How much gain one unit of lost fit must bring: from hardly ever giving any up to not minding.
_THRIFT = (1.0, 1e-4, 1e-5, 1e-6)
_NOUGHT = 1e-9


def mixing(chosen: Flags) -> float:
    """The second smallest eigenvalue in average loads; 1 for at most one reviewer with reviews."""
    return _weakest(chosen)[0]


def reviewer_groups(chosen: Flags) -> list[list[int]]:
    """Positions of reviewers with reviews, in groups that common entries connect."""
    active = np.flatnonzero(chosen.any(axis=0))
    used = chosen[:, active].astype(float)
    labels = connected_components(used.T @ used, directed=False)[1] if len(active) else []
    groups: dict[int, list[int]] = {}
    for at, label in zip(active, labels, strict=True):
        groups.setdefault(int(label), []).append(int(at))
    return sorted(groups.values())


def mix(chosen: Flags, free: Flags, fit: Ints, budget: int) -> int:
    """Exchange reviewers in `chosen`, in place, until it is mixed enough; give the number of swaps.

    A swap moves one reviewer from an entry to another and a second one the other way, so that loads
    and reviews of each entry stay. `free` are pairs that may be given or taken. Each swap raises the
    mixing (or joins two groups), and all together lose at most `budget` of `fit`: first those that
    cost next to nothing, then those that bring more for more.
    """
    swaps, thrift = 0, 0
    now = _Picture(chosen)
    while swaps < _MOST_SWAPS and thrift < len(_THRIFT) and now.mixing < MIXED_ENOUGH:
        swap = _best_swap(chosen, free, fit, now.direction, _THRIFT[thrift])
        if swap is None or swap.loss > budget:
            thrift += 1
            continue
        swap.make(chosen)
        then = _Picture(chosen)
        if then.is_better_than(now):
            now, swaps, budget = then, swaps + 1, budget - swap.loss
        else:
            swap.undo(chosen)
            thrift += 1
    return swaps


class _Picture:
    """How well the reviews hang together at one moment; `direction` is the contrast known worst."""

    def __init__(self, chosen: Flags) -> None:
        self.mixing, self.direction = _weakest(chosen)
        self.groups = len(reviewer_groups(chosen))

    def is_better_than(self, other: "_Picture") -> bool:
        if self.groups != other.groups:
            return self.groups < other.groups
        return self.mixing > other.mixing + _NOUGHT


@dataclass(frozen=True, slots=True)
class _Swap:
    """`one` leaves the entry `first` for `second`, `other` the other way, at a `loss` of fit."""

    loss: int
    first: int
    second: int
    one: int
    other: int

    def make(self, chosen: Flags) -> None:
        self._set(chosen, stays=False)

    def undo(self, chosen: Flags) -> None:
        self._set(chosen, stays=True)

    def _set(self, chosen: Flags, *, stays: bool) -> None:
        chosen[self.first, self.one] = chosen[self.second, self.other] = stays
        chosen[self.first, self.other] = chosen[self.second, self.one] = not stays


def _weakest(chosen: Flags) -> tuple[float, Floats]:
    """The mixing, and the contrast of all reviewers that is known worst."""
    active = np.flatnonzero(chosen.any(axis=0))
    direction = np.zeros(chosen.shape[1])
    if len(active) < 2:
        return 1.0, direction
    used = chosen[:, active].astype(float)
    loads = used.sum(axis=0)
    shares = used / np.maximum(used.sum(axis=1, keepdims=True), 1)
    values, vectors = np.linalg.eigh(np.diag(loads) - used.T @ shares)
    direction[active] = vectors[:, 1]
    weakest = float(values[1] / loads.mean())
    return (weakest if weakest > _NOUGHT else 0.0), direction


def _best_swap(
    chosen: Flags, free: Flags, fit: Ints, direction: Floats, thrift: float
) -> _Swap | None:
    """The swap of the highest gain less `thrift` times its loss; None if none gains."""
    moves = _moves(chosen, free, fit, direction, thrift)
    best, found = -np.inf, None
    for (one, other), (loss, gain, first) in moves.items():
        if one > other or (other, one) not in moves:
            continue
        loss_back, gain_back, second = moves[other, one]
        worth = gain + gain_back - thrift * (loss + loss_back)
        if gain + gain_back > _NOUGHT and worth > best:
            best, found = worth, _Swap(loss + loss_back, first, second, one, other)
    return found


def _moves(
    chosen: Flags, free: Flags, fit: Ints, direction: Floats, thrift: float
) -> dict[tuple[int, int], tuple[int, float, int]]:
    """For each two reviewers the entry that the first best hands to the second: loss, gain, entry.

    The gain is how much the spread of `direction` among an entry's reviewers grows.
    """
    size = np.maximum(chosen.sum(axis=1), 1)
    sums, squares = chosen @ direction, chosen @ direction**2
    spread = squares - sums**2 / size
    best = {}
    for one in np.flatnonzero(chosen.any(axis=0)):
        rows = np.flatnonzero(chosen[:, one] & free[:, one])
        changed = sums[rows, None] - direction[one] + direction
        spreads = squares[rows, None] - direction[one] ** 2 + direction**2
        gains = spreads - changed**2 / size[rows, None] - spread[rows, None]
        losses = fit[rows, one, None] - fit[rows]
        worth = np.where(free[rows] & ~chosen[rows], gains - thrift * losses, -np.inf)
        for other in np.flatnonzero(np.isfinite(worth).any(axis=0)):
            at = int(np.argmax(worth[:, other]))
            move = (int(losses[at, other]), float(gains[at, other]), int(rows[at]))
            best[int(one), int(other)] = move
    return best
