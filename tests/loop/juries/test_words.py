"""The sentences of the engines and those marked for translation are the same."""

import pytest

from vuoksi.loop.calls.engine import assignment, finals, ranking
from vuoksi.loop.juries import words


@pytest.mark.parametrize(
    ("ours", "engine"),
    [(words.RANKING, ranking), (words.FINALS, finals), (words.ASSIGNMENT, assignment)],
)
def test_every_sentence_is_marked_for_translation(ours, engine):
    assert {code: str(text) for code, text in ours.items()} == dict(engine.ENGLISH)
