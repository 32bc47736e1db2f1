"""Counts: rates of two sides, of pairs, and over time."""

import math
from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from vuoksi.loop.experiments.analyses.engine import (
    Problem,
    ProblemError,
    SeriesProblem,
    english,
    explain,
    explain_firmness,
    solve,
    violations,
)
from vuoksi.loop.experiments.analyses.engine.analyse import rates, series_model
from vuoksi.loop.experiments.analyses.engine.analyse.series_model import design_of
from vuoksi.loop.experiments.analyses.engine.peeking import LookProblem, always_valid_p, look

BEFORE = (3.0, 8.0, 0.0, 5.0, 4.0, 11.0, 2.0, 6.0, 1.0, 7.0)
AFTER = (5.0, 9.0, 2.0, 8.0, 3.0, 14.0, 6.0, 6.0, 0.0, 12.0)
DAYS = (2.0, 3.0, 1.0, 2.0, 1.5, 4.0, 1.0, 2.0, 1.0, 3.0)


def groups(design="two_groups", **more):
    given = {"exposure_reference": DAYS, "exposure_treatment": DAYS[::-1], "kind": "count", **more}
    return Problem(design, BEFORE, AFTER, **given)


def monthly(**more):
    random = np.random.default_rng(5)
    time = np.arange(60)
    over = 1000 + 10.0 * time
    after = time >= 36
    expected = over * np.exp(-3 + 0.005 * time - 0.2 * after + 0.2 * np.sin(np.pi * time / 6))
    # More uneven than by pure chance: the expected number varies as well.
    counts = random.poisson(expected * random.gamma(20, 1 / 20, 60))
    given = {"kind": "count", "exposure": tuple(over.tolist()), "season": "harmonics", **more}
    return SeriesProblem(tuple(counts.astype(float).tolist()), 36, **given)


def found(result, code, among="parts"):
    return next(each for each in getattr(result, among) if each.code == code)


def ends(estimate):
    return estimate.effect, estimate.interval.low, estimate.interval.high


def fitted(values, design, over, **more):
    model = sm.GLM(np.array(values), design, family=sm.families.Poisson(), offset=np.log(over))
    return model.fit(tol=1e-12, **more)


@pytest.mark.parametrize(("dispersion", "scale"), [("poisson", 1.0), ("estimated", "X2")])
def test_two_rates_agree_with_the_regression_of_another_library(dispersion, scale):
    problem = groups(dispersion=dispersion)
    result = solve(problem)
    assert violations(problem, result) == ()
    design = np.column_stack([np.repeat([0.0, 1.0], 10), np.ones(20)])
    fit = fitted((*BEFORE, *AFTER), design, (*DAYS, *DAYS[::-1]), scale=scale)
    assert found(result, "rate_ratio").effect == pytest.approx(math.exp(fit.params[0]))
    assert result.effect == pytest.approx(100 * (math.exp(fit.params[0]) - 1))
    assert result.standard_error == pytest.approx(fit.bse[0])
    assert found(result, "dispersion").effect == pytest.approx(fit.pearson_chi2 / 18)
    assert result.degrees_of_freedom == (None if dispersion == "poisson" else 18)
    assert result.relative_effect == pytest.approx(result.effect / 100)


def test_an_error_for_units_that_vary_in_any_way_agrees_with_another_library():
    # Of equal sides, the sandwich of the whole regression times n / (n - 1) of a side.
    result = solve(groups(exposure_reference=(), exposure_treatment=()))
    design = np.column_stack([np.repeat([0.0, 1.0], 10), np.ones(20)])
    fit = fitted((*BEFORE, *AFTER), design, np.ones(20), cov_type="HC0")
    robust = found(result, "robust_errors", "variants")
    freedom = rates.rates_of(groups(exposure_reference=(), exposure_treatment=())).robust_freedom
    low = fit.params[0] - abs(
        sm.stats.stattools.stats.t.ppf(0.025, freedom) * fit.bse[0] * math.sqrt(10 / 9)
    )
    assert robust.interval.low == pytest.approx(100 * (math.exp(low) - 1))


