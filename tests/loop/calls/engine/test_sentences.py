import pytest

from vuoksi.loop.calls.engine.sentences import Sentence, as_data, listed, percent, say, shown


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("a", "a"),
        (3, "3"),
        (0.0, "0"),
        (0.5, "0.500"),
        (4.125, "4.12"),
        (-12.34, "-12.3"),
        (1234.5, "1234"),
        (1e-9, "0.000000"),
    ],
)
def test_facts_are_shown_with_three_digits(fact, text):
    assert shown(fact) == text


@pytest.mark.parametrize(
    ("share", "shown_as"), [(0, 0), (0.001, 1), (0.499, 50), (0.996, 99), (1.0, 100)]
)
def test_only_what_is_certain_is_0_or_100_percent(share, shown_as):
    assert percent(share) == shown_as


def test_long_lists_are_cut():
    assert listed(("a", "b", "c")) == "a, b, c"
    assert listed(("a", "b", "c"), most=2) == "a, b (+1)"


def test_a_sentence_in_words_and_as_data():
    texts = {"place": "{entry} is number {rank}."}
    sentence = Sentence("place", {"entry": "e", "rank": 2})
    assert say(sentence, texts) == "e is number 2."
    assert as_data(sentence, texts) == {
        "code": "place",
        "facts": {"entry": "e", "rank": 2},
        "text": "e is number 2.",
    }
