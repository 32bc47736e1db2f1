"""Examples with published answers that no other test of the engine has."""

import math

import pytest
from scipy.integrate import quad
from scipy.stats import norm
from statsmodels.stats.contingency_tables import Table2x2
from tests.loop.experiments.analyses.engine.test_together import bcg

from vuoksi.loop.experiments.analyses.engine import Problem, SeriesProblem, solve, violations
from vuoksi.loop.experiments.analyses.engine.peeking import boundary, mixture
from vuoksi.loop.experiments.analyses.engine.power import TwoMeans, power_of
from vuoksi.loop.experiments.analyses.engine.synthesis import synthesise

# Growth of guinea pigs' teeth by vitamin C in two forms: Crampton (1947), Journal of Nutrition 33, 491-504,
# doi:10.1093/jn/33.5.491; R's data set ToothGrowth.
ACID = (
    4.2, 11.5, 7.3, 5.8, 6.4, 10.0, 11.2, 11.2, 5.2, 7.0, 16.5, 16.5, 15.2, 17.3, 22.5, 17.3, 13.6, 14.5,
    18.8, 15.5, 23.6, 18.5, 33.9, 25.5, 26.4, 32.5, 26.7, 21.5, 23.3, 29.5,
)  # fmt: skip
JUICE = (
    15.2, 21.5, 17.6, 9.7, 14.5, 10.0, 8.2, 9.4, 16.5, 9.7, 19.7, 23.3, 23.6, 26.4, 20.0, 25.2, 25.8, 21.2,
    14.5, 27.3, 25.5, 26.4, 22.4, 24.5, 24.8, 30.9, 26.4, 27.3, 29.4, 23.0,
)  # fmt: skip
# Darwin's maize, crossed and self-fertilised plants of a pot: Fisher (1935), The Design of Experiments, chapter 3.
CROSSED = (
    23.5, 12.0, 21.0, 22.0, 19.125, 21.5, 22.125, 20.375, 18.25, 21.625, 23.25, 21.0, 22.125, 23.0, 12.0,
)  # fmt: skip
SELFED = (
    17.375, 20.375, 20.0, 20.0, 18.375, 18.625, 18.625, 15.25, 16.5, 18.0, 16.25, 18.0, 12.75, 15.5, 18.0,
)  # fmt: skip
# Acute coronary episodes in Sicily by month from January 2002, and the age-standardised population; smoking was
# banned indoors in January 2005: Bernal et al. (2017), doi:10.1093/ije/dyw098, supplementary data.
EPISODES = (
    728, 659, 791, 734, 757, 726, 760, 740, 720, 814, 795, 858, 887, 766, 851, 769, 781, 756, 766, 752, 765,
    831, 879, 928, 914, 808, 937, 840, 916, 828, 845, 818, 860, 839, 887, 886, 831, 796, 833, 820, 877, 758,
    767, 738, 781, 843, 850, 908, 1021, 859, 976, 888, 962, 838, 810, 876, 843, 936, 912,
)  # fmt: skip
POPULATION = (
    379875.3, 376495.5, 377040.8, 377116.4, 377383.4, 374113.1, 379513.3, 376295.5, 374653.2, 378485.6,
    375955.5, 378349.7, 376762.4, 379032.3, 379360.4, 376162.0, 377972.4, 381830.7, 379888.6, 380872.2,
    380966.9, 381240.4, 382104.9, 381802.7, 381656.3, 383680.0, 383504.2, 386462.9, 383783.1, 380836.8,
    383483.0, 380906.2, 382926.8, 384052.4, 384449.6, 383428.4, 388153.2, 388373.2, 386470.1, 386033.2,
    383686.4, 385509.3, 385901.9, 386516.6, 388436.5, 383255.2, 390148.7, 385874.9, 391613.6, 391750.4,
    394005.6, 391364.9, 391664.6, 389022.3, 391878.5, 388575.3, 392989.0, 390018.8, 390712.3,
)  # fmt: skip


def test_welchs_test_in_rs_own_documentation_of_two_groups():
    problem = Problem("two_groups", ACID, JUICE)
    result = solve(problem)
    assert violations(problem, result) == ()
    assert (round(result.mean_reference, 5), round(result.mean_treatment, 5)) == (
        16.96333,
        20.66333,
    )
    assert (round(result.t, 4), round(result.degrees_of_freedom, 3)) == (1.9153, 55.309)
    assert round(result.p_value, 5) == 0.06063
    assert (round(result.interval.low, 7), round(result.interval.high, 7)) == (
        -0.1710156,
        7.5710156,
    )


def test_fishers_analysis_of_darwins_pairs():
    problem = Problem("matched_pairs", SELFED, CROSSED)
    result = solve(problem)
    assert violations(problem, result) == ()
    # Fisher counts in eighths of an inch: 20.933 on average.
    assert (round(8 * result.effect, 3), round(result.t, 3)) == (20.933, 2.148)
    assert round(result.p_value, 4) == 0.0497
    assert (round(result.interval.low, 4), round(result.interval.high, 4)) == (0.0039, 5.2294)


