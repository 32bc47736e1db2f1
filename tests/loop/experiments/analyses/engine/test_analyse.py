from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from vuoksi.loop.experiments.analyses.engine import (
    Interval,
    Problem,
    ProblemError,
    rule_outcome,
    solve,
    violations,
)

# Extra hours of sleep of ten patients under two drugs (Student 1908, doi:10.2307/2331554).
FIRST_DRUG = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND_DRUG = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)
# The published interval of the two-sample analysis is that of first minus second drug.
PAIRED = Problem("before_after_paired", FIRST_DRUG, SECOND_DRUG)
GROUPS = Problem("two_groups", SECOND_DRUG, FIRST_DRUG)


def test_students_sleep_data_as_pairs():
    result = solve(PAIRED)
    assert violations(PAIRED, result) == ()
    assert round(result.effect, 2) == 1.58
    assert (round(result.interval.low, 3), round(result.interval.high, 3)) == (0.700, 2.460)
    assert (round(result.t, 4), result.degrees_of_freedom) == (4.0621, 9)
    assert round(result.p_value, 6) == 0.002833


@pytest.mark.parametrize(
    ("minimum", "outcome"), [(0.5, "scale"), (1.0, "inconclusive"), (3.0, "stop")]
)
def test_the_example_of_the_documentation(minimum, outcome):
    problem = replace(PAIRED, minimum_effect=minimum)
    assert solve(problem).rule_outcome == outcome


def test_students_sleep_data_as_two_groups():
    result = solve(GROUPS)
    assert violations(GROUPS, result) == ()
    assert (round(result.interval.low, 3), round(result.interval.high, 3)) == (-3.365, 0.205)
    assert (round(result.t, 4), round(result.degrees_of_freedom, 3)) == (-1.8608, 17.776)
    assert round(result.p_value, 5) == 0.07939


def test_before_and_after_on_other_units_is_computed_like_two_groups():
    result = solve(Problem("before_after", SECOND_DRUG, FIRST_DRUG))
    assert result.interval == solve(GROUPS).interval
    assert result.cautions == ("no_comparison_group", "one_unit_could_decide")
    assert solve(GROUPS).cautions == ("one_unit_could_decide",)


def test_two_other_libraries_agree():
    random = np.random.default_rng(7)
    reference, treatment = random.gamma(2, 3, 40), random.gamma(2, 4, 25)
    result = solve(Problem("two_groups", tuple(reference), tuple(treatment), confidence=0.9))
    welch = CompareMeans(DescrStatsW(treatment), DescrStatsW(reference))
    interval = welch.tconfint_diff(alpha=0.1, usevar="unequal")
    assert (result.interval.low, result.interval.high) == pytest.approx(interval)
    t, p_value, freedom = welch.ttest_ind(usevar="unequal")
    assert (result.t, result.p_value, result.degrees_of_freedom) == pytest.approx(
        (t, p_value, freedom)
    )


def test_the_bootstrap_agrees_with_another_library():
    random = np.random.default_rng(7)
    reference, treatment = random.gamma(2, 3, 40), random.gamma(2, 4, 25)
    result = solve(Problem("two_groups", tuple(reference), tuple(treatment)), seed=1)
    other = stats.bootstrap(
        (treatment, reference),
        lambda one, two, axis: one.mean(axis=axis) - two.mean(axis=axis),
        vectorized=True,
        rng=np.random.default_rng(2),
    ).confidence_interval
    assert (result.bootstrap.low, result.bootstrap.high) == pytest.approx(tuple(other), abs=0.15)
    assert result.resamples == 9_999


def test_standardised_follows_its_formula():
    deviation = np.sqrt((np.var(FIRST_DRUG, ddof=1) + np.var(SECOND_DRUG, ddof=1)) / 2)
    # 1 - 3/(4 df - 1) is Hedges' own approximation of the exact correction used here.
    assert solve(PAIRED).standardised == pytest.approx(1.58 / deviation * (1 - 3 / 35), rel=1e-3)
    assert solve(GROUPS).standardised == pytest.approx(-1.58 / deviation * (1 - 3 / 71), rel=1e-3)


def test_two_pairs_have_no_standardised():
    problem = Problem("before_after_paired", (1, 2), (3, 5))
    result = solve(problem)
    assert violations(problem, result) == ()
    assert result.standardised is None
    assert result.cautions == ("no_comparison_group", "small_sample")


def test_the_relative_effect_needs_a_positive_start():
    assert solve(PAIRED).relative_effect == pytest.approx(1.58 / 0.75)
    negative = Problem("before_after_paired", (-3, -1, -2), (0, 1, 3))
    assert solve(negative).relative_effect is None
    assert violations(negative, solve(negative)) == ()


