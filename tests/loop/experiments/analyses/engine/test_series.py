"""Interrupted time series."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.diagnostic import acorr_ljungbox

from vuoksi.loop.experiments.analyses.engine import (
    ProblemError,
    SeriesProblem,
    english,
    explain,
    explain_firmness,
    solve,
    violations,
)
from vuoksi.loop.experiments.analyses.engine.analyse.series import _ljung_box
from vuoksi.loop.experiments.analyses.engine.analyse.series_model import (
    design_of,
    model_of,
    satterthwaite,
    weights_of,
)


def series(size=60, start=30, jump=3.0, bend=0.0, rho=0.4, seed=2, wave=0.0, **more):
    random = np.random.default_rng(seed)
    errors = random.normal(size=size)
    for place in range(1, size):
        errors[place] += rho * errors[place - 1]
    time = np.arange(size)
    after = time >= start
    values = 20 + 0.1 * time + after * (jump + bend * (time - start)) + errors
    values += wave * np.sin(2 * np.pi * time / 12)
    return SeriesProblem(tuple(values.tolist()), start, **more)


def part(result, code):
    return next(each for each in result.parts if each.code == code)


def test_least_squares_with_newey_wests_error_agrees_with_another_library():
    problem = series(errors="newey_west", lags=3, season="harmonics")
    result = solve(problem)
    assert violations(problem, result) == ()
    fit = sm.OLS(problem.values, design_of(problem)).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True
    )
    assert (result.effect, result.standard_error, result.p_value) == pytest.approx(
        (fit.params[0], fit.bse[0], fit.pvalues[0])
    )
    assert part(result, "slope").p_value == pytest.approx(fit.pvalues[1])
    assert tuple(fit.conf_int()[0]) == pytest.approx((result.interval.low, result.interval.high))


def test_least_squares_agrees_with_another_library():
    problem = series(errors="independent", season="dummies", season_length=4)
    result = solve(problem)
    assert violations(problem, result) == ()
    fit = sm.OLS(problem.values, design_of(problem)).fit()
    assert (result.effect, result.standard_error) == pytest.approx((fit.params[0], fit.bse[0]))
    assert result.degrees_of_freedom == fit.df_resid


def test_errors_that_hang_together_agree_with_generalised_least_squares():
    problem = series()
    model = model_of(problem)
    places = np.arange(60)
    sigma = model.correlation ** np.abs(places[:, None] - places[None, :])
    fit = sm.GLS(problem.values, design_of(problem), sigma=sigma).fit()
    assert model.effect("level")[:2] == pytest.approx((fit.params[0], fit.bse[0]))
    assert model.effect("slope")[:2] == pytest.approx((fit.params[1], fit.bse[1]))
    assert model.deviation == pytest.approx(np.sqrt(fit.scale))


def test_the_nile_fell_when_the_dam_was_built():
    # Annual flow at Aswan, 1871-1970; the fall of about 250 units in 1899 is well known: Cobb, G. W.
    # (1978). The problem of the Nile. Biometrika 65, 243-251, doi:10.1093/biomet/65.2.243.
    flow = tuple(sm.datasets.nile.load_pandas().data["volume"].astype(float))
    problem = SeriesProblem(flow, 28, slope_change=False, estimand="average", better="down")
    result = solve(problem)
    assert violations(problem, result) == ()
    assert result.interval.low < -247.8 < result.interval.high < 0
    assert result.n_reference == 28


def test_level_average_and_slope_hang_together():
    result = solve(series(bend=0.2))
    level, average, slope = (part(result, code).effect for code in ("level", "average", "slope"))
    assert average == pytest.approx(level + slope * 14.5)
    assert result.effect == level
    assert result.mean_treatment - result.mean_reference == pytest.approx(average)
    assert solve(series(bend=0.2, estimand="average")).effect == pytest.approx(average)
    assert solve(series(bend=0.2, estimand="slope")).effect == pytest.approx(slope)


def test_without_a_bend_level_and_average_are_the_same():
    result = solve(series(slope_change=False))
    assert violations(series(slope_change=False), result) == ()
    assert part(result, "level").effect == part(result, "average").effect
    assert [each.code for each in result.parts] == ["level", "average", "autocorrelation"]
    assert [each.code for each in result.variants] == ["newey_west", "placebo"]


def test_a_season_that_is_described_leaves_less_unexplained():
    plain = solve(series(wave=4.0, rho=0.0, errors="independent"))
    seasonal = solve(series(wave=4.0, rho=0.0, errors="independent", season="harmonics"))
    assert seasonal.standard_error < plain.standard_error / 2
    assert [check.standing for check in plain.checks] == ["doubtful", "holds"]
    assert [check.standing for check in seasonal.checks] == ["holds", "holds", "holds"]


def test_half_the_season_has_no_sine():
    problem = series(season="harmonics", season_length=4, harmonics=2)
    assert design_of(problem).shape == (60, problem.parameters)
    assert violations(problem, solve(problem)) == ()


def test_a_short_series_and_an_uncovered_season_are_told():
    result = solve(series(size=20, start=12, season="harmonics", harmonics=1))
    assert result.cautions == ("short_series", "season_not_covered")


def test_ljung_and_box_agree_with_another_library():
    rests = np.random.default_rng(5).normal(size=50)
    other = acorr_ljungbox(rests - rests.mean(), lags=[10])["lb_pvalue"].iloc[0]
    assert _ljung_box(rests, 0) == pytest.approx(other)
    assert _ljung_box(np.zeros(50), 0) == _ljung_box(rests[:4], 0) == 1.0


def test_a_break_that_never_was_shows_nothing():
    result = solve(series(size=80, start=40, jump=8.0))
    placebo = result.variants[-1]
    assert placebo.code == "placebo"
    assert placebo.interval.low < 0 < placebo.interval.high


def test_a_placebo_needs_enough_before():
    result = solve(series(size=30, start=8, season="dummies", season_length=7))
    assert "placebo" not in {each.code for each in result.variants}


def test_a_series_is_told_in_plain_sentences():
    problem = series(bend=0.1)
    said = [sentence.code for sentence in explain(problem, solve(problem))]
    assert said == [
        "expected_better", "expected_relative", "part_level", "interval", "outcome_no_rule",
        "design_interrupted_time_series",
    ]  # fmt: skip
    average = replace(problem, estimand="average")
    assert explain(average, solve(average))[2].code == "interval"
    slope = replace(problem, estimand="slope")
    assert english(explain(slope, solve(slope))[2]).startswith("From the start on each period")
    firm = [sentence.code for sentence in explain_firmness(solve(problem))]
    assert firm[0] == "checks_hold"


@given(
    st.integers(0, 10_000),
    st.integers(20, 60),
    st.sampled_from(["ar1", "newey_west", "independent"]),
    st.sampled_from(["level", "average", "slope"]),
    st.sampled_from([-0.6, 0.0, 0.5, 0.9]),
)
@settings(max_examples=30, deadline=None)
def test_the_checker_accepts_every_series(seed, size, errors, estimand, rho):
    problem = series(size, size // 2, seed=seed, errors=errors, estimand=estimand, rho=rho)
    assert violations(problem, solve(problem)) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"effect": 0.0}, "effect is wrong"),
        ({"standard_error": 0.2}, "standard_error is wrong"),
        ({"p_value": 0.7}, "p_value is wrong"),
    ],
)
def test_a_wrong_result_is_found_out(changes, expected):
    problem = series()
    assert expected in violations(problem, replace(solve(problem), **changes))


def test_an_unlikely_correlation_is_found_out():
    problem = series()
    result = solve(problem)
    parts = tuple(
        replace(each, effect=-0.5) if each.code == "autocorrelation" else each
        for each in result.parts
    )
    found = violations(problem, replace(result, parts=parts))
    assert "autocorrelation is not the likeliest" in found


def test_long_series_are_checked_in_general_only():
    problem = series(size=450, start=200, errors="independent")
    assert violations(problem, solve(problem)) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"values": (1.0, 2.0)}, "too_few"),
        ({"values": (1.0,) * 60}, "no_variation"),
        ({"values": (1.0, 2.0) * 10_001}, "too_many"),
        ({"start": 3}, "bad_start"),
        ({"start": 58}, "bad_start"),
        ({"estimand": "leap"}, "bad_choice"),
        ({"season": "monsoon"}, "bad_choice"),
        ({"errors": "none"}, "bad_choice"),
        ({"estimand": "slope", "slope_change": False}, "bad_choice"),
        ({"season": "dummies", "season_length": 1}, "bad_range"),
        ({"season": "harmonics", "harmonics": 7}, "bad_range"),
        ({"season": "dummies", "season_length": 58}, "too_few"),
        ({"lags": 60}, "bad_range"),
    ],
)
def test_series_that_do_not_fit_are_refused(changes, code):
    with pytest.raises(ProblemError) as caught:
        replace(series(), **changes)
    assert caught.value.code == code


def test_a_perfectly_straight_course_is_refused():
    problem = SeriesProblem(tuple(float(n) for n in range(20)), 10)
    with pytest.raises(ProblemError) as caught:
        solve(problem)
    assert caught.value.code == "no_variation"


def test_freedom_is_halved_where_the_likelihood_has_no_top():
    problem = series(rho=-0.5)
    rows, weights = model_of(problem).rows, weights_of(problem, "level")
    freedoms = [satterthwaite(*rows, rho / 100, 56, weights) for rho in range(-90, 99, 4)]
    assert 28 in freedoms
    assert all(1 <= freedom <= 56 for freedom in freedoms)
