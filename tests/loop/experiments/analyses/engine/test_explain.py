import string
from typing import get_args

import pytest

from vuoksi.loop.experiments.analyses.engine import (
    DESIGNS,
    ENGLISH,
    Caution,
    Problem,
    Sentence,
    can_show,
    cannot_show,
    english,
    explain,
    explain_firmness,
    solve,
)
from vuoksi.loop.experiments.analyses.engine.explain import shown_number


def told(*arguments, **more) -> list[str]:
    problem = Problem(*arguments, **more)
    return [english(sentence) for sentence in explain(problem, solve(problem))]


def codes(*arguments) -> list[str]:
    names = ("better", "confidence", "minimum_effect", "stop_effect")
    problem = Problem(*arguments[:3], **dict(zip(names, arguments[3:], strict=False)))
    result = solve(problem, stop=lambda done: True)
    return [sentence.code for sentence in explain(problem, result)]


def test_a_result_is_told_in_plain_sentences():
    minutes_before = (31, 28, 35, 30, 33, 29, 32, 34, 30, 28)
    minutes_after = (25, 24, 29, 26, 27, 22, 27, 29, 25, 23)
    assert told(
        "before_after_paired", minutes_before, minutes_after, better="down", minimum_effect=3
    ) == [
        "The average went from 31.0 to 25.7: a change of -5.30, in the direction that was hoped for.",
        "That is -17.1 % of the average before.",
        "With 95 % confidence the true effect lies between -5.98 and -4.62.",
        "The whole interval is an improvement of more than 3, the smallest one worth scaling by the plan:"
        " the rule says scale.",
        "The same 10 units were measured before and after. Differences between units cannot explain "
        "the change, but anything else that changed at the same time can.",
        "There was no comparison group: a trend, the season or a return to the usual after an "
        "unusual time would look the same.",
    ]


def test_a_confidence_that_is_not_whole_is_shown_with_its_decimal():
    assert told("two_groups", (1, 2, 3), (2, 3, 1), confidence=0.999)[1].startswith(
        "With 99.9 % confidence"
    )


EARLY = "bootstrap_stopped_early"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("two_groups", (1, 2, 3), (2, 3, 1)),
         ["difference_none", "interval_with_zero", "outcome_no_rule", "design_two_groups"]),
        (("two_groups", (1, 2, 3), (2, 3, 2), "down", 0.95, 0.5),
         ["difference_worse", "difference_relative", "interval_with_zero", "outcome_inconclusive",
          "design_two_groups"]),
        (("two_groups", (-3, -2, -1), (18, 19, 20), "up", 0.95, 100.0, 50.0),
         ["difference_better", "interval", "outcome_stop", "design_two_groups"]),
        (("before_after", (1, 2, 3), (11, 12, 13), "up", 0.95, 1.0),
         ["change_better", "change_relative", "interval", "outcome_scale", "design_before_after",
          "no_comparison_group"]),
        (("before_after", (1, 2, 3), (-11, -12, -13)),
         ["change_worse", "change_relative", "interval", "outcome_no_rule", "design_before_after",
          "no_comparison_group"]),
    ],
)  # fmt: skip
def test_each_kind_of_result_has_its_sentences(arguments, expected):
    assert codes(*arguments) == [*expected, "small_sample", EARLY]


def test_every_text_uses_numbers_that_its_sentence_has():
    numbers = {
        name: 1.0
        for text in ENGLISH.values()
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    assert [code for code in ENGLISH if "{" in english(Sentence(code, numbers))] == []


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0, "0"), (12, "12"), (1234.5, "1,234"), (12.345, "12.3"), (0.012345, "0.0123"),
     (-5.3, "-5.30"), (9.999, "10.0"), (1e-9, "1.00e-09"), (2.5e15, "2.50e+15")],
)  # fmt: skip
def test_numbers_are_shown_with_three_digits_that_mean_something(value, shown):
    assert shown_number(value) == shown


@pytest.mark.parametrize("design", DESIGNS)
def test_each_design_says_what_it_can_and_cannot_show(design):
    for sentence in (can_show(design), cannot_show(design)):
        assert english(sentence).endswith(".")


def test_shares_are_told_in_percent():
    before, after = (1.0,) * 12 + (0.0,) * 18, (1.0,) * 21 + (0.0,) * 9
    assert told("two_groups", before, after, kind="share", minimum_effect=0.4) == [
        "The share was 70.0 % with the trial and 40.0 % without it: a difference of 30.0 percentage points,"
        " in the direction that was hoped for.",
        "With 95 % confidence the true effect lies between 4.86 and 50.4 percentage points.",
        "The true effect may be an improvement of 40.0 percentage points or more, and it may be one of"
        " 40.0 or less: the rule does not decide, and more measurements are needed.",
        "30 units with the trial were compared with 30 units without it at the same time. What happened"
        " to both groups cannot explain the difference; if chance did not decide who was in which group,"
        " the groups may have differed from the start.",
    ]
    assert told("before_after", before, before, kind="share")[0] == "The share stayed at 40.0 %."


def test_how_firm_a_result_is():
    skewed = (1.0, 2.0, 1.0, 2.0, 1.5, 1.0, 2.0, 1.0, 2.0, 1.5, 1.0, 40.0)
    problem = Problem(
        "two_groups", skewed, tuple(value + 1 for value in skewed), missing_treatment=3, lowest=0.0,
        highest=50.0,
    )  # fmt: skip
    result = solve(problem, stop=lambda done: True)
    assert [sentence.code for sentence in explain_firmness(result)] == [
        "checks_doubt", "check_normal_shape", "variant_trimmed", "variant_interval", "variant_ranks",
        "variant_interval", "variant_leave_one_out", "variant_missing_bounds",
    ]  # fmt: skip


def test_missing_shares_are_told_in_percentage_points():
    problem = Problem(
        "two_groups", (1.0, 0.0) * 10, (1.0, 1.0, 0.0, 1.0) * 5, kind="share", missing_treatment=5
    )
    assert [english(sentence) for sentence in explain_firmness(solve(problem))] == [
        "Whatever the missing units would have shown, it lies between 10.0 and 30.0 percentage points."
    ]


def test_every_code_that_a_result_can_have_has_its_sentence():
    checks = ("normal_shape", "equal_slopes", "parallel_trends", "enough_clusters",
              "no_autocorrelation_left", "long_enough", "season_covered")  # fmt: skip
    variants = ("trimmed", "ranks", "leave_one_out", "missing_bounds", "missing_tipping", "unadjusted",
                "robust_errors", "wild_bootstrap", "placebo", "ar1", "newey_west", "no_bend",
                "model_based", "interval", "independent", "poisson", "exact", "overdispersed")  # fmt: skip
    wanted = {
        *get_args(Caution),
        *(f"check_{code}" for code in checks),
        *(f"variant_{code}" for code in variants),
        *(f"design_{design}" for design in DESIGNS),
    }
    assert wanted - set(ENGLISH) == set()
    ours = {code for code in ENGLISH if code.startswith(("check_", "variant_", "design_"))}
    assert ours - wanted == set()
