"""Sentences about a result: a code and its facts, so that they can be said in any language."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Fact = str | int | float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code of an engine's `ENGLISH` and the facts in it: keys, counts, points, percent."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def say(sentence: Sentence, texts: Mapping[str, str]) -> str:
    """The sentence in the language of `texts`, with numbers to three significant digits."""
    return texts[sentence.code].format(
        **{name: shown(fact) for name, fact in sentence.facts.items()}
    )


def shown(fact: Fact) -> str:
    """A key or count as it is; a number with three digits, never fewer than its whole part."""
    if isinstance(fact, str | int):
        return str(fact)
    if fact == 0:
        return "0"
    decimals = min(6, max(0, 2 - math.floor(math.log10(abs(fact)))))
    return f"{fact:.{decimals}f}"


def percent(share: float) -> int:
    """A share in whole percent that says 0 or 100 only for none and all."""
    if share in {0, 1}:
        return int(100 * share)
    return min(99, max(1, round(100 * share)))


def listed(keys: tuple[str, ...], most: int = 12) -> str:
    """Keys with commas; a long list is cut and says how many more there are."""
    rest = len(keys) - most
    return ", ".join(keys[:most]) + (f" (+{rest})" if rest > 0 else "")


def as_data(sentence: Sentence, texts: Mapping[str, str]) -> dict[str, Any]:
    """What the JSON form of a result holds for each sentence."""
    return {"code": sentence.code, "facts": dict(sentence.facts), "text": say(sentence, texts)}
