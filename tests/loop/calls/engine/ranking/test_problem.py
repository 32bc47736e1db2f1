from dataclasses import replace

import pytest

from tests.loop.calls.engine.ranking.examples import jury
from vuoksi.loop.calls.engine.ranking import (
    Category,
    Criterion,
    Entry,
    Problem,
    ProblemError,
    Score,
)

FAIR = jury(((1, 2), (3, 4)))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"entries": ()}, "too_few"),
        ({"scores": FAIR.scores[:1]}, "too_few"),
        ({"criteria": tuple(Criterion(f"c{at}") for at in range(101))}, "too_many"),
        ({"entries": (Entry("e0"), Entry("e0"))}, "key_twice"),
        ({"entries": (Entry(""), *FAIR.entries)}, "empty_key"),
        ({"entries": (Entry("e0", "other"), Entry("e1"))}, "unknown_key"),
        ({"reviewers": ("r0",)}, "unknown_key"),
        ({"entries": FAIR.entries[:1]}, "unknown_key"),
        ({"criteria": (Criterion("d", low=1, high=10),)}, "unknown_key"),
        ({"scores": (*FAIR.scores, FAIR.scores[0])}, "score_twice"),
        ({"scores": (*FAIR.scores[1:], Score("r0", "e0", "c", 10.5))}, "score_outside"),
        ({"scores": (*FAIR.scores[1:], Score("r0", "e0", "c", float("nan")))}, "score_outside"),
        ({"categories": (Category("", 1), Category("", 2))}, "key_twice"),
        ({"categories": (Category("", -1),)}, "bad_places"),
        ({"confidence": 1.0}, "bad_confidence"),
        ({"resamples": 100}, "bad_resamples"),
        ({"seed": -1}, "bad_seed"),
    ],
)
def test_what_cannot_be_ranked_is_refused(changes, code):
    with pytest.raises(ProblemError) as caught:
        replace(FAIR, **changes)
    assert caught.value.code == code
    assert str(caught.value) != ""


@pytest.mark.parametrize(
    ("weight", "low", "high", "code"),
    [
        (0, 1, 5, "bad_weight"),
        (float("inf"), 1, 5, "bad_weight"),
        (1, 5, 5, "bad_scale"),
        (1, 1, float("nan"), "bad_scale"),
    ],
)
def test_a_criterion_weighs_something_and_rises(weight, low, high, code):
    with pytest.raises(ProblemError) as caught:
        Criterion("c", weight, low, high)
    assert caught.value.code == code


def test_scores_are_told_on_the_criteria_s_own_scale_if_they_share_one():
    two = replace(FAIR, criteria=(*FAIR.criteria, Criterion("d", low=0, high=1)))
    assert (FAIR.scale, two.scale) == ((1.0, 10.0), (0.0, 100.0))


def test_a_problem_is_a_value():
    assert jury(((1, 2), (3, 4))) == FAIR
    assert isinstance(hash(FAIR), int)
    assert isinstance(FAIR, Problem)
