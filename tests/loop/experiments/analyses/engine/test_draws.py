"""Draws, matching and balance."""

import hashlib
from collections import Counter
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vuoksi.loop.experiments.analyses.engine import ProblemError, english
from vuoksi.loop.experiments.analyses.engine.balance import Covariates, compare, explain_balance
from vuoksi.loop.experiments.analyses.engine.match import MatchProblem, mahalanobis, match
from vuoksi.loop.experiments.analyses.engine.randomise import (
    DrawProblem,
    OrderProblem,
    draw,
    draw_order,
    draw_violations,
    lot,
)


def names(count):
    return tuple(f"unit {n}" for n in range(count))


def test_a_lot_can_be_drawn_again_by_anybody():
    assert lot(7, "unit", "a") == hashlib.sha256(b"7\nunit\na").hexdigest()


def test_a_draw_stays_what_it_was():
    given_groups = draw(DrawProblem(names(6), 2026)).groups
    assert given_groups == draw(DrawProblem(names(6), 2026)).groups
    assert Counter(given_groups) == {"reference": 3, "treatment": 3}
    assert len({draw(DrawProblem(names(6), seed)).groups for seed in range(40)}) > 10


@given(
    st.integers(2, 60), st.integers(0, 10**9), st.sampled_from([None, 3, 6]), st.integers(1, 4),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_every_stratum_and_block_is_divided_evenly(count, seed, block, strata):
    problem = DrawProblem(
        names(count), seed, tuple(f"s{n * n % strata}" for n in range(count)),
        groups=("a", "b"), parts=(1, 2), block=block,
    )  # fmt: skip
    assert draw_violations(problem, draw(problem)) == ()


def test_each_unit_has_the_same_chance():
    counts = np.zeros(4)
    for seed in range(2_000):
        counts += [group == "treatment" for group in draw(DrawProblem(names(4), seed)).groups]
    assert np.abs(counts / 2_000 - 0.5).max() < 0.04


def test_an_unfair_draw_is_found_out():
    problem = DrawProblem(names(8), 1, block=4)
    fair = draw(problem)
    assert (
        draw_violations(problem, replace(fair, groups=("treatment",) * 8))
        == ("a block of stratum '' is divided unfairly",) * 2
    )
    assert draw_violations(problem, replace(fair, groups=("other",) * 8)) != ()
    assert draw_violations(problem, replace(fair, seed=2)) == (
        "the draw belongs to other units or another seed",
    )
    whole = DrawProblem(names(4), 1)
    uneven = replace(draw(whole), groups=("treatment",) * 4)
    assert draw_violations(whole, uneven) == ("a block of stratum '' is divided unfairly",)


def test_sites_start_in_steps_of_even_size():
    order = draw_order(OrderProblem(names(11), 5, 4))
    assert sorted(Counter(order.steps).values()) == [2, 3, 3, 3]
    assert order == draw_order(OrderProblem(names(11), 5, 4))
    assert order.steps != draw_order(OrderProblem(names(11), 6, 4)).steps


@pytest.mark.parametrize(
    "arguments",
    [
        {"units": ("a",)},
        {"units": ("a", "a")},
        {"groups": ("a",), "parts": (1,)},
        {"parts": (1,)},
        {"parts": (1, 0)},
        {"strata": ("a",)},
        {"block": 3},
        {"block": 0},
    ],
)
def test_draws_that_do_not_fit_are_refused(arguments):
    with pytest.raises(ProblemError):
        DrawProblem(**{"units": names(4), "seed": 1, **arguments})


def test_more_steps_than_sites_are_refused():
    with pytest.raises(ProblemError):
        OrderProblem(names(3), 1, 4)


def matching(treated=4, pool=6, seed=1, **more):
    random = np.random.default_rng(seed)
    rows = [tuple(map(tuple, random.normal(size=(count, 2)).tolist())) for count in (treated, pool)]
    return MatchProblem(
        ("age", "income"), tuple(f"t{n}" for n in range(treated)),
        tuple(f"p{n}" for n in range(pool)), *rows, **more,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_no_other_pairs_are_closer_in_sum(seed):
    problem = matching(seed=seed)
    distances = mahalanobis(np.array(problem.treated_values), np.array(problem.pool_values))
    best = min(
        sum(distances[row, column] for row, column in enumerate(columns))
        for columns in permutations(range(6), 4)
    )
    found = match(problem)
    assert sum(pair.distance for pair in found.pairs) == pytest.approx(best)
    assert found.unmatched == ()
    assert len({pair.control for pair in found.pairs}) == 4


def test_as_many_pairs_as_may_be_within_caliper_and_stratum():
    problem = matching(
        6, 6, treated_strata=tuple("aaabbb"), pool_strata=tuple("abbbbb"), caliper=50.0
    )
    found = match(problem)
    assert [pair.treated[0] + pair.control[0] for pair in found.pairs] == ["tp"] * 4
    assert len(found.unmatched) == 2
    assert len(match(replace(problem, caliper=1e-6)).unmatched) == 6
    assert match(replace(problem, caliper=1e-6)).after is None


def test_matching_brings_the_groups_together():
    random = np.random.default_rng(8)
    treated = tuple((float(value),) for value in random.normal(1.0, 1, 30))
    pool = tuple((float(value),) for value in random.normal(0.0, 1, 200))
    problem = MatchProblem(("age",), names(30), tuple(f"p{n}" for n in range(200)), treated, pool)
    found = match(problem)
    assert (found.before.standing, found.after.standing) == ("large", "good")


@pytest.mark.parametrize(
    "changes",
    [
        {"treated": ("a",) * 4},
        {"treated_values": ((1.0, 2.0),)},
        {"pool_values": ((1.0,),) * 6},
        {"pool_values": ((1.0, float("nan")),) * 6},
        {"treated_strata": ("a",) * 4},
        {"caliper": 0.0},
        {"pool": ("x",) * 10_000_000},
    ],
)
def test_matchings_that_do_not_fit_are_refused(changes):
    with pytest.raises(ProblemError):
        replace(matching(), **changes)


def test_balance_is_measured_in_standard_deviations():
    covariates = Covariates(("age",), ((20.0, 30.0, 40.0),), ((31.0, 40.0, 52.0),))
    (difference,) = compare(covariates).differences
    assert difference.standardised == pytest.approx((41 - 30) / np.sqrt((100 + 111) / 2))
    assert difference.variance_ratio == pytest.approx(1.11)
    assert compare(covariates).standing == "large"


def test_what_does_not_vary_is_alike_or_worlds_apart():
    one = compare(Covariates(("a", "b"), ((1.0, 1.0), (1.0, 1.0)), ((1.0, 1.0), (2.0, 2.0))))
    assert [each.standing for each in one.differences] == ["good", "large"]
    assert one.differences[0].variance_ratio is None


@pytest.mark.parametrize(
    ("shift", "said"),
    [
        (0.05, "The groups were alike before the start: no measure differs by more than a tenth of its"
               " usual spread (measures compared: 1)."),
        (0.2, "The groups differed a little before the start, by more than a tenth of the usual spread"
              " (measures that differ: 1 of 1)."),
        (0.4, "The groups differed before the start by more than a quarter of the usual spread (measures"
              " that differ: 1 of 1). The effect should be adjusted for them."),
    ],
)  # fmt: skip
def test_balance_is_told_in_plain_sentences(shift, said):
    values = (-1.0, 0.0, 1.0)
    moved = tuple(value + shift for value in values)
    (sentence,) = explain_balance(compare(Covariates(("age",), (values,), (moved,))))
    assert english(sentence) == said


@pytest.mark.parametrize(
    "arguments",
    [((), (), ()), (("a",), ((1.0, 2.0),), ()), (("a",), ((1.0,),), ((1.0, 2.0),))],
)
def test_covariates_that_do_not_fit_are_refused(arguments):
    with pytest.raises(ProblemError):
        Covariates(*arguments)
