import json

import pytest

from vuoksi.loop.experiments.analyses.engine import (
    Problem,
    ProblemError,
    read_problem,
    solve,
    write_result,
)
from vuoksi.loop.experiments.analyses.engine.tasks import solve_text

TEXT = '{"design": "two_groups", "reference": [3, 2.5], "treatment": [4, 5]}'


def test_a_problem_is_read_with_what_is_left_out():
    assert read_problem(TEXT) == Problem("two_groups", (3.0, 2.5), (4.0, 5.0))


def test_a_whole_problem_is_read():
    more = {"better": "down", "confidence": 0.9, "minimum_effect": 1, "stop_effect": None}
    assert read_problem(json.dumps({**json.loads(TEXT), **more})) == Problem(
        "two_groups", (3.0, 2.5), (4.0, 5.0), better="down", confidence=0.9, minimum_effect=1.0
    )


def test_a_result_is_written_with_its_explanation():
    problem = read_problem(TEXT)
    written = json.loads(solve_text(TEXT))
    assert written == json.loads(write_result(problem, solve(problem)))
    assert (written["effect"], written["rule_outcome"]) == (1.75, "no_rule")
    assert written["explanation"][0] == {
        "code": "difference_better",
        "numbers": {"reference": 2.75, "treatment": 4.5, "effect": 1.75},
        "text": "The average was 4.50 with the trial and 2.75 without it: a difference of 1.75,"
        " in the direction that was hoped for.",
    }


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"colour": "red"}, "unknown_field", "There is no field 'colour'."),
        ({"reference": None}, "not_a_number", "reference must be a list of numbers."),
        ({"reference": [1, "2"]}, "not_a_number", "reference[1] must be a number."),
        ({"treatment": [True, 2]}, "not_a_number", "treatment[0] must be a number."),
        ({"treatment": [10**400, 2]}, "not_a_number", "treatment[0] is too large."),
        ({"confidence": "high"}, "not_a_number", "confidence must be a number."),
        ({"confidence": None}, "not_a_number", "confidence must be a number."),
        ({"better": ["up"]}, "unknown_direction", "Better must be up or down."),
        ({"treatment": [4]}, "too_few", "The treatment needs at least two values."),
    ],
)
def test_what_is_wrong_is_told_with_its_place(changes, code, message):
    with pytest.raises(ProblemError) as caught:
        read_problem(json.dumps({**json.loads(TEXT), **changes}))
    assert (caught.value.code, str(caught.value)) == (code, message)


@pytest.mark.parametrize("text", ["", "design", "[1, 2]", "[" * 100_000, "3"])
def test_what_is_no_json_object_is_refused(text):
    with pytest.raises(ProblemError) as caught:
        read_problem(text)
    assert caught.value.code == "not_json"


def test_a_missing_field_is_named():
    with pytest.raises(ProblemError) as caught:
        read_problem('{"design": "two_groups", "treatment": [1, 2]}')
    assert (caught.value.code, str(caught.value)) == (
        "missing_field",
        "The field 'reference' is missing.",
    )