@pytest.mark.parametrize("dispersion", ["estimated", "poisson"])
def test_pairs_agree_with_a_regression_in_which_each_pair_has_its_level(dispersion):
    problem = groups("before_after_paired", dispersion=dispersion)
    result = solve(problem)
    assert violations(problem, result) == ()
    pairs = np.tile(np.eye(10), (2, 1))
    design = np.column_stack([np.repeat([0.0, 1.0], 10), pairs])
    fit = fitted((*BEFORE, *AFTER), design, (*DAYS, *DAYS[::-1]))
    assert found(result, "rate_ratio").effect == pytest.approx(math.exp(fit.params[0]))
    assert found(result, "dispersion").effect == pytest.approx(fit.pearson_chi2 / 9)
    if dispersion == "poisson":
        assert result.standard_error == pytest.approx(fit.bse[0])
    else:
        # The sandwich by pair, each pair's part as large as it is before it has drawn the ratio to itself.
        sides = np.array([BEFORE, AFTER]), np.array([DAYS, DAYS[::-1]])
        shares = sides[1][1] * math.exp(fit.params[0])
        part = shares / (shares + sides[1][0])
        sums = sides[0].sum(axis=0)
        information = sums * part * (1 - part)
        rests = sides[0][1] - sums * part
        square = (rests**2 / (1 - information / information.sum())).sum() / information.sum() ** 2
        assert result.standard_error == pytest.approx(math.sqrt(square))
    assert result.method == "paired_rates"


def test_pairs_in_which_nothing_was_counted_say_nothing():
    problem = groups("matched_pairs", exposure_reference=(), exposure_treatment=())
    more = replace(problem, reference=(*BEFORE, 0.0), treatment=(*AFTER, 0.0))
    assert violations(more, solve(more)) == ()
    assert solve(more).interval == solve(problem).interval


@pytest.mark.parametrize("slope_change", [True, False])
@pytest.mark.parametrize(("dispersion", "scale"), [("poisson", 1.0), ("estimated", "X2")])
def test_a_series_agrees_with_the_regression_of_another_library(dispersion, scale, slope_change):
    problem = monthly(errors="independent", dispersion=dispersion, slope_change=slope_change)
    result = solve(problem)
    assert violations(problem, result) == ()
    fit = fitted(problem.values, design_of(problem), problem.exposure, scale=scale)
    assert found(result, "rate_ratio").effect == pytest.approx(math.exp(fit.params[0]))
    assert result.standard_error == pytest.approx(fit.bse[0])
    assert result.p_value == pytest.approx(
        fit.pvalues[0] if dispersion == "poisson" else result.p_value
    )


def test_newey_wests_error_of_counts_agrees_with_another_library():
    problem = monthly(errors="newey_west", lags=3)
    result = solve(problem)
    assert violations(problem, result) == ()
    fit = fitted(
        problem.values, design_of(problem), problem.exposure, cov_type="HAC",
        cov_kwds={"maxlags": 3, "use_correction": True},
    )  # fmt: skip
    assert result.standard_error == pytest.approx(fit.bse[0])


@pytest.mark.parametrize("estimand", ["level", "average", "slope"])
def test_counts_that_hang_together_over_time(estimand):
    problem = monthly(estimand=estimand, minimum_effect=5.0, better="down")
    result = solve(problem)
    assert violations(problem, result) == ()
    assert result.method == "rates_ar1"
    assert found(result, "rate_ratio").effect == pytest.approx(1 + result.effect / 100)
    assert result.mean_treatment / result.mean_reference == pytest.approx(
        1 + found(result, "average").effect / 100
    )
    assert {each.code for each in result.variants} >= {"newey_west", "placebo"}


def test_rates_are_told_in_percent():
    problem = groups(minimum_effect=10.0, missing_treatment=1, lowest=0.0, highest=20.0)
    result = solve(problem)
    said = [english(each) for each in (*explain(problem, result), *explain_firmness(result))]
    assert said[:4] == [
        "The average was 3.17 with the trial and 2.29 without it: a difference of 0.878, in the direction"
        " that was hoped for.",
        "That is 38.3 % of the average without the trial.",
        "With 95 % confidence the trial changed the rate by -37.6 % to 206 %; this includes no effect at all.",
        "The true effect may be an improvement of 10.0 % or more, and it may be one of 10.0 % or less: the"
        " rule does not decide, and more measurements are needed.",
    ]
    assert "Effects here are changes of the rate in percent." in said
    assert said[-1].startswith("Whatever the missing units would have shown, it lies between")


