from dataclasses import replace

import pytest

from tests.loop.calls.engine.ranking.examples import jury
from vuoksi.loop.calls.engine.ranking import (
    Band,
    Category,
    Criterion,
    Entry,
    Score,
    solve,
    violations,
)

ROWS = ((9, 8, 9, None), (5, 5, 5, None), (4, 6, 5, None), (1, 2, 1, 3), (None, None, None, 4))
PROBLEM = replace(
    jury(ROWS, resamples=200),
    criteria=(Criterion("c", 2, 1, 10), Criterion("d", 1, 0, 1)),
    scores=(*jury(ROWS).scores, Score("r0", "e0", "d", 0.5), Score("r1", "e1", "d", 1.0)),
)
RESULT = solve(PROBLEM)


def standing(at, **changes):
    standings = list(RESULT.standings)
    standings[at] = replace(standings[at], **changes)
    return {"standings": tuple(standings)}


def reviewer(**changes):
    first, *others = RESULT.reviewers
    return {"reviewers": (replace(first, **changes), *others)}


def cut(**changes):
    return {"cuts": (replace(RESULT.cuts[0], **changes),)}


def test_a_right_result_has_none():
    assert violations(PROBLEM, RESULT) == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"standings": RESULT.standings[1:]}, "standings are not the entries of the problem"),
        ({"reviewers": RESULT.reviewers[1:]}, "reviewers are not those who scored"),
        ({"cuts": ()}, "cuts are not those of the categories"),
        (standing(0, mean_score=3.0), "mean_score of e0 is wrong"),
        (standing(0, reviews=2), "reviews of e0 are miscounted"),
        (standing(0, mean_score=None), "reviews of e0 are miscounted"),
        (reviewer(mean_score=3.0), "mean_score of r0 is wrong"),
        (reviewer(leniency=50.0), "leniencies are not measured from the average reviewer"),
        (reviewer(scatter=-1.0), "interval or scatter of r0 is impossible"),
        ({"groups": (("e0", "e1"),)}, "groups are not what the reviewers connect"),
        ({"cautions": ("groups_not_compared",)}, "groups_not_compared is wrong"),
        (standing(4, corrected=1e3), "ranks of '' do not follow the corrected scores"),
        (standing(1, rank=4), "ranks of '' do not follow the corrected scores"),
        (standing(0, rank=2), "ranks of '' do not start at 1"),
        (standing(0, rank_low=0), "an interval of e0 is impossible"),
        (standing(0, chance=1.5), "a chance of '' is not a probability"),
        (standing(0, chance=0.1), "chances of '' do not add up to its places"),
        (standing(0, above_next=None), "above_next of '' is missing or too many"),
        ({"bands": RESULT.bands[1:]}, "bands of '' do not cover each place once"),
        (
            {"bands": tuple(Band("", at, at) for at in range(1, 6))},
            "a band of '' ends where the order is not sure",
        ),
        (cut(places=3), "places of the cut of '' is wrong"),
        (cut(last_in="e4"), "last_in of the cut of '' is wrong"),
        (cut(first_out=None), "first_out of the cut of '' is wrong"),
        (cut(certain=("e4",)), "certain of the cut of '' is wrong"),
        (cut(possible=("e4",)), "possible of the cut of '' is wrong"),
        (cut(is_decided=not RESULT.cuts[0].is_decided), "is_decided of the cut of '' is wrong"),
        (cut(is_tie=True), "is_tie of the cut of '' is wrong"),
    ],
)
def test_what_is_wrong_is_found(changes, said):
    assert said in violations(PROBLEM, replace(RESULT, **changes))


def test_a_standing_that_names_another_group():
    apart = jury([[9, None], [8, None], [None, 3], [None, 2]], resamples=200)
    result = solve(apart)
    assert violations(apart, result) == ()
    wrong = tuple(replace(each, group=1 - each.group) for each in result.standings)
    assert violations(apart, replace(result, standings=wrong)) == (
        "a standing names another group",
    )


def test_an_empty_category_is_right():
    empty = replace(PROBLEM, categories=(Category("", 2), Category("none", 1)))
    assert violations(empty, solve(empty)) == ()
    assert Entry("e0") in empty.entries
