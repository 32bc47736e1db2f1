"""`vuoksi engine analyses`: every task, JSON in and JSON out."""

import json

import pytest
from tests.loop.experiments.analyses.engine.test_panel import panel
from tests.loop.experiments.analyses.engine.test_series import series
from tests.loop.experiments.analyses.engine.test_wedge import wedge

from vuoksi.loop.experiments.analyses.engine import (
    Course,
    CoursesProblem,
    Problem,
    ProblemError,
    problem_as_data,
    problem_from,
    result_from,
    solve,
)
from vuoksi.loop.experiments.analyses.engine.tasks import TASKS, solve_text

SIDES = {"design": "two_groups", "reference": [1, 2, 3.5], "treatment": [2, 4, 5]}
PROBLEMS = [
    Problem("two_groups", (1.0, 2.0, 3.5), (2.0, 4.0, 5.0), minimum_effect=0.5),
    Problem("before_after_paired", (1.0, 0.0, 0.0), (1.0, 1.0, 1.0), kind="share"),
    Problem(
        "two_groups", (1.0, 2.0, 3.5), (2.0, 4.0, 5.0), missing_treatment=2, lowest=0.0, highest=9.0,
        baseline_reference=(1.0, 2.0, 2.0), baseline_treatment=(1.5, 3.0, 3.0),
    ),
    CoursesProblem(
        reference=Course(23.33, 21.17, 77, error_change=1.25),
        treatment=Course(20.44, 21.03, 319, error_change=0.54),
    ),
    panel(),
    series(season="harmonics"),
    wedge(),
]  # fmt: skip


@pytest.mark.parametrize("problem", PROBLEMS)
def test_problem_and_result_survive_json(problem):
    data = json.loads(json.dumps(problem_as_data(problem)))
    assert problem_from(data) == problem
    answer = json.loads(solve_text(json.dumps({"task": "analysis", **data})))
    said = answer.pop("explanation"), answer.pop("firmness")
    assert result_from(answer) == solve(problem)
    assert all(sentence["text"].endswith(".") for part in said for sentence in part)


def test_the_same_seed_gives_the_same_figures():
    more = {**SIDES, "reference": [1.3, 2.1, 3.7, 4.9, 2.2], "treatment": [2.4, 4.8, 5.1, 6.6, 3.3]}
    one, same, other = (solve_text(json.dumps({**more, "seed": seed})) for seed in (1, 1, 2))
    assert one == same
    assert one != other


def test_a_result_of_the_first_engine_is_still_read():
    result = solve(Problem("two_groups", (1.0, 2.0), (3.0, 5.0)))
    first = {
        "design": "two_groups", "confidence": 0.95, "n_reference": 2, "n_treatment": 2,
        "mean_reference": 1.5, "mean_treatment": 4.0, "effect": result.effect,
        "interval": {"low": result.interval.low, "high": result.interval.high},
        "standard_error": result.standard_error, "t": result.t,
        "degrees_of_freedom": result.degrees_of_freedom, "p_value": result.p_value,
        "hedges_g": result.standardised, "relative_effect": result.relative_effect,
        "bootstrap": None, "resamples": 0, "rule_outcome": "no_rule", "cautions": ["small_sample"],
    }  # fmt: skip
    read = result_from(first)
    assert (read.standardised, read.method, read.variants) == (result.standardised, "welch", ())
    assert result_from({**first, "design": "before_after_paired"}).method == "paired_t"


ASKED = {
    "power": {"design": "two_means", "effect": 0.5},
    "randomise": {"units": ["a", "b", "c", "d"], "seed": 5, "strata": ["x", "x", "y", "y"]},
    "wedge_order": {"sites": ["a", "b", "c"], "seed": 5, "steps": 3},
    "match": {
        "covariates": ["age"], "treated": ["a", "b"], "pool": ["c", "d", "e"],
        "treated_values": [[30], [50]], "pool_values": [[49], [80], [31]],
    },
    "balance": {"names": ["age"], "reference": [[1, 2, 3]], "treatment": [[1, 2, 4]]},
    "multiple": {"names": ["a", "b"], "p_values": [0.01, 0.5]},
    "peeking": {"so_far": SIDES, "planned_reference": 50, "planned_treatment": 50},
    "synthesis": {"studies": [
        {"name": "a", "effect": 1, "standard_error": 0.5},
        {"name": "b", "effect": 2, "standard_error": 0.5},
    ]},
    "grade": {"design": "stepped_wedge", "by_chance": True, "registered": True},
    "bundle": {"parts": [
        {"name": "a", "task": "power", "given": {"design": "two_means", "effect": 0.5}, "stated": {"needed": 64}},
    ]},
}  # fmt: skip
ANSWERED = {
    "power": ("needed", 64),
    "randomise": ("seed", 5),
    "wedge_order": ("seed", 5),
    "match": ("unmatched", []),
    "balance": ("standing", "large"),
    "multiple": ("found", [True, False]),
    "peeking": ("interval", None),
    "synthesis": ("effect", 1.5),
    "grade": ("level", 5),
    "bundle": ("same", True),
}


@pytest.mark.parametrize("task", sorted(TASKS))
def test_every_task_answers(task):
    answer = json.loads(solve_text(json.dumps({"task": task, **ASKED[task]})))
    name, value = ANSWERED[task]
    assert answer[name] == value
    for sentence in answer.get("explanation", []):
        assert "{" not in sentence["text"]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        ({"task": "divine"}, "unknown_task", "The task must be one of analysis, power"),
        ({"task": ["power"]}, "unknown_task", "The task must be one of analysis, power"),
        ({**SIDES, "seed": -1}, "not_a_number", "seed must be a whole number, not below zero."),
        ({**SIDES, "seed": True}, "not_a_number", "seed must be a whole number, not below zero."),
        ({}, "missing_field", "The field 'design' is missing."),
        ({"design": "guess"}, "unknown_design", "The design must be one of before_after_paired"),
        ({"task": "grade", "design": "two_groups", "by_chance": 1}, "not_a_flag",
         "by_chance must be true or false."),
        ({"task": "randomise", "units": ["a", 2], "seed": 1}, "not_a_text", "units[1] must be text."),
        ({"task": "randomise", "units": "ab", "seed": 1}, "not_a_number",
         "units must be a list of texts."),
        ({"task": "randomise", "units": ["a", "b"], "seed": 1.5}, "not_a_number",
         "seed must be a whole number."),
        ({"task": "randomise", "units": ["a", "b"], "seed": 2**70}, "not_a_number",
         "seed is too large."),
        ({"task": "peeking", "so_far": 3, "planned_reference": 5, "planned_treatment": 5},
         "not_an_object", "so_far must be an object."),
        ({"task": "synthesis", "studies": [{"name": "a"}]}, "missing_field",
         "The field 'studies[0].effect' is missing."),
        ({"task": "synthesis", "studies": [{"colour": "a"}]}, "unknown_field",
         "There is no field 'studies[0].colour'."),
        ({"task": "synthesis", "studies": "a"}, "not_a_number", "studies must be a list of entries."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(data, code, said):
    with pytest.raises(ProblemError) as caught:
        solve_text(json.dumps(data))
    assert caught.value.code == code
    assert str(caught.value).startswith(said)
