from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import gammaln

from tests.loop.calls.engine.finals.examples import TENNESSEE, finals
from vuoksi.loop.calls.engine.finals import (
    MOST_FINALISTS,
    Ballot,
    Problem,
    ProblemError,
    solve,
    violations,
)
from vuoksi.loop.calls.engine.finals.kemeny import consensus, pairwise_wins
from vuoksi.loop.calls.engine.finals.worth import draw_strengths


def order(result):
    return [each.finalist for each in result.standings]


def test_the_printed_example():
    result = solve(TENNESSEE)
    assert order(result) == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
    assert (result.comparisons - result.disagreements, result.comparisons) == (393, 600)
    assert result.orders == 1
    assert [(each.before_next, each.compared) for each in result.standings] == [
        (68, 100), (83, 100), (58, 100), (None, None),
    ]  # fmt: skip
    assert result.cautions == ()


def test_agreement_of_many_decides_every_place():
    result = solve(finals(*["abcd"] * 12))
    assert (order(result), result.disagreements, result.decided) == (list("abcd"), 0, (1, 2, 3))
    assert result.standings[0].chance > 0.95
    assert (result.standings[0].rank_low, result.standings[0].rank_high) == (1, 1)


def test_a_cycle_has_three_equal_orders():
    result = solve(finals("abc", "bca", "cab"))
    assert (result.orders, result.disagreements) == (3, 4)
    assert [(each.best_place, each.worst_place) for each in result.standings] == [(1, 3)] * 3
    assert [each.chance for each in result.standings] == pytest.approx([1 / 3] * 3, abs=0.06)
    assert result.decided == ()


def test_a_finalist_left_out_is_neither_raised_nor_lowered():
    result = solve(finals("ab", "ab", "ab", "cb", "cb", places=2, finalists="abcd"))
    chances = {each.finalist: each.chance for each in result.standings}
    assert chances["b"] < 0.3 < chances["d"] < chances["a"]
    assert result.cautions == ("partial_ballots", "unranked_finalists")
    result = solve(finals("abc", "abc"), stop=lambda done: True)
    assert (result.cautions, result.resamples) == (("few_members", "stopped_early"), 200)


def test_two_finalists_agree_with_exact_integration():
    """With strengths x and 1 - x and k of n for the first, x has a beta posterior for each shape."""
    shapes = np.geomspace(0.3, 100.0, 24)
    x = (np.arange(20_000) + 0.5) / 20_000
    log = gammaln(2 * shapes) - 2 * gammaln(shapes)
    density = (
        np.exp(log + (shapes - 1) * np.log(x * (1 - x))[:, None]).mean(axis=1) * x**5 * (1 - x) ** 2
    )
    exact = density[x > 0.5].sum() / density.sum()
    draws = draw_strengths([[0, 1]] * 5 + [[1, 0]] * 2, 2, number=16_000, seed=1)
    assert (draws[:, 0] > 0.5).mean() == pytest.approx(exact, abs=0.015)
    assert draws.mean(axis=0)[0] == pytest.approx((density * x).sum() / density.sum(), abs=0.01)


@given(st.data(), st.integers(2, 5), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_the_order_is_the_best_of_all(data, size, members):
    everybody = [chr(97 + at) for at in range(size)]
    orders = ["".join(data.draw(st.permutations(everybody))) for _ in range(members)]
    wins = pairwise_wins(tuple(everybody), finals(*orders, finalists=everybody).ballots)

    def cost(order):
        return sum(wins[b][a] for at, a in enumerate(order) for b in order[at + 1 :])

    every = {each: cost(each) for each in permutations(range(size))}
    least = [each for each, found in every.items() if found == min(every.values())]
    found = consensus(wins, [0.0] * size)
    assert (found.disagreements, found.orders) == (min(every.values()), len(least))
    # Among equally good orders that with the smallest positions first.
    assert found.order == min(least)
    places = [[each.index(one) + 1 for each in least] for one in range(size)]
    assert (found.best, found.worst) == (tuple(map(min, places)), tuple(map(max, places)))


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_the_checker_accepts_every_result_and_lists_may_be_shuffled(data):
    everybody = data.draw(st.sampled_from(["ab", "abcd", "abcdefgh"]))
    orders = [
        "".join(data.draw(st.permutations(everybody)))[: data.draw(st.integers(0, len(everybody)))]
        for _ in range(data.draw(st.integers(0, 5)))
    ]
    places = data.draw(st.integers(0, 9))
    problem = finals("ab", *orders, places=places, finalists=everybody, resamples=200)
    result = solve(problem)
    assert violations(problem, result) == ()
    turned = replace(problem, finalists=problem.finalists[::-1], ballots=problem.ballots[::-1])
    assert solve(turned) == result


def test_chances_are_calibrated():
    random = np.random.default_rng(4)
    told, belongs = [], []
    for seed in range(60):
        quality = random.standard_normal(8) * (0.5, 1.0, 2.0)[seed % 3]
        felt = quality + random.gumbel(size=((3, 7, 11)[seed % 3], 8))
        orders = ["".join("abcdefgh"[at] for at in np.argsort(-each)) for each in felt]
        problem = finals(*orders, places=3, resamples=400, seed=seed)
        true = {"abcdefgh"[at] for at in np.argsort(-quality)[:3]}
        for each in solve(problem).standings:
            told.append(each.chance)
            belongs.append(each.finalist in true)
    for low, high in ((0, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.01)):
        bin_ = [(p, b) for p, b in zip(told, belongs, strict=True) if low <= p < high]
        expected = sum(p for p, _ in bin_)
        deviation = sum(p * (1 - p) for p, _ in bin_) ** 0.5
        assert abs(sum(b for _, b in bin_) - expected) <= 3.5 * deviation + 1


def test_work_is_told():
    told = []
    solve(
        finals("abc", resamples=203), stop=lambda done: False, progress=lambda *at: told.append(at)
    )
    assert (told[0], told[-1], len(told)) == ((8, 203), (203, 203), 26)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"finalists": ("a",)}, "too_few"),
        ({"ballots": ()}, "too_few"),
        ({"ballots": (Ballot("m", ("a",)),)}, "too_few"),
        ({"finalists": tuple(map(str, range(MOST_FINALISTS + 1)))}, "too_many"),
        ({"finalists": ("a", "a", "b")}, "key_twice"),
        ({"ballots": (Ballot("m", ("a", "b")), Ballot("m", ("b", "a")))}, "key_twice"),
        ({"ballots": (Ballot("m", ("a", "a")),)}, "key_twice"),
        ({"ballots": (Ballot("m", ("a", "z")),)}, "unknown_key"),
        ({"places": -1}, "bad_places"),
        ({"confidence": 0.4}, "bad_confidence"),
        ({"seed": -1}, "bad_seed"),
        ({"resamples": 1}, "bad_resamples"),
    ],
)
def test_what_cannot_be_combined_is_refused(changes, code):
    with pytest.raises(ProblemError) as caught:
        replace(Problem(("a", "b"), (Ballot("m", ("a", "b")),), 1), **changes)
    assert caught.value.code == code