def test_the_course_of_a_rate_is_told_in_percent():
    said = [english(each) for each in explain(monthly(), solve(monthly()))]
    assert said[2].startswith("At the start the rate jumped by -")
    bent = monthly(estimand="slope")
    assert "more a period than it would have" in english(explain(bent, solve(bent))[2])


def test_missing_units_could_decide():
    problem = groups(
        "before_after_paired", exposure_reference=(), missing_treatment=8, lowest=0.0, highest=30.0
    )
    assert "missing_could_decide" in solve(problem).cautions
    many = groups(missing_reference=8, lowest=0.0, highest=30.0, exposure_treatment=())
    assert "missing_could_decide" in solve(many).cautions
    assert found(solve(many), "missing_least", "variants").effect < solve(many).effect


def test_without_single_units():
    effect = 100 * (sum(AFTER[1:]) / sum(DAYS[::-1][1:]) / (sum(BEFORE) / sum(DAYS)) - 1)
    result = solve(groups())
    least, most = (
        found(result, f"leave_one_out_{end}", "variants").effect for end in ("least", "most")
    )
    assert least <= effect <= most
    pairs = solve(groups("matched_pairs", exposure_reference=(), exposure_treatment=()))
    assert found(pairs, "leave_one_out_least", "variants").effect == pytest.approx(
        100
        * (
            min((65 - after) / (47 - before) for before, after in zip(BEFORE, AFTER, strict=True))
            - 1
        )
    )


def test_many_pairs_are_not_left_out_one_by_one(monkeypatch):
    monkeypatch.setattr(rates, "MOST_LEFT_OUT", 5)
    codes = {each.code for each in solve(groups("matched_pairs")).variants}
    assert "leave_one_out_least" not in codes


def test_the_only_pair_that_counts_cannot_be_left_out():
    problem = Problem("matched_pairs", (4.0, 0.0), (6.0, 0.0), kind="count", dispersion="poisson")
    result = solve(problem)
    assert violations(problem, result) == ()
    # Without the other pair it is the same; without this one there is no ratio.
    assert {each.effect for each in result.variants} == {result.effect}


def test_pairs_whose_exposures_lie_too_far_apart_are_refused():
    problem = Problem(
        "matched_pairs", (5.0, 3.0), (5.0, 4.0), kind="count", exposure_treatment=(1e60, 1e-60)
    )
    with pytest.raises(ProblemError) as caught:
        solve(problem)
    assert caught.value.code == "not_identified"


def test_a_series_that_does_not_settle_is_refused(monkeypatch):
    monkeypatch.setattr(series_model, "_MOST_ROUNDS", 1)
    with pytest.raises(ProblemError) as caught:
        solve(monthly())
    assert caught.value.code == "not_identified"


def test_a_second_error_that_leads_elsewhere_is_told():
    even = Problem(
        "two_groups", (20.0,) * 9 + (60.0,), (30.0,) * 10, kind="count", dispersion="poisson"
    )
    assert "intervals_disagree" in solve(even).cautions


def test_a_look_on_the_way_at_rates():
    random = np.random.default_rng(8)
    sides = [tuple(random.poisson(mean, 40).astype(float).tolist()) for mean in (4, 8)]
    so_far = Problem("two_groups", *sides, kind="count")
    seen = look(LookProblem(so_far, 60, 60))
    fit = rates.rates_of(so_far)
    low, high = (math.log1p(end / 100) for end in (seen.interval.low, seen.interval.high))
    assert (low + high) / 2 == pytest.approx(fit.ratio)
    assert high - low > 2 * 1.96 * math.sqrt(fit.robust)
    assert seen.p_value == pytest.approx(
        always_valid_p(fit.ratio / math.sqrt(fit.robust), 40 / 60, 0.95)
    )
    assert seen.is_clear
    early = look(LookProblem(groups(), 60, 60))
    assert (early.interval, early.effect) == (None, pytest.approx(solve(groups()).effect))


