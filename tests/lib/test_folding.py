import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.lib.folding import fold, pattern, spans, words_of

LETTERS = "aAäÄåÅoOöÖøØéÉſsSšŠiİıIσΣςΆάяЯйЙёЁnñ\u0301\u0308\u064bبتأا٣1.-*[^ \n"


@pytest.mark.parametrize("word", ["äiti", "ÄITI", "Äiti", "aiti", "A\u0308iti"])
def test_capitals_and_accents_do_not_matter(word):
    assert fold(word) == "aiti"


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60), st.text(min_size=1, max_size=5))
def test_what_is_marked_is_what_was_looked_for(text, word):
    found = spans(text, words_of(word))

    assert found == sorted(found)
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(end < start for (_, end), (start, _) in pairwise(found))


def test_marks_stand_where_the_letters_do():
    assert spans("Straße zum Äther", words_of("strasse ather")) == [(0, 6), (11, 16)]


def finds(word, text):
    return re.search(pattern(word), text) is not None


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("ÄÄNI", "oma ääni"),
        ("ääni", "OMA ÄÄNI"),
        ("aani", "Äänestys ja ääni"),
        ("ääni", "a\u0308a\u0308ni"),
        ("A\u0308A\u0308NI", "ääni"),
        ("strasse", "Hauptstraße"),
        ("STRAẞE", "strasse"),
        ("fiksu", "\ufb01ksu"),
        ("\ufb01ksu", "FIKSU"),
        ("ОПЫТ", "наш опыт"),
        ("سلام", "سَلَام"),
        ("한국", "한국어"),
        ("c++", "in C++ or"),
        ("50%", "up to 50% off"),
        ("a_b", "A_B"),
        ("\u0301", "e\u0301"),
        ("11", "1\u03011"),
        ("0\u20d00", "0\u20d00"),
        ("\uf900", "\uf900"),
        ("\u1112\u1161\u11ab", "\u1112\u1161\u11ab\u1100"),
        ("\u1112\u1161\u11ab", "\ud55c"),
    ],
)
def test_a_pattern_finds_the_word_however_it_is_written(word, text):
    assert finds(word, text)


@pytest.mark.parametrize(
    ("word", "text"), [("ääni", "aanti"), (".*", "abc"), ("a_b", "axb"), ("[a]", "a")]
)
def test_a_pattern_finds_nothing_else(word, text):
    assert not finds(word, text)


@given(
    st.text(LETTERS, max_size=12), st.text(LETTERS.replace(" ", "").replace("\n", ""), max_size=4)
)
def test_a_pattern_finds_what_folding_finds(text, word):
    if fold(word):
        assert finds(word, text) == (fold(word) in fold(text))


@given(st.text(), st.text(min_size=1, max_size=20))
def test_a_pattern_finds_the_word_itself_in_any_text(text, word):
    assert finds(word, text + word)
