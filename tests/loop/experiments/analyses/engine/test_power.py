"""Sample size and power, against published tables and other libraries."""

import numpy as np
import pytest
from scipy.stats import norm
from statsmodels.stats.power import NormalIndPower, TTestIndPower, TTestPower
from statsmodels.stats.proportion import proportion_effectsize

from vuoksi.loop.experiments.analyses.engine import ProblemError, english
from vuoksi.loop.experiments.analyses.engine.power import (
    PairedCounts,
    PairedMeans,
    PanelMeans,
    SeriesCounts,
    SeriesJump,
    TwoCounts,
    TwoMeans,
    TwoShares,
    WedgeMeans,
    explain_power,
    power_of,
    power_problem_from,
    wedge_variance,
)
from vuoksi.loop.experiments.analyses.engine.power.curves import curve_of


# Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed., table 2.4.1.
@pytest.mark.parametrize(("effect", "needed"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_cohens_table_of_two_means(effect, needed):
    assert power_of(TwoMeans(effect=effect)).needed == needed


@pytest.mark.parametrize(("effect", "needed"), [(0.2, 199), (0.5, 34), (0.8, 15)])
def test_pairs(effect, needed):
    assert power_of(PairedMeans(effect=effect)).needed == needed


def test_the_examples_in_rs_own_documentation():
    # ?power.t.test and ?power.prop.test
    assert power_of(TwoMeans(effect=1, n=20)).power == pytest.approx(0.8689528, abs=1e-6)
    assert power_of(TwoMeans(effect=1, power=0.9)).exact == pytest.approx(22.02110, abs=1e-4)
    assert power_of(TwoShares(effect=0.25, before=0.5, n=50)).power == pytest.approx(
        0.740, abs=5e-4
    )
    assert power_of(TwoShares(effect=0.25, before=0.5, power=0.9)).exact == pytest.approx(
        76.7, abs=0.01
    )


def test_another_library_agrees():
    two = power_of(TwoMeans(effect=-0.37, power=0.9, level=0.01))
    assert two.exact == pytest.approx(TTestIndPower().solve_power(0.37, power=0.9, alpha=0.01))
    pairs = power_of(PairedMeans(effect=0.37, correlation=0.8))
    assert pairs.exact == pytest.approx(
        TTestPower().solve_power(0.37 / np.sqrt(0.4), power=0.8, alpha=0.05)
    )
    shares = power_of(TwoShares(effect=-0.1, before=0.3, method="arcsine"))
    h = proportion_effectsize(0.3, 0.2)
    assert shares.exact == pytest.approx(
        NormalIndPower().solve_power(h, power=0.8, alpha=0.05), rel=1e-5
    )


def test_the_correction_for_continuity_is_that_of_fleiss():
    plain = power_of(TwoShares(effect=0.2, before=0.3)).exact
    corrected = power_of(TwoShares(effect=0.2, before=0.3, continuity=True)).exact
    assert corrected == pytest.approx(plain / 4 * (1 + np.sqrt(1 + 4 / (plain * 0.2))) ** 2)


def test_a_baseline_saves_units_and_clusters_cost_them():
    plain = power_of(TwoMeans(effect=0.3)).exact
    with_baseline = power_of(TwoMeans(effect=0.3, baseline_correlation=0.6)).exact
    clustered = power_of(TwoMeans(effect=0.3, cluster_size=20, intra_cluster=0.05)).exact
    assert with_baseline / plain == pytest.approx(1 - 0.36, abs=0.01)
    assert clustered / plain == pytest.approx(1 + 19 * 0.05, abs=0.01)


def test_a_panel_of_more_periods_needs_fewer_units():
    one = power_of(PanelMeans(effect=0.3, correlation=0.5))
    many = power_of(PanelMeans(effect=0.3, correlation=0.5, before=3, after=3))
    assert one.exact == pytest.approx(power_of(TwoMeans(effect=0.3)).exact)
    assert many.exact == pytest.approx(one.exact / 3, rel=0.02)


@pytest.mark.parametrize(("steps", "sites"), [(2, 4), (4, 12), (5, 20)])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.3])
def test_hussey_and_hughes_variance_is_that_of_generalised_least_squares(steps, sites, share):
    problem = WedgeMeans(effect=0.3, steps=steps, per_period=10, deviation=2.0, intra_site=share)
    periods = steps + 1
    between, within = share * 4, (1 - share) * 4 / 10
    covariance = np.kron(
        np.eye(sites), np.full((periods, periods), between) + within * np.eye(periods)
    )
    rows = [(site, time) for site in range(sites) for time in range(periods)]
    on = [float(time > site * steps // sites) for site, time in rows]
    times = np.array([[time == k for k in range(periods)] for _, time in rows], dtype=float)
    design = np.column_stack([on, times])
    variance = np.linalg.inv(design.T @ np.linalg.solve(covariance, design))[0, 0]
    assert wedge_variance(problem, sites) == pytest.approx(variance)


def test_sites_come_in_whole_steps():
    problem = WedgeMeans(effect=0.018, steps=4, per_period=100, deviation=0.2, intra_site=0.01)
    power = power_of(problem)
    assert (power.needed, power.needed_total, power.design) == (24, 24, "wedge_means")
    assert power.power >= 0.8 > curve_of(problem).power(20, 0.018)


def test_a_series_needs_more_if_neighbours_are_alike():
    alone = power_of(SeriesJump(effect=2.0, before=40, slope_change=False))
    alike = power_of(SeriesJump(effect=2.0, before=40, slope_change=False, correlation=0.4))
    assert alone.needed < alike.needed
    assert alone.needed_total == alone.needed + 40


def test_the_analysis_itself_finds_a_jump_about_as_often_as_promised():
    told = []
    problem = SeriesJump(effect=3.0, before=30, n=30, correlation=0.3, simulations=60)
    power = power_of(problem, seed=1, progress=lambda *done: told.append(done))
    assert power.simulated_power == pytest.approx(power.power, abs=0.12)
    assert told == [(50, 60), (60, 60)]
    assert power_of(problem, seed=1).simulated_power == power.simulated_power
    assert power_of(problem, stop=lambda done: True).simulated_power is None


@pytest.mark.parametrize(
    "problem",
    [
        TwoMeans(effect=0.4, n=50),
        TwoShares(effect=-0.15, before=0.4, n=120),
        PairedMeans(effect=3.0, deviation=10, n=60),
        PanelMeans(effect=0.4, n=40, before=2),
        SeriesJump(effect=2.0, before=24, n=24, season="harmonics"),
        WedgeMeans(effect=0.2, steps=3, per_period=20, n=12),
    ],
)
def test_the_smallest_effect_is_found_with_the_wished_power(problem):
    power = power_of(problem)
    assert curve_of(problem).power(problem.n, power.smallest_effect) == pytest.approx(0.8, abs=1e-6)
    assert (power.smallest_effect <= power.effect) == (power.power >= 0.8)


def test_what_is_out_of_reach_is_said():
    power = power_of(SeriesJump(effect=0.1, before=4))
    assert (power.needed, power.exact, power.power, power.smallest_effect) == (None,) * 4
    assert [each.code for each in explain_power(power)] == ["power_out_of_reach"]


def test_shares_may_have_no_effect_within_reach():
    power = power_of(TwoShares(effect=0.05, before=0.9, n=5))
    assert power.smallest_effect is None
    assert [each.code for each in explain_power(power)] == [
        "power_needed",
        "power_had",
        "power_low",
    ]


def test_no_and_sure_effects_of_shares():
    curve = curve_of(TwoShares(effect=0.5, before=0.5))
    assert curve.power(50, 0.0) == pytest.approx(0.05)
    assert curve_of(TwoShares(effect=1.0, before=0.0)).power(50, 1.0) == 1.0
    assert power_of(TwoShares(effect=1.0, before=0.0)).needed == 2


def test_power_of_two_counts_by_the_normal_distribution():
    # n = (z + z)^2 (1 / r1 + 1 / r0) / log(ratio)^2 counts of one exposure each (Signorini 1991 with half of each).
    problem = TwoCounts(effect=-20.0, before=5.0)
    exact = (norm.ppf(0.975) + norm.ppf(0.8)) ** 2 * (1 / 4 + 1 / 5) / np.log(0.8) ** 2
    assert power_of(problem).exact == pytest.approx(exact, rel=1e-3)
    twice = power_of(TwoCounts(effect=-20.0, before=2.5, exposure=4.0, dispersion=2.0))
    assert (twice.exact, twice.total) == (pytest.approx(exact, rel=1e-3), 2 * twice.n)
    paired = power_of(PairedCounts(effect=-20.0, before=5.0))
    assert (paired.needed, paired.total) == (power_of(problem).needed, paired.needed)
    clustered = power_of(TwoCounts(effect=-20.0, before=5.0, cluster_size=11, intra_cluster=0.1))
    assert clustered.exact == pytest.approx(2 * exact, rel=1e-3)


def test_the_smallest_change_of_a_rate_keeps_its_direction():
    falls = power_of(TwoCounts(effect=-20.0, before=5.0, n=30)).smallest_effect
    rises = power_of(TwoCounts(effect=20.0, before=5.0, n=30)).smallest_effect
    assert 0 < falls < rises
    nearly_all = curve_of(TwoCounts(effect=-20.0, before=0.1))
    assert nearly_all.power(30, 90.0) == nearly_all.power(30, 100.0) > nearly_all.power(30, 80.0)


def test_power_of_a_series_of_counts_is_that_of_its_logarithms():
    problem = SeriesCounts(effect=-30.0, before=36, expected=50.0, dispersion=2.0, n=24)
    logs = SeriesJump(effect=np.log(0.7), before=36, deviation=0.2, n=24)
    assert power_of(problem).power == pytest.approx(power_of(logs).power)
    assert curve_of(problem).power(24, 100.0) == 1.0


def test_power_of_counts_is_told_in_percent():
    said = [each.code for each in explain_power(power_of(PairedCounts(effect=20, before=4)))]
    assert said[:2] == ["rate_in_percent", "power_needed_pairs"]


def test_power_is_told_in_plain_sentences():
    said = [english(each) for each in explain_power(power_of(TwoMeans(effect=0.5, n=30)))]
    assert said == [
        "To find a true effect of 0.500 with a chance of 80 %, at least 64 units a group are needed,"
        " 128 in all.",
        "With 60 units, sites or periods a true effect of 0.500 is found with a chance of 47.8 %.",
        "That is a chance below 80 %: the experiment would often end without an answer.",
        "The smallest true effect that would be found with a chance of 80 % is 0.736.",
    ]
    enough = explain_power(power_of(TwoMeans(effect=0.5, n=100)))
    assert [each.code for each in enough] == ["power_needed", "power_had", "power_smallest"]
    needed = [
        explain_power(power_of(problem))[0].code
        for problem in (
            PairedMeans(effect=1), SeriesJump(effect=5, before=40),
            WedgeMeans(effect=1, steps=3, per_period=9),
        )
    ]  # fmt: skip
    assert needed == ["power_needed_pairs", "power_needed_periods", "power_needed_clusters"]


def test_a_problem_is_read_by_its_design():
    assert power_problem_from({"design": "two_means", "effect": 0.5}) == TwoMeans(effect=0.5)
    with pytest.raises(ProblemError) as caught:
        power_problem_from({"design": ["two_means"]})
    assert caught.value.code == "unknown_design"


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        (TwoMeans, {"effect": 0.0}),
        (TwoCounts, {"effect": -100, "before": 1}),
        (TwoCounts, {"effect": 10, "before": 0}),
        (TwoCounts, {"effect": 10, "before": 1, "dispersion": 0}),
        (TwoCounts, {"effect": 10, "before": 1, "exposure": 0}),
        (SeriesCounts, {"effect": 10, "before": 3, "expected": 9}),
        (SeriesCounts, {"effect": 10, "before": 9, "expected": 9, "correlation": 1}),
        (TwoMeans, {"effect": float("nan")}),
        (TwoMeans, {"effect": 1, "power": 0.4}),
        (TwoMeans, {"effect": 1, "level": 0.0}),
        (TwoMeans, {"effect": 1, "n": 1}),
        (TwoMeans, {"effect": 1, "deviation": 0.0}),
        (TwoMeans, {"effect": 1, "baseline_correlation": 1.0}),
        (TwoMeans, {"effect": 1, "cluster_size": 0}),
        (TwoShares, {"effect": 0.6, "before": 0.5}),
        (TwoShares, {"effect": 0.1, "before": 1.5}),
        (PanelMeans, {"effect": 1, "before": 0}),
        (SeriesJump, {"effect": 1, "before": 3}),
        (WedgeMeans, {"effect": 1, "steps": 3, "per_period": 5, "n": 10}),
    ],
)
def test_what_cannot_be_planned_is_refused(kind, arguments):
    with pytest.raises(ProblemError) as caught:
        kind(**arguments)
    assert caught.value.code == "bad_range"
