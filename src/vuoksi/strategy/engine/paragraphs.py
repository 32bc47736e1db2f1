"""A chapter's paragraphs, and where feedback belongs once the text has been edited.

A paragraph is what stands between empty lines. Its anchor is a digest of its words, so feedback keeps to the
words it was written about: it moves with a paragraph that moves, and is known to be about an earlier text when the
words have changed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

# From this share of common words on, a paragraph is taken for the later form of another.
ALIKE = 0.5

_GAP = re.compile(r"\n[ \t]*\n+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `number` counts from 1 in its chapter, `place` is unique on the chapter's page."""

    anchor: str
    text: str
    number: int
    place: str


def split(body: str) -> tuple[Paragraph, ...]:
    """Give the paragraphs of a text in order. Two with the same words have one anchor and two places."""
    texts = [part.strip() for part in _GAP.split(body.replace("\r\n", "\n")) if part.strip()]
    seen: dict[str, int] = {}
    found = []
    for number, text in enumerate(texts, start=1):
        anchor = anchor_of(text)
        seen[anchor] = seen.get(anchor, 0) + 1
        place = anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"
        found.append(Paragraph(anchor, text, number, place))
    return tuple(found)


def anchor_of(text: str) -> str:
    """Give the anchor of a paragraph: "p" and 16 hexadecimal digits. Line breaks and spacing do not count."""
    return "p" + sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def successor(earlier: str, paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Give the paragraph that the `earlier` words have become, or None if none is like them.

    Words are compared in order; of equals the first wins.
    """
    best = max(
        paragraphs, key=lambda one: (_likeness(earlier, one.text), -one.number), default=None
    )
    return best if best is not None and _likeness(earlier, best.text) >= ALIKE else None


def _likeness(one: str, other: str) -> float:
    # A long text's frequent words are words all the same: no junk heuristic.
    return SequenceMatcher(None, one.casefold().split(), other.casefold().split(), False).ratio()
