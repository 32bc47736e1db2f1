"""Two shares compared, recomputed from the definitions: roots by halving, exact chances by counting."""

import math
from statistics import NormalDist

from vuoksi.loop.experiments.analyses.engine.check.tails import two_tails
from vuoksi.loop.experiments.analyses.engine.problem import Problem, Result


def wrong_shares(problem: Problem, result: Result) -> list[str]:
    """Wrong means, effect, interval or p."""
    after = sum(problem.treatment) / len(problem.treatment)
    before = sum(problem.reference) / len(problem.reference)
    low, high = _interval(problem, after, before)
    p_value = _exact(problem) if problem.paired else _score(problem, after, before)
    numbers = {
        "mean_reference": (result.mean_reference, before),
        "mean_treatment": (result.mean_treatment, after),
        "effect": (result.effect, after - before),
        "interval": (result.interval.low, low),
        "interval's high end": (result.interval.high, high),
        "p_value": (result.p_value, p_value),
    }
    found = [f"{name} is wrong" for name, pair in numbers.items() if abs(pair[0] - pair[1]) > 1e-7]
    if (result.n_reference, result.n_treatment) != (len(problem.reference), len(problem.treatment)):
        found.append("numbers of units are wrong")
    return found


def _interval(problem: Problem, after: float, before: float) -> tuple[float, float]:
    z = NormalDist().inv_cdf((1 + problem.confidence) / 2)
    after_down, after_up = (abs(after - end) for end in _wilson(after, len(problem.treatment), z))
    before_down, before_up = (
        abs(before - end) for end in _wilson(before, len(problem.reference), z)
    )
    r = _phi(problem) if problem.paired else 0.0
    down = after_down**2 + before_up**2 - 2 * r * after_down * before_up
    up = after_up**2 + before_down**2 - 2 * r * after_up * before_down
    effect = after - before
    return effect - math.sqrt(max(down, 0)), effect + math.sqrt(max(up, 0))


def _wilson(share: float, n: int, z: float) -> tuple[float, float]:
    """Both shares from which the observed one is just z standard errors away."""

    def beyond(true: float) -> bool:
        return (share - true) ** 2 > z * z * true * (1 - true) / n

    ends = []
    for limit in (0.0, 1.0):
        near, far = (share, limit) if beyond(limit) else (limit, limit)
        for _ in range(80):
            middle = (near + far) / 2
            near, far = (near, middle) if beyond(middle) else (middle, far)
        ends.append(near)
    return ends[0], ends[1]


def _phi(problem: Problem) -> float:
    n = len(problem.reference)
    pairs = list(zip(problem.treatment, problem.reference, strict=True))
    both = sum(1 for one, two in pairs if one == two == 1)
    neither = sum(1 for one, two in pairs if one == two == 0)
    yes_after, yes_before = sum(problem.treatment), sum(problem.reference)
    product = yes_after * (n - yes_after) * yes_before * (n - yes_before)
    if product == 0:
        return 0.0
    surplus = both * neither - (yes_after - both) * (yes_before - both)
    return (max(surplus - n / 2, 0) if surplus > 0 else surplus) / math.sqrt(product)


def _exact(problem: Problem) -> float:
    """Chance of a split at least as uneven among the pairs that changed."""
    moves = [one - two for one, two in zip(problem.treatment, problem.reference, strict=True)]
    gained, lost = moves.count(1), moves.count(-1)
    changed = gained + lost
    ways = sum(math.comb(changed, count) for count in range(min(gained, lost) + 1))
    # Whole numbers first: two to the power of many pairs is no float.
    return float(min(1, 2 * ways / 2**changed)) if changed else 1.0


def _score(problem: Problem, after: float, before: float) -> float:
    one, two = len(problem.treatment), len(problem.reference)
    pooled = (one * after + two * before) / (one + two)
    if pooled in (0.0, 1.0):
        return 1.0
    return two_tails(
        (after - before) / math.sqrt(pooled * (1 - pooled) * (1 / one + 1 / two)), None
    )
