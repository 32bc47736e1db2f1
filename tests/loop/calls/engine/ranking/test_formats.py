import json

import pytest

from tests.loop.calls.engine.ranking.examples import jury
from vuoksi.loop.calls.engine.ranking import (
    Category,
    Criterion,
    Entry,
    Problem,
    ProblemError,
    Score,
    read_problem,
    solve,
    solve_text,
    write_result,
)

DATA = {
    "entries": ["e0", {"key": "e1"}],
    "criteria": [{"key": "c", "low": 1, "high": 10}],
    "scores": [
        {"reviewer": f"r{column}", "entry": f"e{row}", "criterion": "c", "value": value}
        for row, values in enumerate(((1, 2), (3, 4)))
        for column, value in enumerate(values)
    ],
    "places": 2,
}


def test_a_problem_is_read_with_what_is_left_out():
    assert read_problem(json.dumps(DATA)) == jury(((1, 2), (3, 4)))


def test_a_whole_problem_is_read():
    data = {
        "entries": [{"key": "a", "category": "x"}],
        "reviewers": ["q", "r", "s"],
        "criteria": [{"key": "c", "weight": 2, "low": 0, "high": 1}],
        "scores": [
            {"reviewer": key, "entry": "a", "criterion": "c", "value": 0.5} for key in ("r", "s")
        ],
        "categories": [{"key": "x", "places": 1}],
        "confidence": 0.8,
        "resamples": 300,
        "seed": 7,
    }
    assert read_problem(json.dumps(data)) == Problem(
        (Entry("a", "x"),),
        ("q", "r", "s"),
        (Criterion("c", 2.0, 0.0, 1.0),),
        (Score("r", "a", "c", 0.5), Score("s", "a", "c", 0.5)),
        (Category("x", 1),),
        0.8,
        300,
        7,
    )


def test_a_result_is_written_with_its_explanation():
    source = json.dumps({**DATA, "resamples": 200})
    problem = read_problem(source)
    written = json.loads(solve_text(source))
    assert written == json.loads(write_result(problem, solve(problem)))
    assert [each["entry"] for each in written["standings"]] == ["e1", "e0"]
    assert written["explanation"][-1] == {
        "code": "few_reviewers",
        "facts": {},
        "text": "There are few reviewers: how much they differ is itself uncertain.",
    }


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"colour": 1}, "unknown_field", "There is no field 'colour'."),
        ({"entries": "e0"}, "wrong_kind", "entries must be a list."),
        ({"entries": [1]}, "wrong_kind", "entries[0] must be a text or an object."),
        ({"entries": [{}]}, "missing_field", "The field 'key' of entries[0] is missing."),
        ({"entries": [{"key": 1}]}, "wrong_kind", "entries[0].key must be a text."),
        ({"criteria": [1]}, "wrong_kind", "criteria must be a list of objects."),
        ({"criteria": [{"key": "c", "low": "1"}]}, "wrong_kind", "low must be a number."),
        ({"scores": [{}]}, "missing_field", "The field 'criterion' of a score is missing."),
        ({"places": None}, "wrong_kind", "places must be a whole number."),
        ({"places": 1.5}, "wrong_kind", "places must be a whole number."),
        ({"reviewers": "r0"}, "wrong_kind", "reviewers must be a list of texts."),
        ({"reviewers": [1]}, "wrong_kind", "reviewers[0] must be a text."),
        ({"confidence": 10**400}, "wrong_kind", "confidence is too large."),
        (
            {"categories": [{"key": "", "places": 1}]},
            "missing_field",
            "Either 'places' or 'categories' must be given.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(changes, code, message):
    with pytest.raises(ProblemError) as caught:
        read_problem(json.dumps({**DATA, **changes}))
    assert (caught.value.code, str(caught.value)) == (code, message)


@pytest.mark.parametrize("source", ["", "[]", "[" * 100_000])
def test_what_is_no_json_object(source):
    with pytest.raises(ProblemError) as caught:
        read_problem(source)
    assert caught.value.code == "not_json"
