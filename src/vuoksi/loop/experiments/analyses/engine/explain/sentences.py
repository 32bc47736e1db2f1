"""The result in sentences that a resident can read.

A sentence is a code and its numbers, so that it can be said in any language; `ENGLISH` has one
text for each code and serves as the source of translations.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vuoksi.loop.experiments.analyses.engine.explain.more import DESIGN_WORDS, FIRMNESS
from vuoksi.loop.experiments.analyses.engine.explain.planning import PLANNING
from vuoksi.loop.experiments.analyses.engine.explain.story import STORY
from vuoksi.loop.experiments.analyses.engine.explain.together import TOGETHER

ENGLISH: Mapping[str, str] = MappingProxyType(
    {**STORY, **DESIGN_WORDS, **FIRMNESS, **PLANNING, **TOGETHER}
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code of `ENGLISH` and the numbers in it: values in the measure's unit, counts, percent."""

    code: str
    numbers: Mapping[str, float] = field(default_factory=dict)


def english(sentence: Sentence) -> str:
    """The sentence in English, with three significant digits."""
    shown = {name: shown_number(value) for name, value in sentence.numbers.items()}
    return ENGLISH[sentence.code].format(**shown)


def shown_number(value: float) -> str:
    """Three significant digits, never fewer than the whole part, with a comma between thousands."""
    if isinstance(value, int) or value == 0:
        return f"{value:,.0f}"
    if not 1e-6 <= abs(value) < 1e15:
        return f"{value:.2e}"
    # 9.999 is shown as 10.0: what counts is how large the rounded number is.
    decimals = max(0, 2 - math.floor(math.log10(abs(float(f"{value:.2e}")))))
    return f"{value:,.{decimals}f}"


def percent_of(share: float) -> float:
    """A share as percent, a whole number where it is one."""
    percent = round(100 * share, 6)
    return int(percent) if percent.is_integer() else percent
