"""Several measures, looks on the way, several experiments, and grades."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests

from vuoksi.loop.experiments.analyses.engine import Problem, ProblemError, english, solve
from vuoksi.loop.experiments.analyses.engine.balance import Standing
from vuoksi.loop.experiments.analyses.engine.grade import Facts, explain_grade, grade
from vuoksi.loop.experiments.analyses.engine.multiple import Measures, correct, explain_measures
from vuoksi.loop.experiments.analyses.engine.peeking import (
    LookProblem,
    always_valid_p,
    boundary,
    explain_look,
    look,
)
from vuoksi.loop.experiments.analyses.engine.synthesis import (
    Study,
    SynthesisProblem,
    explain_synthesis,
    study_of,
    synthesise,
)

P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=12).map(tuple)


@given(P_VALUES)
@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize(("ours", "theirs"), [("holm", "holm"), ("benjamini_hochberg", "fdr_bh")])
def test_another_library_corrects_alike(ours, theirs, p_values):
    names = tuple(map(str, range(len(p_values))))
    corrected = correct(Measures(names, p_values, method=ours))
    assert corrected.corrected == pytest.approx(multipletests(p_values, method=theirs)[1])


def test_several_measures_are_told_in_a_sentence():
    corrected = correct(Measures(("a", "b", "c"), (0.01, 0.03, 0.04)))
    assert corrected.found == (True, False, False)
    assert english(explain_measures(corrected)[0]) == (
        "3 measures were tested at once. Corrected for that, 1 of them show an effect; without the"
        " correction it would be 3."
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ((), ()),
        (("a",), ()),
        (("a",), (1.1,)),
        (("a",), (0.1,), "none"),
        (("a",), (0.1,), "holm", 0.9),
    ],
)
def test_measures_that_do_not_fit_are_refused(arguments):
    with pytest.raises(ProblemError):
        Measures(*arguments)


def so_far(values, reference):
    return Problem("two_groups", tuple(reference.tolist()), tuple(values.tolist()))


def test_constant_looking_gives_no_more_false_alarms_than_promised():
    random = np.random.default_rng(11)
    alarms = naive = 0
    for _ in range(400):
        one, two = random.normal(size=200), random.normal(size=200)
        counts = np.arange(20, 201)
        # The same figures as `look`, for all looks at once.
        sums, squares = (np.cumsum([one**k, two**k], axis=1)[:, counts - 1] for k in (1, 2))
        variances = (squares - sums**2 / counts) / (counts - 1)
        t = (sums[0] - sums[1]) / counts / np.sqrt(variances.sum(axis=0) / counts)
        limits = [boundary(count / 200, 0.95) for count in counts]
        alarms += bool((np.abs(t) > limits).any())
        naive += bool((np.abs(t) > 1.96).any())
    assert alarms <= 0.05 * 400
    assert naive > 0.2 * 400


def test_a_look_is_the_boundary_times_the_error():
    random = np.random.default_rng(2)
    problem = LookProblem(so_far(random.normal(1, 1, 60), random.normal(0, 1, 50)), 100, 120)
    found = look(problem)
    result = solve(problem.so_far, stop=lambda done: True)
    share = (1 / (1 / 60 + 1 / 50)) / (1 / (1 / 120 + 1 / 100))
    assert found.interval.high - found.effect == pytest.approx(
        result.standard_error * boundary(share, 0.95)
    )
    assert found.p_value == always_valid_p(result.t, share, 0.95)
    assert (found.n, found.is_clear, found.p_value < 0.05) == (110, True, True)
    assert explain_look(found)[0].code == "peek_clear"


def test_the_interval_is_wider_than_one_for_a_single_look_and_p_tells_the_same():
    for share in (0.1, 0.5, 1.0, 3.0):
        limit = boundary(share, 0.95)
        assert 1.96 < limit < 5
        assert always_valid_p(limit, share, 0.95) == pytest.approx(0.05)
    assert always_valid_p(0.0, 1.0, 0.95) == 1.0


def test_it_is_too_early_with_few_units_or_without_variation():
    random = np.random.default_rng(2)
    few = look(LookProblem(so_far(random.normal(size=19), random.normal(size=50)), 100, 100))
    assert (few.interval, few.p_value, few.is_clear) == (None, None, False)
    assert english(explain_look(few)[0]) == (
        "Only 69 units have been measured: it is too early to look."
    )
    alike = Problem("two_groups", (1.0,) * 30, (1.0,) * 30, kind="share")
    assert look(LookProblem(alike, 50, 50)).interval is None
    pairs = Problem("before_after_paired", tuple(range(30)), tuple(n * 1.01 for n in range(30)))
    assert explain_look(look(LookProblem(pairs, 60, 60)))[0].code == "peek_clear"
    none = so_far(random.normal(size=40), random.normal(size=40))
    assert explain_look(look(LookProblem(none, 60, 60)))[0].code == "peek_open"


def test_a_look_with_adjustment_is_refused():
    adjusted = Problem(
        "two_groups", (1, 2), (3, 4), baseline_reference=(1, 2), baseline_treatment=(2, 2)
    )
    with pytest.raises(ProblemError):
        LookProblem(adjusted, 10, 10)


# Thirteen trials of the BCG vaccine: cases and others, vaccinated and not. Colditz, G. A. et al. (1994).
# Journal of the American Medical Association 271, 698-702, doi:10.1001/jama.1994.03510330076038.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
    (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892),
    (29, 7470, 45, 7232), (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]  # fmt: skip


def bcg(**more):
    studies = tuple(
        Study(
            f"trial {n}",
            float(np.log(a / (a + b) / (c / (c + d)))),
            float(np.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))),
        )
        for n, (a, b, c, d) in enumerate(BCG)
    )
    return SynthesisProblem(studies, **more)


def test_the_published_synthesis_of_the_bcg_trials():
    # Viechtbauer, W. (2010). Journal of Statistical Software 36(3), doi:10.18637/jss.v036.i03.
    whole = synthesise(bcg(hartung_knapp=False))
    assert (round(whole.effect, 4), round(whole.standard_error, 4)) == (-0.7145, 0.1798)
    assert (round(whole.tau_squared, 4), round(100 * whole.i_squared, 2)) == (0.3132, 92.22)
    assert (round(whole.interval.low, 4), round(whole.interval.high, 4)) == (-1.0669, -0.3622)
    assert round(whole.q, 4) == 152.2330
    assert whole.q_p_value < 0.0001


def test_the_older_estimate_of_the_bcg_trials():
    whole = synthesise(bcg(method="dersimonian_laird", hartung_knapp=False))
    assert (round(whole.effect, 4), round(whole.tau_squared, 4)) == (-0.7141, 0.3088)


def test_another_library_combines_alike():
    problem = bcg(method="dersimonian_laird")
    effects = np.array([study.effect for study in problem.studies])
    variances = np.array([study.standard_error**2 for study in problem.studies])
    other = combine_effects(effects, variances, method_re="chi2")
    whole = synthesise(problem)
    assert whole.tau_squared == pytest.approx(other.tau2)
    assert whole.effect == pytest.approx(other.mean_effect_re)
    assert whole.standard_error == pytest.approx(other.sd_eff_w_re_hksj)
    assert whole.common_effect == pytest.approx(other.mean_effect_fe)
    assert whole.q == pytest.approx(other.q)
    assert sum(whole.weights) == pytest.approx(1)


def test_hartung_and_knapp_allow_for_more_and_prediction_for_more_still():
    plain, careful = synthesise(bcg(hartung_knapp=False)), synthesise(bcg())
    assert careful.interval.low < plain.interval.low
    assert careful.prediction.low < careful.interval.low
    assert careful.prediction.high > 0 > careful.interval.high


def test_a_synthesis_is_told_in_plain_sentences():
    said = [english(sentence) for sentence in explain_synthesis(synthesise(bcg()))]
    assert said[0].startswith("Over 13 experiments the average effect is -0.715; with 95 %")
    assert said[1] == (
        "92.2 % of the differences between the experiments is more than chance: the effect depends on"
        " where and how it is tried."
    )
    assert said[2].startswith("The effect in one more experiment like these is expected between")
    assert len(said) == 3


def test_ratios_are_combined_as_logarithms_and_told_in_percent():
    # The same trials as a ratio of risks: 0.49, 0.34 to 0.70 (metafor's documentation of predict.rma).
    plain, whole = (
        synthesise(bcg(hartung_knapp=False)),
        synthesise(bcg(hartung_knapp=False, scale="log_ratio")),
    )
    assert plain.ratio is None
    assert whole.effect == plain.effect
    ratio = (whole.ratio.effect, whole.ratio.interval.low, whole.ratio.interval.high)
    assert ratio == pytest.approx((0.49, 0.34, 0.70), abs=0.005)
    said = [english(each) for each in explain_synthesis(whole)]
    assert said[0] == "Effects here are changes of the rate in percent."
    assert "the average effect is -51.1;" in said[1]


def test_few_experiments_that_agree():
    two = SynthesisProblem((Study("a", 1.0, 0.5), Study("b", 1.2, 0.4)))
    whole = synthesise(two)
    assert (whole.tau_squared, whole.prediction, whole.without_each) == (0.0, None, ())
    assert [each.code for each in explain_synthesis(whole)] == [
        "synthesis_effect", "synthesis_agree", "synthesis_few",
    ]  # fmt: skip
    same = synthesise(SynthesisProblem((Study("a", 1.0, 0.5), Study("b", 1.0, 0.4))))
    assert (same.tau_squared, same.p_value) == (0.0, 0.0)


def test_one_experiment_that_decides_is_told():
    studies = (Study("a", 3.0, 0.1), Study("b", -0.2, 0.1), Study("c", -0.1, 0.1))
    codes = [each.code for each in explain_synthesis(synthesise(SynthesisProblem(studies)))]
    assert "synthesis_single" in codes


def test_a_change_of_a_rate_becomes_the_logarithm_of_a_ratio():
    result = solve(Problem("two_groups", (1.0, 2.0, 3.0), (3.0, 4.0, 6.0), kind="count"))
    assert study_of("a", result).effect == pytest.approx(np.log(13 / 6))
    assert study_of("a", result).standard_error == result.standard_error
    with pytest.raises(ProblemError):
        study_of("a", result, standardised=True)


def test_a_result_becomes_a_study():
    result = solve(Problem("two_groups", (1.0, 2.0, 3.0, 4.0), (3.0, 4.0, 6.0, 7.0)))
    assert study_of("a", result) == Study("a", result.effect, result.standard_error)
    standardised = study_of("a", result, standardised=True)
    assert standardised.effect == result.standardised
    g = result.standardised
    scaled = result.standard_error * g / result.effect
    assert standardised.standard_error == pytest.approx(np.sqrt(scaled**2 + g**2 / 12))
    with pytest.raises(ProblemError):
        study_of("a", replace(result, standardised=None), standardised=True)


@pytest.mark.parametrize(
    ("effect", "error"), [(float("nan"), 1.0), (1.0, 0.0), (1.0, float("inf")), (1e61, 1.0)]
)
def test_studies_that_do_not_fit_are_refused(effect, error):
    with pytest.raises(ProblemError):
        Study("a", effect, error)


@pytest.mark.parametrize(
    "changes", [{"studies": (Study("a", 1, 1),)}, {"method": "guess"}, {"confidence": 0.2}]
)
def test_syntheses_that_do_not_fit_are_refused(changes):
    with pytest.raises(ProblemError):
        replace(bcg(), **changes)


GOOD = {
    "lost_reference": 0.1,
    "lost_treatment": 0.12,
    "registered": True,
    "planned": 100,
    "measured": 90,
}
BALANCED: Standing = "good"


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"design": "before_after"}, 1),
        ({"design": "before_after_paired"}, 1),
        ({"design": "two_groups", "balance": BALANCED}, 1),
        ({"design": "two_groups", "balance": BALANCED, "adjusted": True}, 2),
        ({"design": "matched_pairs", "balance": BALANCED}, 2),
        ({"design": "interrupted_time_series"}, 2),
        ({"design": "difference_in_differences", "trends_alike": True}, 3),
        ({"design": "difference_in_differences"}, 3),
        ({"design": "difference_in_differences", "trends_alike": False}, 2),
        ({"design": "stepped_wedge"}, 3),
        ({"design": "stepped_wedge", "by_chance": True, "clusters_each": 12}, 5),
        ({"design": "stepped_wedge", "by_chance": True, "clusters_each": 4}, 4),
        ({"design": "two_groups", "by_chance": True, "balance": BALANCED}, 5),
        ({"design": "two_groups", "by_chance": True}, 4),
        ({"design": "two_groups", "by_chance": True, "balance": "large"}, 4),
        ({"design": "two_groups", "by_chance": True, "balance": "large", "adjusted": True}, 5),
        ({"design": "two_groups", "by_chance": True, "balance": BALANCED, "registered": False}, 4),
        ({"design": "two_groups", "by_chance": True, "balance": BALANCED, "deviations": 2}, 4),
        ({"design": "two_groups", "by_chance": True, "balance": BALANCED, "measured": 70}, 4),
        ({"design": "two_groups", "by_chance": True, "balance": BALANCED, "lost_treatment": 0.2}, 4),
        ({"design": "two_groups", "by_chance": True, "balance": BALANCED, "lost_reference": 0.3,
          "lost_treatment": 0.3, "deviations": 1, "registered": False}, 2),
        ({"design": "before_after", "deviations": 5}, 1),
        ({"design": "before_after_paired", "by_chance": True}, 1),
    ],
)  # fmt: skip
def test_the_grade_follows_from_the_facts(facts, level):
    assert grade(Facts(**{**GOOD, **facts})).level == level


def test_a_grade_says_why():
    facts = Facts(
        design="two_groups", by_chance=True, balance="good", lost_treatment=0.3, registered=True
    )
    assert [english(sentence) for sentence in explain_grade(grade(facts))] == [
        "Grade 4 of 5: something close to chance decided who got the trial, or chance did with a flaw.",
        "The design alone allows grade 5.",
        "Too many were lost, or more in one group than in the other: 30.0 % in all, 0 percentage"
        " points apart.",
    ]
    unknown = grade(replace(facts, lost_treatment=None))
    assert (unknown.level, unknown.reasons[0].sentence.code) == (5, "grade_attrition_unknown")


@pytest.mark.parametrize(
    "facts",
    [
        {"design": "guess"}, {"balance": "fair"}, {"lost_treatment": 1.2}, {"deviations": -1},
    ],
)  # fmt: skip
def test_facts_that_do_not_fit_are_refused(facts):
    with pytest.raises(ProblemError):
        Facts(**{"design": "two_groups", **facts})