@pytest.mark.parametrize(
    ("better", "minimum", "stop", "interval", "outcome"),
    [
        ("up", None, None, (1, 2), "no_rule"),
        ("up", 0.9, None, (1, 2), "scale"),
        ("up", 1.0, None, (1, 2), "inconclusive"),
        ("up", 2.0, None, (1, 2), "inconclusive"),
        ("up", 2.1, None, (1, 2), "stop"),
        ("up", 2.1, 1.9, (1, 2), "inconclusive"),
        ("up", 3.0, 2.1, (1, 2), "stop"),
        ("down", 0.9, None, (-2, -1), "scale"),
        ("down", 0.9, None, (1, 2), "stop"),
        ("down", 0.0, None, (-2, 1), "inconclusive"),
        ("up", -0.5, None, (-0.4, 0.4), "scale"),
        ("up", 0.0, None, (0.0, 0.0), "inconclusive"),
    ],
)
def test_the_rule_decides_by_the_whole_interval(better, minimum, stop, interval, outcome):
    problem = Problem(
        "two_groups", (1, 2), (3, 4), better=better, minimum_effect=minimum, stop_effect=stop
    )
    assert rule_outcome(problem, Interval(*interval)) == outcome


def test_a_bootstrap_that_would_decide_otherwise_is_told():
    skewed = (0.0,) * 11 + (0.2, 0.4, 9.0)
    problem = Problem("two_groups", (0.0, 0.1) * 7, skewed, minimum_effect=-0.35)
    result = solve(problem)
    assert violations(problem, result) == ()
    assert result.rule_outcome == "inconclusive"
    assert result.cautions == ("intervals_disagree", "one_unit_could_decide")
    assert result.bootstrap.low > -0.35 > result.interval.low


def test_the_same_seed_gives_the_same_result():
    assert solve(PAIRED, seed=3) == solve(PAIRED, seed=3)
    assert solve(PAIRED, seed=3).bootstrap != solve(PAIRED, seed=4).bootstrap


def test_progress_is_told_and_the_work_can_be_stopped():
    told = []
    result = solve(
        PAIRED, stop=lambda done: done >= 1_000, progress=lambda *done: told.append(done)
    )
    assert told == [(500, 9_999), (1_000, 9_999)]
    assert (result.resamples, result.bootstrap is None) == (1_000, False)
    assert result.cautions == ("no_comparison_group", "bootstrap_stopped_early")
    assert violations(PAIRED, result) == ()


def test_an_analysis_stopped_at_once_has_all_but_the_bootstrap():
    result = solve(PAIRED, stop=lambda done: True)
    assert (result.bootstrap, result.resamples) == (None, 0)
    assert result.interval == solve(PAIRED).interval
    assert violations(PAIRED, result) == ()


def test_large_samples_are_resampled_in_small_batches():
    told = []
    values = tuple(float(n % 97) for n in range(150_000))
    problem = Problem("two_groups", values, values[::2])
    solve(problem, stop=lambda done: done >= 8, progress=lambda done, planned: told.append(done))
    assert told == [4, 8]


NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    ("arguments", "more", "code"),
    [
        (("after_before", (1, 2), (3, 4)), {}, "unknown_design"),
        (("two_groups", (1, 2), (3, 4)), {"better": "sideways"}, "unknown_direction"),
        (("two_groups", (1, 2), (3, 4)), {"better": "up", "confidence": 0.49}, "bad_confidence"),
        (("two_groups", (1, 2), (3, 4)), {"better": "up", "confidence": 0.9991}, "bad_confidence"),
        (("two_groups", (1, 2), (3, 4)), {"better": "up", "confidence": NAN}, "bad_confidence"),
        (
            ("two_groups", (1, 2), (3, 4)),
            {"better": "up", "confidence": 0.95, "minimum_effect": NAN},
            "bad_rule",
        ),
        (
            ("two_groups", (1, 2), (3, 4)),
            {"better": "up", "confidence": 0.95, "minimum_effect": 1.0, "stop_effect": INFINITE},
            "bad_rule",
        ),
        (
            ("two_groups", (1, 2), (3, 4)),
            {"better": "up", "confidence": 0.95, "minimum_effect": 1.0, "stop_effect": 1.1},
            "bad_rule",
        ),
        (
            ("two_groups", (1, 2), (3, 4)),
            {"better": "up", "confidence": 0.95, "minimum_effect": None, "stop_effect": 1.0},
            "bad_rule",
        ),
        (("two_groups", (1,), (3, 4)), {}, "too_few"),
        (("two_groups", (1, 2), ()), {}, "too_few"),
        (("two_groups", (1, 2), (1, 2) * 500_001), {}, "too_many"),
        (("two_groups", (1, NAN), (3, 4)), {}, "not_a_number"),
        (("two_groups", (1, 2), (3, -INFINITE)), {}, "not_a_number"),
        (("two_groups", (1, 2), (3, 1e61)), {}, "not_a_number"),
        (("before_after_paired", (1, 2), (3, 4, 5)), {}, "unequal_pairs"),
        (("before_after_paired", (1, 2), (3, 4)), {}, "no_variation"),
        (("before_after_paired", (0.1, 0.2), (0.3, 0.4)), {}, "no_variation"),
        (("two_groups", (1, 1), (2, 2, 2)), {}, "no_variation"),
    ],
)
def test_data_that_cannot_be_analysed_is_refused(arguments, more, code):
    with pytest.raises(ProblemError) as caught:
        Problem(*arguments, **more)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


def test_one_constant_group_can_be_analysed():
    problem = Problem("two_groups", (0.1, 0.1, 0.1), (0.2, 0.3, 0.4))
    result = solve(problem)
    assert violations(problem, result) == ()
    assert result.degrees_of_freedom == pytest.approx(2)
