from dataclasses import replace

import pytest

from vuoksi.loop.experiments.analyses.engine import Interval, Problem, solve, violations

PROBLEM = Problem("before_after_paired", (1.0, 2.0, 4.0), (3.0, 3.0, 9.0), minimum_effect=0.5)
RIGHT = solve(PROBLEM)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ()),
        ({"design": "before_after"}, ("design is wrong",)),
        ({"confidence": 0.9}, ("confidence is wrong",)),
        ({"n_reference": 4}, ("n_reference is wrong",)),
        ({"n_treatment": 4}, ("n_treatment is wrong",)),
        ({"cautions": ()}, ("no_comparison_group is wrong", "small_sample is wrong")),
        ({"resamples": 5_000}, ("bootstrap_stopped_early is wrong",)),
        ({"mean_treatment": 6.0}, ("mean_treatment is wrong",)),
        ({"standard_error": 1.1}, (
            "standard_error is wrong", "t is not the effect in standard errors",
            "interval has another confidence",
        )),
        ({"degrees_of_freedom": 4.0}, (
            "degrees_of_freedom is wrong", "p_value is wrong", "interval has another confidence",
        )),
        ({"relative_effect": None}, ("relative_effect is wrong",)),
        ({"standardised": None}, ("standardised is wrong",)),
        ({"standardised": 2.0}, ("standardised is wrong",)),
        ({"p_value": 0.01}, ("p_value is wrong",)),
        ({"bootstrap": None}, ("bootstrap is missing",)),
        ({"bootstrap": Interval(3.0, 9.0)}, ("bootstrap leaves the data",)),
        ({"bootstrap": Interval(3.0, 2.0)}, ("bootstrap leaves the data",)),
        ({"rule_outcome": "scale"}, ("rule_outcome does not follow from the interval",)),
        ({"interval": Interval(0.6, 4.0)}, (
            "interval is wrong", "interval has another confidence",
            "rule_outcome does not follow from the interval",
        )),
    ],
)  # fmt: skip
def test_a_wrong_result_is_found_out(changes, expected):
    assert violations(PROBLEM, replace(RIGHT, **changes)) == expected


@pytest.mark.parametrize("distance", [0.0, 1e-9, 0.5, 3.0, 40.0, 1e6])
@pytest.mark.parametrize("size", [2, 5, 400])
def test_the_two_computations_agree_near_and_far_from_no_effect(distance, size):
    reference = tuple(n * n % 13 / 2 for n in range(size))
    problem = Problem(
        "two_groups", reference, tuple(value + distance for value in reversed(reference))
    )
    assert violations(problem, solve(problem, stop=lambda done: True)) == ()
