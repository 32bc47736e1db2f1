import json

import pytest

from vuoksi.loop.calls.engine.assignment import (
    Entry,
    Pair,
    Problem,
    ProblemError,
    Reviewer,
    read_problem,
    solve,
    solve_text,
    write_plan,
)

DATA = {
    "entries": [{"key": "e"}, {"key": "f"}],
    "reviewers": [{"key": "a", "most": 2}],
    "wanted": 1,
}
WHOLE = {
    "entries": [
        {"key": "e", "topics": ["t"], "language": "fi", "authors": ["x"], "organisations": ["o"]}
    ],
    "reviewers": [
        {
            "key": "a",
            "most": 2,
            "least": 1,
            "expertise": ["t"],
            "languages": ["fi"],
            "organisations": ["p"],
            "conflicts": [],
        },
        {"key": "b", "most": 1},
    ],
    "fixed": [["a", "e"]],
    "forbidden": [["b", "e"]],
    "mixing_price": 0.1,
}


def test_a_problem_is_read():
    assert read_problem(json.dumps(DATA)) == Problem(
        (Entry("e"), Entry("f")), (Reviewer("a", 2),), 1
    )
    assert read_problem(json.dumps(WHOLE)) == Problem(
        (Entry("e", ("t",), "fi", ("x",), ("o",)),),
        (Reviewer("a", 2, 1, ("t",), ("fi",), ("p",), ()), Reviewer("b", 1)),
        3,
        (Pair("a", "e"),),
        (Pair("b", "e"),),
        0.1,
    )


def test_a_plan_is_written_with_its_explanation():
    problem = read_problem(json.dumps(DATA))
    written = json.loads(solve_text(json.dumps(DATA)))
    assert written == json.loads(write_plan(problem, solve(problem)))
    assert [each["entry"] for each in written["reviews"]] == ["e", "f"]
    assert written["explanation"][0] == {
        "code": "complete",
        "facts": {"wanted": 1},
        "text": "Every entry has the 1 reviews wanted.",
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"fixed": 1}, "fixed must be a list of pairs."),
        ({"fixed": [["a"]]}, "fixed[0] must hold two texts."),
        ({"forbidden": [["a", 1]]}, "forbidden[0][1] must be a text."),
        ({"reviewers": [{"key": "a"}]}, "The field 'most' of a reviewer is missing."),
        ({"entries": [{"key": "e", "topics": "t"}]}, "topics must be a list of texts."),
        ({"mixing_price": "low"}, "mixing_price must be a number."),
    ],
)
def test_what_is_wrong_is_told(changes, message):
    with pytest.raises(ProblemError) as caught:
        read_problem(json.dumps({**DATA, **changes}))
    assert str(caught.value) == message
