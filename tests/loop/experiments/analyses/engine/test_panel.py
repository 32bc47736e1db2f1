"""Difference in differences."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from vuoksi.loop.experiments.analyses.engine import (
    Course,
    CoursesProblem,
    Interval,
    PanelProblem,
    ProblemError,
    english,
    explain,
    explain_firmness,
    solve,
    violations,
)
from vuoksi.loop.experiments.analyses.engine.analyse.panel_model import model_of


def panel(units=8, periods=6, start=3, effect=1.0, seed=1, drift=0.0, **more):
    random = np.random.default_rng(seed)
    rows = [(unit, period) for unit in range(units) for period in range(periods)]
    treated = tuple(unit < units // 2 for unit, _ in rows)
    values = [
        0.3 * unit
        + 0.2 * period
        + random.normal()
        + on * (effect * (period >= start) + drift * period)
        for (unit, period), on in zip(rows, treated, strict=True)
    ]
    names = tuple(f"u{unit}" for unit, _ in rows)
    times = tuple(period for _, period in rows)
    return PanelProblem(tuple(values), times, names, treated, start, **more)


def codes(estimates):
    return [each.code for each in estimates]


def test_two_periods_have_the_error_of_welchs_test_of_the_changes():
    problem = panel(units=13, periods=2, start=1)
    result = solve(problem)
    assert violations(problem, result) == ()
    changes = np.diff(np.reshape(problem.values, (13, 2)))[:, 0]
    welch = stats.ttest_ind(changes[:6], changes[6:], equal_var=False)
    # The freedom is that of the design; Welch's also follows how much each group happened to vary.
    assert result.t == pytest.approx(welch.statistic)
    assert min(6, 7) - 1 <= result.degrees_of_freedom <= 11
    assert (result.n_reference, result.n_treatment, result.n_clusters) == (7, 6, 13)


def test_the_effect_is_that_of_a_regression_with_all_levels():
    problem = panel()
    result = solve(problem)
    assert violations(problem, result) == ()
    units = np.array([[name == f"u{k}" for k in range(8)] for name in problem.units], dtype=float)
    times = np.array([[time == k for k in range(1, 6)] for time in problem.periods], dtype=float)
    on = np.array(problem.treated) & (np.array(problem.periods) >= 3)
    fit = sm.OLS(problem.values, np.column_stack([on.astype(float), units, times])).fit()
    assert result.effect == pytest.approx(fit.params[0])
    assert result.parts[0].effect - result.parts[1].effect == pytest.approx(result.effect)


def test_card_and_kruegers_published_effect():
    # Card & Krueger (1994), American Economic Review 84, table 3: full-time equivalents a store.
    problem = CoursesProblem(
        reference=Course(23.33, 21.17, 77, error_change=1.25),
        treatment=Course(20.44, 21.03, 319, error_change=0.54),
    )
    result = solve(problem)
    assert violations(problem, result) == ()
    assert result.effect == pytest.approx(2.76, abs=0.011)
    assert round(result.standard_error, 2) == 1.36
    assert [part.effect for part in result.parts] == pytest.approx([0.59, -2.16])
    assert (result.n_reference, result.n_treatment, result.cautions) == (77, 319, ())


def test_published_means_of_different_people():
    course = Course(10, 12, 40, error_before=0.3, error_after=0.4)
    problem = CoursesProblem(reference=course, treatment=replace(course, after=15, n=6))
    result = solve(problem)
    assert violations(problem, result) == ()
    assert (result.effect, result.standard_error) == pytest.approx((3, 0.5 * 2**0.5))
    assert result.cautions == ("small_sample",)


def test_repeated_groups_of_other_people():
    random = np.random.default_rng(3)
    rows = [(school, time) for school in range(10) for time in (0, 1) for _ in range(7)]
    treated = tuple(school % 2 == 0 for school, _ in rows)
    values = tuple(
        float(random.normal() + 0.4 * school + on * time)
        for (school, time), on in zip(rows, treated, strict=True)
    )
    problem = PanelProblem(
        values, tuple(time for _, time in rows), tuple(f"p{n}" for n in range(len(rows))),
        treated, 1, clusters=tuple(f"s{school}" for school, _ in rows), same_units=False,
    )  # fmt: skip
    result = solve(problem)
    assert violations(problem, result) == ()
    assert (result.method, result.n_clusters, result.n_left_out) == ("repeated_groups", 10, 0)
    cells = np.reshape(values, (10, 2, 7)).mean(axis=2)
    changes = cells[:, 1] - cells[:, 0]
    assert result.effect == pytest.approx(changes[::2].mean() - changes[1::2].mean())


def test_units_that_were_seen_on_one_side_only_are_left_out_and_counted():
    whole = panel()
    problem = replace(
        whole,
        values=(*whole.values, 9.0, 9.5), periods=(*whole.periods, 0, 4),
        units=(*whole.units, "early", "late"), treated=(*whole.treated, True, False),
    )  # fmt: skip
    result = solve(problem)
    assert violations(problem, result) == ()
    assert result.n_left_out == 2
    assert result.effect == pytest.approx(solve(whole).effect)


def test_clusters_of_units_and_an_unbalanced_panel():
    whole = panel(units=24, periods=5, start=2)
    kept = [place for place in range(len(whole.values)) if place % 11]
    problem = replace(
        whole,
        values=tuple(whole.values[place] for place in kept),
        periods=tuple(whole.periods[place] for place in kept),
        units=tuple(whole.units[place] for place in kept),
        treated=tuple(whole.treated[place] for place in kept),
        clusters=tuple(f"c{int(whole.units[place][1:]) // 3}" for place in kept),
    )
    result = solve(problem)
    assert violations(problem, result) == ()
    assert (result.n_clusters, "few_clusters" in result.cautions) == (8, True)


def test_trends_that_differ_before_the_start_are_told():
    result = solve(panel(units=30, periods=8, start=6, effect=0.0, drift=1.0))
    assert "trends_differ" in result.cautions
    assert [(check.code, check.standing) for check in result.checks] == [
        ("parallel_trends", "doubtful"), ("enough_clusters", "holds"),
    ]  # fmt: skip
    assert codes(result.variants) == ["placebo", "leave_one_out_least", "leave_one_out_most"]
    placebo = result.variants[0]
    assert placebo.interval.low > 0
    assert (result.bootstrap, result.resamples) == (None, 0)


def test_one_period_before_allows_no_placebo():
    result = solve(panel(periods=3, start=1))
    assert codes(result.variants) == ["wild_bootstrap", "leave_one_out_least", "leave_one_out_most"]
    assert codes(result.checks) == ["enough_clusters"]


def test_few_clusters_get_a_second_opinion_that_is_reproducible():
    problem = panel(units=14)
    result = solve(problem, seed=5)
    assert result == solve(problem, seed=5)
    assert result.resamples == 1_999
    assert result.bootstrap.low < result.effect < result.bootstrap.high
    width = result.bootstrap.high - result.bootstrap.low
    assert width == pytest.approx(result.interval.high - result.interval.low, rel=0.25)
    assert "few_clusters" not in result.cautions


def test_the_wild_bootstrap_tells_progress_and_can_be_left_out():
    told = []
    solve(panel(), progress=lambda *done: told.append(done))
    assert told == [(1_999, 1_999)]
    result = solve(panel(), stop=lambda done: True)
    assert (result.bootstrap, result.resamples) == (None, 0)
    assert "bootstrap_stopped_early" in result.cautions


def test_a_stopped_panel_is_not_fitted_without_each_cluster():
    asked = []

    def stop(done):
        asked.append(done)
        return len(asked) > 3

    whole, cut = solve(panel()), solve(panel(), stop=stop)
    assert {each.code for each in whole.variants} >= {"placebo", "leave_one_out_most"}
    assert "leave_one_out_most" not in {each.code for each in cut.variants}
    assert len(asked) == 4
    bare = solve(panel(), stop=lambda done: True)
    assert (bare.variants, bare.effect) == ((), whole.effect)


def test_four_clusters_cannot_rule_out_anything_and_it_is_told():
    result = solve(panel(units=4, periods=4, start=2, effect=9.0, confidence=0.999))
    assert result.cautions == ("small_sample", "intervals_disagree", "few_clusters")
    assert (result.bootstrap, result.resamples) == (None, 1_999)


def test_a_panel_is_told_in_plain_sentences():
    problem = panel(units=12, minimum_effect=0.2)
    result = replace(
        solve(problem), mean_reference=4.0, mean_treatment=5.0, effect=1.0, relative_effect=0.25,
        interval=Interval(0.5, 1.5), rule_outcome="scale", cautions=("few_clusters",),
    )  # fmt: skip
    said = [english(sentence) for sentence in explain(problem, result)]
    assert said[0] == (
        "With the trial the average was 5.00; without it 4.00 would have been expected: a difference"
        " of 1.00, in the direction that was hoped for."
    )
    assert said[1] == "That is 25.0 % of what would have been expected."
    assert said[2].startswith("The average with the trial changed by ")
    assert said[5].startswith("The change of 6 units with the trial was compared with that of 6")
    firm = [sentence.code for sentence in explain_firmness(result)]
    assert firm == [
        "checks_hold", "variant_wild_bootstrap", "variant_interval", "variant_placebo",
        "variant_interval", "variant_leave_one_out",
    ]  # fmt: skip


@given(st.integers(0, 10_000), st.sampled_from([4, 5, 9, 16]), st.integers(2, 5))
@settings(max_examples=25, deadline=None)
def test_the_checker_accepts_every_panel(seed, units, periods):
    problem = panel(units=units, periods=periods, start=periods - 1, seed=seed)
    assert violations(problem, solve(problem, stop=lambda done: True)) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"effect": 2.0}, "effect is not the change of changes"),
        ({"standard_error": 0.1}, "standard_error is wrong"),
        ({"degrees_of_freedom": 3.0}, "degrees_of_freedom is wrong"),
        ({"n_left_out": 1}, "n_left_out is wrong"),
        ({"interval": Interval(5.0, 6.0)}, "interval does not hold the effect"),
        ({"relative_effect": 0.0}, "relative_effect is wrong"),
    ],
)
def test_a_wrong_result_is_found_out(changes, expected):
    problem = panel()
    assert expected in violations(problem, replace(solve(problem), **changes))


def test_large_panels_are_checked_by_their_means_alone():
    problem = panel(units=90)
    result = solve(problem)
    assert violations(problem, result) == ()
    wrong = replace(result, effect=result.effect + 1)
    assert "effect is not the change of changes" in violations(problem, wrong)


def test_the_first_coefficient_is_the_effect():
    problem = panel()
    assert model_of(problem).effect == solve(problem).effect


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"values": (1.0, 2.0)}, "too_few"),
        ({"periods": (1, 2)}, "unequal_lengths"),
        ({"clusters": ("a",)}, "unequal_lengths"),
        ({"start": 0}, "bad_start"),
        ({"start": 6}, "bad_start"),
        ({"treated": (True, *(False,) * 47)}, "bad_groups"),
        ({"treated": (True,) * 6 + (False,) * 42}, "too_few"),
        ({"clusters": ("a", *("b",) * 47)}, "bad_groups"),
        ({"clusters": ("a",) * 24 + ("b",) * 24}, "too_few"),
        ({"values": (1.0,) * 48}, "no_variation"),
        ({"confidence": 2.0}, "bad_confidence"),
    ],
)
def test_panels_that_do_not_fit_are_refused(changes, code):
    with pytest.raises(ProblemError) as caught:
        replace(panel(), **changes)
    assert caught.value.code == code


def test_a_panel_without_any_error_is_refused():
    problem = panel(units=4, periods=2, start=1)
    exact = replace(problem, values=(0.0, 2.0, 1.0, 3.0, 4.0, 5.0, 7.0, 8.0))
    with pytest.raises(ProblemError) as caught:
        solve(exact)
    assert caught.value.code == "no_variation"


@pytest.mark.parametrize(
    "course", [{"n": 1}, {"error_change": 0.0}, {"error_change": None, "error_before": 1.0}]
)
def test_courses_that_do_not_fit_are_refused(course):
    with pytest.raises(ProblemError) as caught:
        Course(**{"before": 1, "after": 2, "n": 9, "error_change": 0.5, **course})
    assert caught.value.code == "bad_range"


def test_what_came_before_may_not_hang_together():
    # The groups were measured at different times; only two units, seen once before, link them.
    rows = [
        (unit, time) for unit in range(8) for time in range(6) if time > 3 or time % 2 == unit % 2
    ]
    rows += [(unit, time) for unit in (8, 10) for time in (1, 4, 5)]
    random = np.random.default_rng(4)
    problem = PanelProblem(
        tuple(random.normal(size=len(rows)).tolist()), tuple(time for _, time in rows),
        tuple(f"u{unit}" for unit, _ in rows), tuple(unit % 2 == 0 for unit, _ in rows), 4,
    )  # fmt: skip
    result = solve(problem)
    assert violations(problem, result) == ()
    assert [check.code for check in result.checks] == ["enough_clusters"]
    assert "placebo" not in codes(result.variants)


def test_units_seen_once_before_allow_no_placebo():
    whole = panel(periods=4, start=2)
    kept = [
        place
        for place, (name, time) in enumerate(zip(whole.units, whole.periods, strict=True))
        if time > 1 or time == int(name[1:]) % 2
    ]
    problem = replace(
        whole,
        values=tuple(whole.values[place] for place in kept),
        periods=tuple(whole.periods[place] for place in kept),
        units=tuple(whole.units[place] for place in kept),
        treated=tuple(whole.treated[place] for place in kept),
    )
    assert "placebo" not in codes(solve(problem).variants)
