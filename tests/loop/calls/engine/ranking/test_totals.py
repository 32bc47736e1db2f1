from dataclasses import replace

import numpy as np
import pytest

from tests.loop.calls.engine.ranking.examples import jury
from vuoksi.loop.calls.engine.ranking import Category, Criterion, Entry, Problem, Score
from vuoksi.loop.calls.engine.ranking.totals import connected_groups, read_reviews

TWO = Problem(
    entries=(Entry("b"), Entry("a")),
    reviewers=("r", "s"),
    criteria=(Criterion("x", weight=3, low=1, high=5), Criterion("y", weight=1, low=0, high=10)),
    scores=(
        Score("r", "a", "x", 3),
        Score("r", "a", "y", 10),
        Score("r", "b", "x", 5),
        Score("r", "b", "y", 0),
        Score("s", "a", "x", 1),
    ),
    categories=(Category("", 1),),
)


def test_criteria_are_weighed_on_a_common_scale():
    reviews = read_reviews(TWO)
    assert (reviews.entries, reviews.reviewers) == (("a", "b"), ("r", "s"))
    assert reviews.totals[:, 0] == pytest.approx([(3 * 50 + 100) / 4, (3 * 100 + 0) / 4])
    assert reviews.counts.tolist() == [[1, 1], [1, 0]]


def test_a_missing_criterion_neither_helps_nor_harms():
    """Means are 50 for x and 50 for y; s gave 50 below the mean of x."""
    reviews = read_reviews(TWO)
    assert reviews.totals[0, 1] == pytest.approx(0)
    assert (reviews.incomplete, reviews.number) == (1, 3)


def test_top_scores_are_counted():
    assert read_reviews(jury(((10, 9), (10, 1)))).top == 2


def test_a_reviewer_without_scores_is_left_out():
    more = replace(TWO, reviewers=("q", "r", "s"))
    assert read_reviews(more).reviewers == ("r", "s")


def test_a_criterion_without_scores_weighs_nothing():
    more = replace(TWO, criteria=(*TWO.criteria, Criterion("z", weight=9)))
    assert read_reviews(more).totals == pytest.approx(read_reviews(TWO).totals)


def test_entries_are_grouped_by_common_reviewers():
    counts = np.array([[0, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 0], [0, 0, 1]], float)
    assert connected_groups(counts).tolist() == [0, 1, 0, 2, 0]
