"""How alike texts are: stems meet, rare words count more, empty words do not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.calls.engine import similarity


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fi", "pyörät telineessä", "pyörän telineet"),
        ("sv", "simhallar och bänkar", "simhallarna, bänkarna"),
        ("en", "Swimming lessons", "swim lesson"),
        ("so", "buugag cusub", "Cusub buugag"),
    ],
)
def test_forms_of_a_word_meet(language, one, other):
    shared = similarity.terms(one, language).keys() & similarity.terms(other, language).keys()
    assert len(shared) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [("fi", "ja myös kun"), ("sv", "och inte med"), ("en", "the and was"), ("en", "a 12 b3")],
)
def test_words_without_a_subject_do_not_count(language, text):
    assert similarity.terms(text, language) == {}


def test_a_rare_word_tells_more():
    found = similarity.telling({"lamp": 1, "city": 1}, {"lamp": 2, "city": 20}, 100)
    assert found["lamp"] > found["city"]
    assert math.isclose(sum(weight**2 for weight in found.values()), 1)


def test_a_word_that_nobody_or_everybody_uses_tells_nothing():
    assert similarity.telling({"lamp": 1, "city": 1}, {"city": 90}, 100) == {}


def test_only_the_most_telling_words_are_asked_for():
    words = {f"w{n:02}": 1 for n in range(40)}
    found = similarity.telling(words, {word: n + 1 for n, word in enumerate(words)}, 1000)
    assert sorted(found) == [f"w{n:02}" for n in range(similarity.MOST_TERMS)]


def test_what_is_shared_is_found_in_the_text_as_it_is_written():
    text = "Lamppuja? Lainaa lamppu!"
    stems = similarity.terms("lamput", "fi")
    assert [text[a:b] for a, b in similarity.spans(text, "fi", stems)] == ["Lamppuja", "lamppu"]


@given(st.text(max_size=300), st.sampled_from(["fi", "sv", "en", "ar", "xx"]))
def test_any_text_can_be_weighed(text, language):
    weights = similarity.weights(similarity.terms(text, language))
    total = sum(weight**2 for weight in weights.values())
    assert not weights or math.isclose(total, 1)
    assert all(len(term) <= similarity.LONGEST_TERM for term in weights)