COUNTS = st.lists(st.integers(0, 12), min_size=2, max_size=9)


@settings(deadline=None, max_examples=60)
@given(
    COUNTS, COUNTS, st.sampled_from(["two_groups", "matched_pairs"]), st.booleans(), st.booleans()
)
def test_the_checker_accepts_every_ratio(reference, treatment, design, is_pure, is_timed):
    size = min(len(reference), len(treatment))
    reference, treatment = reference[:size], treatment[:size]
    assume(sum(reference) and sum(treatment))
    over = tuple(1.0 + n % 3 for n in range(size)) if is_timed else ()
    problem = Problem(
        design, tuple(map(float, reference)), tuple(map(float, treatment)), kind="count",
        dispersion="poisson" if is_pure else "estimated", exposure_treatment=over,
    )  # fmt: skip
    try:
        result = solve(problem)
    except ProblemError:
        reject()  # counts that do not vary around their rates
    assert violations(problem, result) == ()


def test_wrong_ratios_are_found_out():
    problem = groups()
    result = solve(problem)
    parts = tuple(
        replace(part, effect=9.0) if part.code == "dispersion" else part for part in result.parts
    )
    assert "effect is wrong" in violations(problem, replace(result, effect=result.effect + 1))
    assert "standard_error is wrong" in violations(problem, replace(result, standard_error=1.0))
    assert violations(problem, replace(result, parts=parts)) == ("dispersion is wrong",)
    assert "relative_effect is wrong" in violations(problem, replace(result, relative_effect=None))
    many = Problem("two_groups", BEFORE * 30, AFTER * 30, kind="count")
    assert violations(many, solve(many)) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reference": (1.5, 2.0)}, "bad_count"),
        ({"reference": (-1.0, 2.0)}, "bad_count"),
        ({"reference": (0.0,) * 10}, "no_events"),
        ({"exposure_reference": (1.0,)}, "unequal_lengths"),
        ({"exposure_reference": (0.0, *DAYS[1:])}, "bad_range"),
        ({"baseline_reference": BEFORE, "baseline_treatment": AFTER}, "bad_groups"),
        ({"kind": "value"}, "bad_choice"),
        ({"dispersion": "even"}, "bad_choice"),
        ({"reference": (1.0,), "exposure_reference": ()}, "too_few"),
    ],
)  # fmt: skip
def test_counts_that_do_not_fit_are_refused(changes, code):
    with pytest.raises(ProblemError) as caught:
        replace(groups(), **changes)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "value", "exposure": ()}, None),
        ({"kind": "value"}, "bad_choice"),
        ({"kind": "share"}, "bad_choice"),
        ({"dispersion": "poisson"}, "bad_choice"),
        ({"dispersion": "odd"}, "bad_choice"),
        ({"exposure": (1.0,)}, "unequal_lengths"),
        ({"values": tuple(n / 2 for n in range(60))}, "bad_count"),
        ({"values": (0.0,) * 36 + (1.0, 2.0) * 12}, "no_events"),
    ],
)
def test_series_of_counts_that_do_not_fit_are_refused(changes, code):
    if code is None:
        assert replace(monthly(), **changes).kind == "value"
        return
    with pytest.raises(ProblemError) as caught:
        replace(monthly(), **changes)
    assert caught.value.code == code


def test_counts_that_are_all_as_expected_have_no_error():
    with pytest.raises(ProblemError) as caught:
        solve(Problem("two_groups", (3.0, 3.0), (6.0, 6.0), kind="count"))
    assert caught.value.code == "no_variation"


def test_a_place_in_the_season_without_any_event_has_no_rate():
    values = tuple(0.0 if n % 4 == 1 else float(5 + n % 3) for n in range(40))
    problem = SeriesProblem(values, 20, kind="count", season="dummies", season_length=4)
    with pytest.raises(ProblemError) as caught:
        solve(problem)
    assert caught.value.code == "not_identified"
