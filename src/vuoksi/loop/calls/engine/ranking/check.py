"""What must hold of every ranking, recomputed in plain Python without the solver's code.

The draws themselves cannot be checked here; that they are right is shown by tests against closed
forms and exact integration, and by simulated juries (benchmarks/juries.py).
"""

import math
from collections.abc import Iterable
from itertools import pairwise

from vuoksi.loop.calls.engine.ranking.problem import Problem, Result, Score, Standing

_ROOM = 1e-6


def violations(problem: Problem, result: Result) -> tuple[str, ...]:
    """Every way in which `result` does not follow from `problem`; empty for a right result."""
    found = _wrong_members(problem, result)
    if found:
        return tuple(found)
    found += _wrong_means(problem, result)
    found += _wrong_groups(problem, result)
    found += _wrong_reviewers(problem, result)
    for category in problem.categories:
        standings = [each for each in result.standings if each.category == category.key]
        found += _wrong_order(standings, category.key)
        found += _wrong_chances(standings, category.places, category.key)
        found += _wrong_bands(result, standings, category.key)
        found += _wrong_cut(problem, result, standings, category.key)
    return tuple(found)


def _wrong_members(problem: Problem, result: Result) -> list[str]:
    wanted = sorted((entry.key, entry.category) for entry in problem.entries)
    given = sorted((each.entry, each.category) for each in result.standings)
    found = [] if wanted == given else ["standings are not the entries of the problem"]
    scoring = sorted({score.reviewer for score in problem.scores})
    if [each.reviewer for each in result.reviewers] != scoring:
        found.append("reviewers are not those who scored")
    if [cut.category for cut in result.cuts] != [each.key for each in problem.categories]:
        found.append("cuts are not those of the categories")
    return found


def _reviews(problem: Problem) -> dict[tuple[str, str], list[Score]]:
    reviews: dict[tuple[str, str], list[Score]] = {}
    for score in problem.scores:
        reviews.setdefault((score.reviewer, score.entry), []).append(score)
    return reviews


def _totals(problem: Problem) -> dict[tuple[str, str], float]:
    """The total of each review: weighted deviations from the criteria's means, plus their mean."""
    low, high = problem.scale
    criteria = {each.key: each for each in problem.criteria}
    points: dict[str, list[float]] = {}

    def share(score: Score) -> float:
        criterion = criteria[score.criterion]
        part = (score.value - criterion.low) / (criterion.high - criterion.low)
        return low + part * (high - low)

    for score in problem.scores:
        points.setdefault(score.criterion, []).append(share(score))
    means = {key: math.fsum(values) / len(values) for key, values in points.items()}
    weight = math.fsum(criteria[key].weight for key in means)
    centre = math.fsum(criteria[key].weight * mean for key, mean in means.items()) / weight
    return {
        review: centre
        + math.fsum(
            criteria[each.criterion].weight * (share(each) - means[each.criterion])
            for each in scores
        )
        / math.fsum(criteria[each.criterion].weight for each in scores)
        for review, scores in _reviews(problem).items()
    }


def _wrong_means(problem: Problem, result: Result) -> list[str]:
    totals = _totals(problem)
    low, high = problem.scale
    room = _ROOM * (high - low)
    by_entry: dict[str, list[float]] = {}
    by_reviewer: dict[str, list[float]] = {}
    for (reviewer, entry), total in totals.items():
        by_entry.setdefault(entry, []).append(total)
        by_reviewer.setdefault(reviewer, []).append(total)
    given = [
        *((each.entry, each.reviews, each.mean_score, by_entry) for each in result.standings),
        *((each.reviewer, each.reviews, each.mean_score, by_reviewer) for each in result.reviewers),
    ]
    found = []
    for key, reviews, mean, known in given:
        values = known.get(key, [])
        right = math.fsum(values) / len(values) if values else None
        if reviews != len(values) or (mean is None) != (right is None):
            found.append(f"reviews of {key} are miscounted")
        elif mean is not None and right is not None and abs(mean - right) > room:
            found.append(f"mean_score of {key} is wrong")
    return found


