"""Stepped wedge."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from vuoksi.loop.experiments.analyses.engine import (
    ProblemError,
    WedgeProblem,
    explain,
    solve,
    violations,
)
from vuoksi.loop.experiments.analyses.engine.analyse.regression import codes_of, least_squares
from vuoksi.loop.experiments.analyses.engine.analyse.wedge import _moments, model_of


def wedge(sites=6, each=4, seed=3, spread=0.5, effect=1.0, **more):
    random = np.random.default_rng(seed)
    levels = random.normal(0, spread, sites)
    steps = 3
    rows = [(site, time) for site in range(sites) for time in range(steps + 1) for _ in range(each)]
    on = tuple(time > site * steps // sites for site, time in rows)
    values = [
        levels[site] + 0.3 * time + effect * started + random.normal()
        for (site, time), started in zip(rows, on, strict=True)
    ]
    return WedgeProblem(
        tuple(values), tuple(f"s{site}" for site, _ in rows), tuple(time for _, time in rows), on,
        **more,
    )  # fmt: skip


def test_the_effect_is_that_of_the_mixed_model_of_another_library():
    problem = wedge(sites=9, each=6, spread=1.0)
    result = solve(problem)
    assert violations(problem, result) == ()
    times = np.array([[time == k for k in range(1, 4)] for time in problem.periods], dtype=float)
    design = np.column_stack([np.array(problem.treated, dtype=float), np.ones(len(times)), times])
    fit = sm.MixedLM(np.array(problem.values), design, groups=problem.sites).fit(reml=True)
    assert result.effect == pytest.approx(fit.fe_params[0], abs=1e-5)
    between = float(fit.cov_re[0, 0])
    assert model_of(problem).share == pytest.approx(between / (between + fit.scale), abs=1e-4)
    model_based = result.variants[0]
    assert model_based.code == "model_based"
    half = (model_based.interval.high - model_based.interval.low) / 2
    assert half == pytest.approx(2.3646 * fit.bse_fe[0], rel=1e-3)


def test_few_sites_are_told():
    result = solve(wedge())
    assert (result.n_clusters, result.n_periods) == (6, 4)
    assert result.cautions == ("few_clusters",)
    assert [(each.code, each.standing) for each in result.checks] == [
        ("enough_clusters", "doubtful")
    ]
    assert solve(wedge(sites=12)).cautions == ()


def test_a_wedge_is_told_in_plain_sentences():
    problem = wedge(sites=12)
    assert [sentence.code for sentence in explain(problem, solve(problem))][-1] == (
        "design_stepped_wedge"
    )


def test_many_sites_are_not_left_out_one_by_one():
    result = solve(wedge(sites=63, each=1))
    assert [each.code for each in result.variants] == ["model_based"]


def test_a_stopped_wedge_is_not_fitted_without_each_site():
    whole, cut = solve(wedge()), solve(wedge(), stop=lambda done: True)
    assert {each.code for each in whole.variants} - {each.code for each in cut.variants} == {
        "leave_one_out_least",
        "leave_one_out_most",
    }
    assert cut.effect == whole.effect


def test_three_sites_cannot_lose_one():
    problem = wedge(sites=3)
    result = solve(problem)
    assert violations(problem, result) == ()
    assert [each.code for each in result.variants] == ["model_based"]


@given(st.integers(0, 10_000), st.integers(3, 10), st.integers(1, 4), st.sampled_from([0.0, 2.0]))
@settings(max_examples=20, deadline=None)
def test_the_checker_accepts_every_wedge(seed, sites, each, spread):
    problem = wedge(sites, each, seed, spread)
    assert violations(problem, solve(problem)) == ()


def test_wrong_results_are_found_out():
    problem = wedge()
    result = solve(problem)
    share = replace(result.parts[0], effect=0.7)
    assert "intra_site_share is not the likeliest" in violations(
        problem, replace(result, parts=(share,))
    )
    assert "effect is wrong" in violations(problem, replace(result, effect=5.0))
    assert "model_based lies outside its interval" in violations(
        problem, replace(result, variants=(replace(result.variants[0], effect=99.0),))
    )
    assert "model_based has no possible p" in violations(
        problem, replace(result, variants=(replace(result.variants[0], p_value=1.5),))
    )
    large = wedge(each=20)
    assert violations(large, solve(large)) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"values": (1.0,)}, "too_few"),
        ({"values": (1.0,) * 96}, "no_variation"),
        ({"sites": ("a",)}, "unequal_lengths"),
        ({"sites": tuple(name for name in "abacbc" for _ in range(16))}, "bad_groups"),
        ({"treated": (True, *(False,) * 95)}, "bad_groups"),
        ({"treated": ((True,) * 4 + (False,) * 12) * 6}, "bad_groups"),
        ({"treated": ((False,) * 8 + (True,) * 8) * 6}, "bad_start"),
    ],
)
def test_wedges_that_do_not_fit_are_refused(changes, code):
    with pytest.raises(ProblemError) as caught:
        replace(wedge(), **changes)
    assert caught.value.code == code


def test_two_sites_are_too_few():
    problem = wedge()
    kept = slice(32, 64)
    with pytest.raises(ProblemError) as caught:
        WedgeProblem(
            problem.values[kept], problem.sites[kept], problem.periods[kept], problem.treated[kept]
        )
    assert caught.value.code == "too_few"


def test_a_site_that_never_starts_may_take_part():
    whole = wedge()
    on = tuple(
        started and site != "s5" for site, started in zip(whole.sites, whole.treated, strict=True)
    )
    problem = replace(whole, treated=on)
    assert violations(problem, solve(problem)) == ()


def test_values_without_any_rest_have_no_likelihood():
    fit = least_squares(np.array([1.0, 1.0, 2.0, 3.0]), np.ones((4, 1)))
    moments = _moments(replace(fit, rests=np.zeros(4)), codes_of(("a", "a", "b", "b")))
    assert moments.likelihood(0.5) == -np.inf
