import json

import pytest

from tests.loop.calls.engine.finals.examples import finals
from vuoksi.loop.calls.engine.finals import (
    ProblemError,
    read_problem,
    solve,
    solve_text,
    write_result,
)

DATA = {
    "finalists": ["a", "b", "c"],
    "ballots": [{"member": "m0", "order": ["b", "a"]}, {"member": "m1", "order": ["b", "a", "c"]}],
    "places": 1,
}


def test_a_problem_is_read():
    assert read_problem(json.dumps(DATA)) == finals("ba", "bac")
    more = {"confidence": 0.8, "resamples": 300, "seed": 3}
    assert read_problem(json.dumps({**DATA, **more})) == finals("ba", "bac", **more)


def test_a_result_is_written_with_its_explanation():
    problem = read_problem(json.dumps(DATA))
    written = json.loads(solve_text(json.dumps(DATA)))
    assert written == json.loads(write_result(problem, solve(problem)))
    assert [each["finalist"] for each in written["standings"]] == ["b", "a", "c"]
    assert written["explanation"][0] == {
        "code": "order",
        "facts": {"members": 2, "order": "b, a, c"},
        "text": "The order that disagrees least with the 2 ballots is: b, a, c.",
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"votes": 1}, "There is no field 'votes'."),
        ({"ballots": [{"member": "m"}]}, "The field 'order' of a ballot is missing."),
        ({"finalists": [1]}, "finalists[0] must be a text."),
        ({"places": True}, "places must be a whole number."),
    ],
)
def test_what_is_wrong_is_told(changes, message):
    with pytest.raises(ProblemError) as caught:
        read_problem(json.dumps({**DATA, **changes}))
    assert str(caught.value) == message