def _wrong_groups(problem: Problem, result: Result) -> list[str]:
    """Spread the smallest key through what each reviewer connects until nothing changes."""
    label = {entry.key: entry.key for entry in problem.entries}
    seen: dict[str, set[str]] = {}
    for score in problem.scores:
        seen.setdefault(score.reviewer, set()).add(score.entry)
    changed = True
    while changed:
        changed = False
        for entries in seen.values():
            least = min(label[entry] for entry in entries)
            changed = changed or any(label[entry] != least for entry in entries)
            label.update(dict.fromkeys(entries, least))
    wanted: dict[str, list[str]] = {}
    for entry in sorted(label):
        wanted.setdefault(label[entry], []).append(entry)
    found = []
    if sorted(result.groups) != sorted(tuple(group) for group in wanted.values()):
        found.append("groups are not what the reviewers connect")
    elif any(each.entry not in result.groups[each.group] for each in result.standings):
        found.append("a standing names another group")
    reviewed = {label[score.entry] for score in problem.scores}
    if (len(reviewed) > 1) != ("groups_not_compared" in result.cautions):
        found.append("groups_not_compared is wrong")
    return found


def _wrong_reviewers(problem: Problem, result: Result) -> list[str]:
    low, high = problem.scale
    room = _ROOM * (high - low)
    found = []
    if abs(math.fsum(each.leniency for each in result.reviewers)) > room * len(result.reviewers):
        found.append("leniencies are not measured from the average reviewer")
    found += [
        f"interval or scatter of {each.reviewer} is impossible"
        for each in result.reviewers
        if each.low > each.high or each.scatter < 0
    ]
    return found


def _wrong_order(standings: list[Standing], category: str) -> list[str]:
    found = []
    for place, (better, worse) in enumerate(pairwise(standings), start=2):
        if worse.corrected > better.corrected + _ROOM or worse.rank not in {better.rank, place}:
            found.append(f"ranks of '{category}' do not follow the corrected scores")
    if standings and standings[0].rank != 1:
        found.append(f"ranks of '{category}' do not start at 1")
    found += [
        f"an interval of {each.entry} is impossible"
        for each in standings
        if not 1 <= each.rank_low <= each.rank_high <= len(standings) or each.low > each.high
    ]
    return found


def _wrong_chances(standings: list[Standing], places: int, category: str) -> list[str]:
    found = []
    if not all(0 <= each.chance <= 1 for each in standings):
        found.append(f"a chance of '{category}' is not a probability")
    total = math.fsum(each.chance for each in standings)
    if abs(total - min(places, len(standings))) > _ROOM:
        found.append(f"chances of '{category}' do not add up to its places")
    if any((each.above_next is None) != (each is standings[-1]) for each in standings):
        found.append(f"above_next of '{category}' is missing or too many")
    return found


def _wrong_bands(result: Result, standings: list[Standing], category: str) -> list[str]:
    bands = [(each.first, each.last) for each in result.bands if each.category == category]
    places = [place for first, last in bands for place in range(first, last + 1)]
    found = []
    if places != list(range(1, len(standings) + 1)):
        found.append(f"bands of '{category}' do not cover each place once")
        return found
    for _, last in bands[:-1]:
        above = standings[last - 1].above_next
        if above is None or above < result.confidence:
            found.append(f"a band of '{category}' ends where the order is not sure")
    return found


def _wrong_cut(
    problem: Problem, result: Result, standings: list[Standing], category: str
) -> list[str]:
    cut = next(each for each in result.cuts if each.category == category)
    places = next(each.places for each in problem.categories if each.key == category)
    inside, outside = standings[:places], standings[places:]
    wanted = result.confidence
    right = {
        "places": (cut.places, places),
        "last_in": (cut.last_in, _key(inside[-1:])),
        "first_out": (cut.first_out, _key(outside[:1])),
        "certain": (cut.certain, _keys(each for each in standings if each.chance >= wanted)),
        "possible": (
            cut.possible,
            _keys(each for each in standings if 1 - wanted < each.chance < wanted),
        ),
        "is_decided": (
            cut.is_decided,
            all(each.chance >= wanted for each in inside)
            and all(each.chance <= 1 - wanted for each in outside),
        ),
        "is_tie": (
            cut.is_tie,
            bool(inside and outside) and inside[-1:][0].rank == outside[:1][0].rank,
        ),
    }
    return [
        f"{name} of the cut of '{category}' is wrong"
        for name, (given, due) in right.items()
        if given != due
    ]


def _key(standings: list[Standing]) -> str | None:
    return standings[0].entry if standings else None


def _keys(standings: Iterable[Standing]) -> tuple[str, ...]:
    return tuple(each.entry for each in standings)
