"""Shares, matched pairs, adjusted groups, and what stands beside two averages."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from vuoksi.loop.experiments.analyses.engine import Problem, ProblemError, solve, violations
from vuoksi.loop.experiments.analyses.engine.analyse.inference import estimate
from vuoksi.loop.experiments.analyses.engine.analyse.regression import least_squares
from vuoksi.loop.experiments.analyses.engine.analyse.shares import wilson

FIRST_DRUG = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND_DRUG = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)


def shares(yes, of):
    return (1.0,) * yes + (0.0,) * (of - yes)


def variant(result, code):
    return next(each for each in result.variants if each.code == code)


# Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, table II.
@pytest.mark.parametrize(
    ("treatment", "reference", "interval"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
    ],
)
def test_newcombes_published_intervals_of_two_shares(treatment, reference, interval):
    problem = Problem("two_groups", shares(*reference), shares(*treatment), kind="share")
    result = solve(problem)
    assert violations(problem, result) == ()
    assert (result.interval.low, result.interval.high) == pytest.approx(interval, abs=6e-5)


def test_another_library_agrees_on_two_shares():
    problem = Problem("two_groups", shares(21, 60), shares(33, 55), kind="share", confidence=0.9)
    result = solve(problem)
    other = confint_proportions_2indep(33, 55, 21, 60, method="newcomb", alpha=0.1)
    assert (result.interval.low, result.interval.high) == pytest.approx(other)
    assert result.p_value == pytest.approx(
        stats.chi2_contingency([[33, 22], [21, 39]], correction=False).pvalue
    )
    assert (result.method, result.bootstrap, result.cautions) == ("shares", None, ())
    assert wilson(0.3, 20, 1.959964) == pytest.approx(
        proportion_confint(6, 20, method="wilson"), rel=1e-6
    )


def paired_shares(both, gained, lost, neither):
    treatment = (1.0,) * (both + gained) + (0.0,) * (lost + neither)
    reference = (1.0,) * both + (0.0,) * gained + (1.0,) * lost + (0.0,) * neither
    return Problem("before_after_paired", reference, treatment, kind="share")


def test_newcombes_published_interval_of_paired_shares_and_mcnemars_test():
    # doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C, example (36, 12, 2, 0).
    problem = paired_shares(36, 12, 2, 0)
    result = solve(problem)
    assert violations(problem, result) == ()
    assert (result.interval.low, result.interval.high) == pytest.approx((0.0569, 0.3404), abs=6e-5)
    assert result.p_value == pytest.approx(stats.binomtest(2, 14).pvalue)


@pytest.mark.parametrize(
    "problem",
    [
        paired_shares(5, 0, 0, 5),
        paired_shares(10, 0, 0, 0),
        paired_shares(2, 3, 4, 11),
        paired_shares(20, 1, 9, 30),
        Problem("two_groups", shares(0, 12), shares(0, 9), kind="share"),
        Problem("before_after", shares(12, 12), shares(4, 9), kind="share", minimum_effect=0.1),
    ],
)
def test_the_checker_accepts_shares(problem):
    assert violations(problem, solve(problem)) == ()


def test_a_matched_pair_has_a_comparison():
    problem = Problem("matched_pairs", FIRST_DRUG, SECOND_DRUG)
    result = solve(problem)
    assert violations(problem, result) == ()
    assert result.t == solve(replace(problem, design="before_after_paired")).t
    assert result.cautions == ()


def adjusted(**more):
    random = np.random.default_rng(4)
    before = random.normal(50, 10, 40)
    after = 10 + 0.8 * before + random.normal(0, 4, 40)
    after[20:] += 3
    district = tuple("abab" * 10)
    return Problem(
        "two_groups",
        tuple(after[:20].tolist()),
        tuple(after[20:].tolist()),
        baseline_reference=tuple(before[:20].tolist()),
        baseline_treatment=tuple(before[20:].tolist()),
        strata_reference=district[:20],
        strata_treatment=district[20:],
        **more,
    )


def test_another_library_agrees_on_adjusted_groups():
    problem = adjusted()
    result = solve(problem)
    assert violations(problem, result) == ()
    values = [*problem.reference, *problem.treatment]
    baseline = [*problem.baseline_reference, *problem.baseline_treatment]
    stratum = [float(name == "b") for name in "abab" * 10]
    design = np.column_stack([[0.0] * 20 + [1.0] * 20, baseline, stratum, np.ones(40)])
    fit = sm.OLS(values, design).fit()
    assert (result.effect, result.standard_error, result.p_value) == pytest.approx(
        (fit.params[0], fit.bse[0], fit.pvalues[0])
    )
    assert tuple(fit.conf_int()[0]) == pytest.approx((result.interval.low, result.interval.high))
    robust = variant(result, "robust_errors").interval
    assert (robust.low, robust.high) == pytest.approx(
        tuple(fit.get_robustcov_results("HC3", use_t=True).conf_int()[0])
    )
    unadjusted = stats.ttest_ind(problem.treatment, problem.reference, equal_var=False)
    assert variant(result, "unadjusted").p_value == pytest.approx(unadjusted.pvalue)
    assert result.standard_error < solve(replace(
        problem, baseline_reference=(), baseline_treatment=(), strata_reference=(),
        strata_treatment=(),
    )).standard_error  # fmt: skip
    assert [check.code for check in result.checks] == ["normal_shape", "equal_slopes"]


def test_groups_are_adjusted_for_strata_alone():
    problem = replace(adjusted(), baseline_reference=(), baseline_treatment=())
    result = solve(problem)
    assert violations(problem, result) == ()
    assert [check.code for check in result.checks] == ["normal_shape"]


def test_too_many_strata_are_refused():
    problem = Problem(
        "two_groups", (1, 2), (3, 5), strata_reference=("a", "b"), strata_treatment=("a", "c")
    )
    with pytest.raises(ProblemError) as caught:
        solve(problem)
    assert caught.value.code == "too_few"


def test_a_baseline_that_says_nothing_is_refused():
    problem = Problem(
        "two_groups",
        (1, 2, 4),
        (3, 5, 4),
        baseline_reference=(1, 1, 1),
        baseline_treatment=(1,) * 3,
    )
    with pytest.raises(ProblemError) as caught:
        solve(problem)
    assert caught.value.code == "not_identified"


def test_trimmed_means_and_ranks_agree_with_another_library():
    random = np.random.default_rng(9)
    one, two = random.gamma(2, 3, 31).round(1), random.gamma(2, 4, 24).round(1)
    result = solve(Problem("two_groups", tuple(one.tolist()), tuple(two.tolist())))
    trimmed = stats.ttest_ind(two, one, equal_var=False, trim=0.2)
    assert variant(result, "trimmed").p_value == pytest.approx(trimmed.pvalue)
    interval = variant(result, "trimmed").interval
    assert (interval.low, interval.high) == pytest.approx(tuple(trimmed.confidence_interval()))
    ranks = variant(result, "ranks")
    assert ranks.p_value == pytest.approx(stats.mannwhitneyu(two, one, method="asymptotic").pvalue)
    assert ranks.effect == pytest.approx(np.median(two[:, None] - one[None, :]))
    assert ranks.interval.low < ranks.effect < ranks.interval.high


def test_the_published_rank_test_of_the_sleep_data():
    # R's own example: wilcox.test(extra ~ group, paired = TRUE) gives p = 0.009091.
    result = solve(Problem("before_after_paired", FIRST_DRUG, SECOND_DRUG))
    assert round(variant(result, "ranks").p_value, 6) == 0.009091
    assert variant(result, "leave_one_out_least").effect == pytest.approx((15.8 - 4.6) / 9)
    assert variant(result, "leave_one_out_most").effect == pytest.approx(15.8 / 9)


def test_ranks_without_any_difference():
    result = solve(Problem("two_groups", (1.0, 2.0), (1.0, 2.0)))
    assert (variant(result, "ranks").p_value, variant(result, "ranks").effect) == (1.0, 0.0)
    assert variant(result, "ranks").interval is None


@pytest.mark.parametrize("design", ["two_groups", "before_after_paired"])
def test_what_is_missing_could_decide(design):
    problem = Problem(
        design, (1.0, 2.0, 1.5, 2.5) * 5, (2.1, 3.2, 2.4, 3.3) * 5, missing_treatment=6,
        lowest=0.0, highest=5.0,
    )  # fmt: skip
    result = solve(problem)
    assert violations(problem, result) == ()
    assert "missing_could_decide" in result.cautions
    least, most = (variant(result, f"missing_{end}") for end in ("least", "most"))
    assert least.effect < result.effect < most.effect
    assert variant(result, "missing_tipping").effect == pytest.approx(-result.interval.low * 26 / 6)
    few = solve(replace(problem, missing_treatment=1))
    assert "missing_could_decide" not in few.cautions


def test_missing_shares_have_their_own_bounds():
    problem = Problem("two_groups", shares(4, 10), shares(6, 10), kind="share",
                      missing_reference=10, missing_treatment=10)  # fmt: skip
    result = solve(problem)
    assert variant(result, "missing_least").effect == pytest.approx(6 / 20 - 14 / 20)
    assert variant(result, "missing_most").effect == pytest.approx(16 / 20 - 4 / 20)
    assert [each.code for each in result.variants] == ["missing_least", "missing_most"]


def test_a_shape_far_from_normal_is_told_for_few_values():
    skewed = (1.0,) * 12 + (40.0,)
    checks = solve(Problem("two_groups", skewed, (*skewed[:-1], 41.0))).checks
    assert [(check.code, check.standing) for check in checks] == [("normal_shape", "doubtful")]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "colour"}, "bad_choice"),
        ({"assignment": "whim"}, "bad_choice"),
        ({"kind": "share"}, "bad_share"),
        ({"baseline_reference": (1.0, 2.0)}, "unequal_lengths"),
        ({"strata_reference": ("a",), "strata_treatment": ("a", "b")}, "unequal_lengths"),
        ({"design": "before_after", "baseline_reference": (1.0, 2.0)}, "bad_groups"),
        ({"baseline_reference": (1.0, float("nan")), "baseline_treatment": (1.0, 2.0)}, "not_a_number"),
        ({"missing_reference": -1}, "bad_range"),
        ({"lowest": 0.0}, "bad_range"),
        ({"lowest": 2.5, "highest": 9.0}, "bad_range"),
        ({"lowest": 0.0, "highest": float("inf")}, "bad_range"),
    ],
)  # fmt: skip
def test_two_sides_that_do_not_fit_are_refused(more, code):
    arguments = {"design": "two_groups", "reference": (1, 2), "treatment": (3, 4), **more}
    with pytest.raises(ProblemError) as caught:
        Problem(**arguments)
    assert caught.value.code == code


def test_an_effect_without_error_has_no_interval():
    bare = estimate("x", 1.0, 0.0, None, 0.95)
    assert (bare.effect, bare.interval, bare.p_value) == (1.0, None, None)


def test_an_empty_column_cannot_be_fitted():
    with pytest.raises(ProblemError):
        least_squares(np.ones(3), np.zeros((3, 1)))


def test_wrong_shares_are_found_out():
    problem = Problem("two_groups", shares(4, 10), shares(6, 10), kind="share")
    result = solve(problem)
    assert violations(problem, replace(result, n_reference=9)) == ("numbers of units are wrong",)
    assert "p_value is wrong" in violations(problem, replace(result, p_value=0.9))


def test_large_adjusted_groups_are_checked_in_general_only():
    small = adjusted()
    problem = replace(
        small,
        reference=small.reference * 12, treatment=small.treatment * 12,
        baseline_reference=small.baseline_reference * 12,
        baseline_treatment=small.baseline_treatment * 12,
        strata_reference=small.strata_reference * 12, strata_treatment=small.strata_treatment * 12,
    )  # fmt: skip
    assert violations(problem, solve(problem)) == ()
