"""The order that disagrees least with all ballots, found exactly.

Kemeny, J. G. (1959). Mathematics without numbers. Daedalus 88(4), 577-591. The only rule that is
neutral, consistent and elects by majority between neighbours: Young, H. P. and Levenglick, A.
(1978). A consistent extension of Condorcet's election principle. SIAM Journal on Applied
Mathematics 35, 285-300, doi:10.1137/0135023.
"""

from dataclasses import dataclass

from vuoksi.loop.calls.engine.finals.problem import Ballot

Wins = list[list[int]]


@dataclass(frozen=True, slots=True)
class Consensus:
    """The chosen order (positions in the list of finalists) and all others that are as good.

    `best` and `worst` are the places (from 1) of each finalist in the `orders` best orders.
    """

    order: tuple[int, ...]
    disagreements: int
    orders: int
    best: tuple[int, ...]
    worst: tuple[int, ...]


def pairwise_wins(finalists: tuple[str, ...], ballots: tuple[Ballot, ...]) -> Wins:
    """How many ballots have the first (row) before the second (column)."""
    place = {key: at for at, key in enumerate(finalists)}
    wins = [[0] * len(finalists) for _ in finalists]
    for ballot in ballots:
        order = [place[key] for key in ballot.order]
        for at, better in enumerate(order):
            for worse in order[at + 1 :]:
                wins[better][worse] += 1
    return wins


def consensus(wins: Wins, preference: list[float]) -> Consensus:
    """Give the best order; among equally good ones that with the higher `preference` first.

    Dynamic programming over the sets of finalists that are already placed.
    """
    size = len(wins)
    everyone = (1 << size) - 1
    cost = [0] * (everyone + 1)
    ways = [1] * (everyone + 1)
    for placed in range(everyone - 1, -1, -1):
        costs = [
            _step(wins, placed, each) + cost[placed | 1 << each] for each in _out(placed, size)
        ]
        cost[placed] = min(costs)
        ways[placed] = sum(
            ways[placed | 1 << each]
            for each, found in zip(_out(placed, size), costs, strict=True)
            if found == cost[placed]
        )
    order: list[int] = []
    placed = 0
    while placed != everyone:
        best = max(_best_next(wins, cost, placed), key=lambda each: (preference[each], -each))
        order.append(best)
        placed |= 1 << best
    lowest, highest = _places(wins, cost)
    return Consensus(tuple(order), cost[0], ways[0], lowest, highest)


def _out(placed: int, size: int) -> list[int]:
    return [each for each in range(size) if not placed >> each & 1]


def _step(wins: Wins, placed: int, chosen: int) -> int:
    """Ballots against putting `chosen` before all that are not placed yet."""
    return sum(wins[other][chosen] for other in _out(placed, len(wins)))


def _best_next(wins: Wins, cost: list[int], placed: int) -> list[int]:
    return [
        each
        for each in _out(placed, len(wins))
        if _step(wins, placed, each) + cost[placed | 1 << each] == cost[placed]
    ]


def _places(wins: Wins, cost: list[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Best and worst place of each finalist, walking through all best orders at once."""
    size = len(wins)
    best, worst = [size] * size, [1] * size
    reached = {0}
    for place in range(1, size + 1):
        following = set()
        for placed in reached:
            for each in _best_next(wins, cost, placed):
                best[each] = min(best[each], place)
                worst[each] = max(worst[each], place)
                following.add(placed | 1 << each)
        reached = following
    return tuple(best), tuple(worst)
