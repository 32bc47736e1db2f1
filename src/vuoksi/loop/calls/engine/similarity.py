"""How alike two texts are: the words that they share, where a rare word says more than a common one.

Words are reduced to their stems (the Snowball stemmers, https://snowballstem.org), so that "pyörät" meets "pyörällä".
A text's words weigh by the logarithm of how often they stand there, scaled to length 1; the words of what somebody
writes weigh by how rare they are too ("lnc.ltc": Manning, Raghavan & Schütze, Introduction to Information Retrieval,
2008, section 6.4.3). What two texts share is therefore named word by word.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

import snowballstemmer  # type: ignore[import-untyped]  # has no types of its own

# Long texts are asked about by their most telling words alone.
MOST_TERMS = 16
LONGEST_TERM = 36
# A word in more than this share of all texts tells none from another.
TOO_COMMON = 0.2
FEW_TEXTS = 20
# Two words in common, or one may be chance.
FEWEST_SHARED = 2

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish", "et": "estonian",
    "fi": "finnish", "fr": "french", "no": "norwegian", "ru": "russian", "sv": "swedish",
}  # fmt: skip
# Words that hold a sentence together and say nothing of what it is about.
_EMPTY = {
    "en": """about after all also and any are because been but can could did does for from get had has have her his
        how into its just like make many may more most much must need not now off one only other our out over own
        people should since some such than that the their them then there these they this those too two under until
        use very want was way were what when where which while who will with would you your""",
    "fi": """aina että eivät ehkä eli ennen enää eri heidän hyvin hän ihmiset ihmisten itse ja jo joka jokin jolla jos
        joita jonka josta jota jotka jotta juuri kaikki kanssa kautta koska kuin kun kuten kyllä lisää me meidän mikä
        missä mitä mukaan muita muun mutta myös mitään nämä niiden niin niitä noin nyt näin ole olen oli olisi olla
        olleet ollut oma oman omia ottaa ovat paljon sekä sen sillä sitä siis silloin sitten tai tämä tämän tätä
        täällä vain vaikka voi voidaan voisi voivat vuoksi yksi yli""",
    "sv": """alla allt andra att av bara blir bli den denna deras dess dessa det detta där eller ett finns från för
        fram får gör göra han har hela hon hur här inte kan kommer kunna man med men mer mot mycket människor många
        måste när nu någon något några och också om oss samt ska skulle sig sin sina som sådan till under upp utan
        var vara vad vid vill vilka vilken våra är även över""",
}
_STOP = {language: frozenset(words.split()) for language, words in _EMPTY.items()}


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Reduce a word in small letters to its stem; a language without a stemmer keeps its words whole."""
    name = _STEMMERS.get(language)
    # A stemmer is not to be shared between threads, and costs little.
    found = snowballstemmer.stemmer(name).stemWord(word) if name else word
    return str(found)[:LONGEST_TERM]


def terms(text: str, language: str) -> Counter[str]:
    """Count the stems of `text`, without the words that only hold sentences together."""
    stop = _STOP.get(language, frozenset())
    words = _WORD.findall(_plain(text))
    return Counter(stem(word, language) for word in words if word not in stop)


def weights(counts: Mapping[str, int]) -> dict[str, float]:
    """Weigh the words of a text by how often they stand there; the squares add up to 1."""
    return _scaled({term: 1 + math.log(count) for term, count in counts.items()})


def telling(
    counts: Mapping[str, int], holding: Mapping[str, int], texts: int, most: int = MOST_TERMS
) -> dict[str, float]:
    """Give the most telling words of what somebody writes, with their weights.

    `holding` says how many of `texts` texts hold each word; a word that none holds cannot be shared.
    """
    common = max(TOO_COMMON * texts, FEW_TEXTS)
    rare = {
        term: (1 + math.log(count)) * math.log((texts + 1) / holding[term])
        for term, count in counts.items()
        if 0 < holding.get(term, 0) <= common
    }
    best = sorted(rare, key=lambda term: (-rare[term], term))[:most]
    return _scaled({term: rare[term] for term in best if rare[term] > 0})


def spans(text: str, language: str, stems: Iterable[str]) -> list[tuple[int, int]]:
    """Where in `text` stand words with one of these stems."""
    wanted = frozenset(stems)
    return [
        found.span() for found in _WORD.finditer(text) if stem(_plain(found[0]), language) in wanted
    ]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _scaled(raw: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in raw.values()))
    return {term: weight / length for term, weight in raw.items()} if length else {}
