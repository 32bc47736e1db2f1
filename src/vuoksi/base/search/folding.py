"""Text as search sees it: without capitals and accents, in every language alike."""

from collections.abc import Iterator
from unicodedata import category, normalize


def fold(text: str) -> str:
    """Fold a text: "Äiti", "ÄITI" and "aiti" are the same. Spaces become one."""
    return " ".join("".join(folded for _index, folded in _folded(text)).split())


def words_of(query: str) -> list[str]:
    """Give the words of a query, folded, each once, at most eight."""
    return list(dict.fromkeys(fold(query).split()))[:8]


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
