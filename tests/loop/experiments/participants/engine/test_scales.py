"""Scores against the published rules, and what reversing and ranges do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.experiments.participants.engine import SCALES, NotAnswered, mean_of, score


@pytest.mark.parametrize(
    ("key", "answers", "expected"),
    [
        # The raw sum 0–25 times four: Topp et al. 2015.
        ("who5", [0] * 5, 0.0),
        ("who5", [5] * 5, 100.0),
        ("who5", [3, 2, 4, 1, 3], 52.0),
        # Odd items minus one, five minus even items, times 2.5: Brooke 1996.
        ("sus", [5, 1] * 5, 100.0),
        ("sus", [1, 5] * 5, 0.0),
        ("sus", [3] * 10, 50.0),
        ("sus", [4, 2, 4, 2, 5, 1, 4, 2, 3, 3], 75.0),
        # The sum, 3 to 9: Hughes et al. 2004.
        ("ucla3", [1, 1, 1], 3.0),
        ("ucla3", [3, 2, 3], 8.0),
    ],
)
def test_published_scores(key, answers, expected):
    assert score(SCALES[key], answers) == expected


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
@given(data=st.data())
def test_a_score_lies_between_its_ends_and_moves_with_each_item(scale, data):
    numbers = st.integers(scale.least, scale.most)
    answers = data.draw(st.lists(numbers, min_size=scale.items, max_size=scale.items))
    found = score(scale, answers)
    assert scale.low <= found <= scale.high
    place = data.draw(st.integers(0, scale.items - 1))
    if answers[place] < scale.most:
        higher = [*answers]
        higher[place] += 1
        sign = -1 if place + 1 in scale.reversed_items else 1
        assert score(scale, higher) - found == pytest.approx(sign * scale.times)


def test_gaps_and_numbers_off_the_scale_give_no_score():
    with pytest.raises(NotAnswered):
        score(SCALES["who5"], [1, 2, None, 3, 4])
    with pytest.raises(NotAnswered):
        score(SCALES["who5"], [1, 2, 3])
    with pytest.raises(ValueError, match="not on the scale"):
        score(SCALES["ucla3"], [0, 1, 2])


def test_own_questions_give_their_mean_with_reversed_ones_turned():
    assert mean_of([(5, 1, 5, False), (1, 1, 5, True), (3, 1, 5, False)]) == pytest.approx(13 / 3)
    with pytest.raises(NotAnswered):
        mean_of([])
