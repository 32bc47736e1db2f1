from dataclasses import replace

import pytest

from tests.loop.calls.engine.finals.examples import finals
from vuoksi.loop.calls.engine.finals import solve, violations

PROBLEM = finals("abcd", "abdc", "bacd", "abcd", "ab", resamples=200)
RESULT = solve(PROBLEM)


def standing(at, **changes):
    standings = list(RESULT.standings)
    standings[at] = replace(standings[at], **changes)
    return {"standings": tuple(standings)}


def test_a_right_result_has_none():
    assert violations(PROBLEM, RESULT) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"standings": RESULT.standings[1:]}, "standings are not the finalists"),
        ({"standings": RESULT.standings[::-1]}, "another order disagrees less"),
        ({"disagreements": 9}, "disagreements are miscounted"),
        ({"comparisons": 9}, "comparisons are miscounted"),
        ({"orders": 2}, "orders are miscounted"),
        ({"decided": (4,)}, "a decided place does not exist"),
        (standing(0, place=2), "place of a is wrong"),
        (standing(0, best_place=2), "other places of a leave out its own"),
        (standing(0, rank_low=3, rank_high=2), "interval of a is impossible"),
        (standing(0, before_next=0), "members for a against the next are miscounted"),
        (standing(0, chance=0.0), "chances do not add up to the places"),
        (standing(0, strength=0.0), "strengths do not add up to 1"),
    ],
)
def test_what_is_wrong_is_found(changes, said):
    assert said in violations(PROBLEM, replace(RESULT, **changes))


def test_a_worse_order_of_many_is_found():
    problem = finals("abcdefgh", "abcdefgh", resamples=200)
    result = solve(problem)
    assert violations(problem, result) == ()
    first, second, *others = result.standings
    wrong = replace(result, standings=(second, first, *others))
    assert "another order disagrees less" in violations(problem, wrong)
