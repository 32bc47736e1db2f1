"""What must hold of every order, recomputed in plain Python without the solver's code."""

import math
from collections.abc import Sequence
from itertools import permutations

from vuoksi.loop.calls.engine.finals.problem import Problem, Result

# Up to here every order is tried; above, every move of one finalist to another place.
_TRY_ALL = 7


def violations(problem: Problem, result: Result) -> tuple[str, ...]:
    """Every way in which `result` does not follow from `problem`; empty for a right result."""
    order = [standing.finalist for standing in result.standings]
    if sorted(order) != sorted(problem.finalists):
        return ("standings are not the finalists",)
    found = _wrong_order(problem, result, order)
    found += _wrong_standings(problem, result, order)
    total = math.fsum(standing.chance for standing in result.standings)
    if abs(total - min(problem.places, len(order))) > 1e-6:
        found.append("chances do not add up to the places")
    if abs(math.fsum(standing.strength for standing in result.standings) - 1) > 1e-6:
        found.append("strengths do not add up to 1")
    if any(not 1 <= place < len(order) for place in result.decided):
        found.append("a decided place does not exist")
    return tuple(found)


def _disagreements(problem: Problem, order: Sequence[str]) -> int:
    place = {key: at for at, key in enumerate(order)}
    return sum(
        place[better] > place[worse]
        for ballot in problem.ballots
        for at, better in enumerate(ballot.order)
        for worse in ballot.order[at + 1 :]
    )


def _wrong_order(problem: Problem, result: Result, order: list[str]) -> list[str]:
    found = []
    mine = _disagreements(problem, order)
    sizes = [len(ballot.order) for ballot in problem.ballots]
    if mine != result.disagreements:
        found.append("disagreements are miscounted")
    if result.comparisons != sum(size * (size - 1) // 2 for size in sizes):
        found.append("comparisons are miscounted")
    if len(order) <= _TRY_ALL:
        every = [_disagreements(problem, other) for other in permutations(order)]
        if min(every) < mine:
            found.append("another order disagrees less")
        if every.count(min(every)) != result.orders:
            found.append("orders are miscounted")
    elif any(_disagreements(problem, other) < mine for other in _moved(order)):
        found.append("another order disagrees less")
    return found


def _moved(order: list[str]) -> list[list[str]]:
    orders = []
    for key in order:
        rest = [each for each in order if each != key]
        orders += [[*rest[:at], key, *rest[at:]] for at in range(len(order))]
    return orders


def _wrong_standings(problem: Problem, result: Result, order: list[str]) -> list[str]:
    found = []
    for at, standing in enumerate(result.standings):
        key = standing.finalist
        if standing.place != at + 1:
            found.append(f"place of {key} is wrong")
        if not standing.best_place <= standing.place <= standing.worst_place:
            found.append(f"other places of {key} leave out its own")
        if not 1 <= standing.rank_low <= standing.rank_high <= len(order):
            found.append(f"interval of {key} is impossible")
        following = order[at + 1] if at + 1 < len(order) else None
        if (standing.before_next, standing.compared) != _against(problem, key, following):
            found.append(f"members for {key} against the next are miscounted")
    return found


def _against(problem: Problem, key: str, following: str | None) -> tuple[int | None, int | None]:
    if following is None:
        return None, None
    both = [ballot.order for ballot in problem.ballots if {key, following} <= set(ballot.order)]
    return sum(order.index(key) < order.index(following) for order in both), len(both)
