"""Text as search sees it: without capitals and accents, in every language alike.

Where the texts are kept folded (the index of the site's search), the folded word is looked for. Where they are not (the
lists), `pattern` gives a regular expression that means the same: databases differ in what they take for a capital.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from unicodedata import category, normalize

MOST_WORDS = 8
# Up to the end of Greek with all its accents; above it are signs, and scripts without capitals.
_LAST_SPELLING = 0x2000
# Two letters, and how they are written as one.
_JOINED = {"ss": "ßẞ", "ij": "Ĳĳ", "lj": "Ǉǈǉ", "nj": "Ǌǋǌ", "dz": "ǄǅǆǱǲǳ", "fi": "ﬁ", "fl": "ﬂ"}
# Accents that stand after their letter: Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs.
_MARKS = "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]"


def fold(text: str) -> str:
    """Fold a text: "Äiti", "ÄITI" and "aiti" are the same. Spaces become one."""
    return " ".join("".join(folded for _index, folded in _folded(text)).split())


def words_of(query: str) -> list[str]:
    """Give the words of a query, folded, each once, the first MOST_WORDS of them."""
    return list(dict.fromkeys(fold(query).split()))[:MOST_WORDS]


def spans(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where in the unfolded `text` the folded `words` stand: (start, end), in order, never overlapping."""
    places = [(index, letter) for index, folded in _folded(text) for letter in folded]
    folded = "".join(letter for _index, letter in places)
    found = []
    for word in words:
        start = folded.find(word) if word else -1
        while start != -1:
            found.append((places[start][0], places[start + len(word) - 1][0] + 1))
            start = folded.find(word, start + len(word))
    return _joined(sorted(found))


def pattern(word: str) -> str:
    """Give a regular expression that finds `word` in a text that is not folded, for Python and PostgreSQL alike.

    "ääni" finds "ÄÄNI" and "aani", and "strasse" finds "Straße".
    """
    # Letters composed, and as they were typed: some scripts compose to other letters than the text may have.
    ways = dict.fromkeys(_pattern(letters) for letters in (normalize("NFC", word), word))
    return f"(?:{'|'.join(ways)})" if len(ways) > 1 else next(iter(ways))


def _pattern(letters: str) -> str:
    # A mark that no pattern passes over must be met where the word has it.
    kept = [letter for letter in letters if not re.match(_MARKS, letter)] or list(letters)
    parts, place = [], 0
    while place < len(kept):
        pair = "".join(kept[place : place + 2])
        is_joined = len(pair) == 2 and fold(pair) in _JOINED
        parts.append(_pair_pattern(pair) if is_joined else _letter_pattern(kept[place]))
        place += 1 + is_joined
    return "".join(parts)


def _letter_pattern(letter: str) -> str:
    folded = fold(letter)
    if folded in _JOINED:
        return _pair_pattern(folded)
    same = {letter, *_spellings().get(folded, "")}
    if len(same) == 1 and not letter.isalpha():
        return f"{re.escape(letter)}{_MARKS}*"
    return f"[{''.join(sorted(same))}]{_MARKS}*"


def _pair_pattern(pair: str) -> str:
    """Two letters that may be written as one."""
    one_by_one = "".join(_letter_pattern(letter) for letter in pair)
    return f"(?:[{_JOINED[fold(pair)]}]|{one_by_one})"


@cache
def _spellings() -> Mapping[str, str]:
    """The letters that fold to one letter, by that letter, of all scripts that know capitals or accents."""
    found: dict[str, str] = {}
    for number in range(ord("A"), _LAST_SPELLING):
        letter = chr(number)
        folded = "".join(part for _index, part in _folded(letter))
        if letter.isalpha() and len(folded) == 1:
            found[folded] = found.get(folded, "") + letter
    return found


def _folded(text: str) -> Iterator[tuple[int, str]]:
    for index, letter in enumerate(text):
        bare = "".join(part for part in normalize("NFKD", letter) if category(part) != "Mn")
        # Folding may bring accents of its own ("İ"), so it is done before and after.
        again = normalize("NFKD", bare.casefold())
        yield index, "".join(part for part in again if category(part) != "Mn")


def _joined(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