def rate_ratio(**more):
    """The jump of the rate as a ratio with its interval."""
    problem = SeriesProblem(
        tuple(map(float, EPISODES)),
        36,
        kind="count",
        exposure=POPULATION,
        slope_change=False,
        **more,
    )
    result = solve(problem)
    assert violations(problem, result) == ()
    return ratio_in(result, "rate_ratio")


def ratio_in(result, code):
    found = next(each for each in result.parts if each.code == code)
    return found.effect, found.interval.low, found.interval.high


def test_the_published_effect_of_the_smoking_ban_in_sicily():
    # Poisson regression with the population as offset: 0.894, 0.864 to 0.925 (its step 4).
    poisson = rate_ratio(errors="independent", dispersion="poisson")
    assert poisson == pytest.approx((0.894, 0.864, 0.925), abs=0.001)
    # With waves of a year and overdispersion: 0.885, 0.839 to 0.933, by the normal distribution; t is a little wider.
    seasonal = rate_ratio(errors="independent", season="harmonics")
    assert seasonal == pytest.approx((0.885, 0.839, 0.933), abs=0.0015)
    # Neighbouring months hang together the other way round: their errors make it a little narrower.
    assert rate_ratio(season="harmonics") == pytest.approx((0.885, 0.839, 0.933), abs=0.004)


def test_the_published_exact_interval_of_two_rates():
    # Fay, M. P., vignette of the R package rateratio.test (2022), section 1: 2 events in 17,877 and 9 in 16,660.
    problem = Problem(
        "two_groups", (9.0,), (2.0,), kind="count", dispersion="poisson", exposure_reference=(16660.0,),
        exposure_treatment=(17877.0,),
    )  # fmt: skip
    result = solve(problem)
    assert violations(problem, result) == ()
    assert ratio_in(result, "rate_ratio")[0] == pytest.approx(0.2070941557)
    exact = next(each for each in result.variants if each.code == "exact")
    assert 1 + exact.interval.low / 100 == pytest.approx(0.02177406, abs=1e-8)
    assert 1 + exact.interval.high / 100 == pytest.approx(1.00054910, abs=1e-8)


def test_the_published_careful_interval_of_the_bcg_trials():
    # The same trials and software as in test_together, with Knapp and Hartung's adjustment:
    # rma(yi, vi, data = dat.bcg, method = "REML", test = "knha") of the R package metafor.
    whole = synthesise(bcg())
    assert (round(whole.effect, 4), round(whole.standard_error, 4)) == (-0.7145, 0.1808)
    assert (round(whole.interval.low, 4), round(whole.interval.high, 4)) == (-1.1084, -0.3206)
    assert round(whole.p_value, 4) == 0.0019


@pytest.mark.parametrize(("power", "needed"), [(0.8, 64), (0.9, 86), (0.95, 105)])
def test_cohens_medium_effect_at_other_powers(power, needed):
    assert power_of(TwoMeans(effect=0.5, power=power)).needed == needed


@pytest.mark.parametrize("share", [0.1, 0.5, 1.0, 2.0])
def test_the_boundary_is_where_the_mixture_reaches_one_in_twenty(share):
    # Ville's inequality: the likelihood ratio mixed over all effects exceeds 20 with a chance of at most 5 %.
    weight = share * mixture(0.95)
    limit = boundary(share, 0.95)

    def mixed(effect):
        """Likelihood ratio of an effect, counted in standard errors, times its weight in the mixture."""
        return math.exp(effect * limit - effect**2 / 2) * norm.pdf(effect, scale=math.sqrt(weight))

    assert quad(mixed, -40, 40, points=[0, limit])[0] == pytest.approx(20, rel=1e-6)


def test_the_published_ratios_of_the_physicians_study_of_aspirin():
    # Heart attacks under placebo and aspirin: Agresti, A. (2007). An Introduction to Categorical Data Analysis, 2nd ed.,
    # sections 2.2 and 2.3: ratio of shares 1.82, of odds 1.83.
    aspirin, placebo = (1.0,) * 104 + (0.0,) * 10933, (1.0,) * 189 + (0.0,) * 10845
    result = solve(Problem("two_groups", aspirin, placebo, kind="share"))
    table = Table2x2([[189, 10845], [104, 10933]])
    of_shares, of_odds = ratio_in(result, "risk_ratio"), ratio_in(result, "odds_ratio")
    assert of_shares == pytest.approx((table.riskratio, *table.riskratio_confint()))
    assert of_odds == pytest.approx((table.oddsratio, *table.oddsratio_confint()))
    assert (round(of_shares[0], 2), round(of_odds[0], 2)) == (1.82, 1.83)
    assert solve(Problem("two_groups", (1.0, 0.0), (1.0, 1.0), kind="share")).parts == ()
