"""Results in sentences that a resident can read."""

from vuoksi.loop.experiments.analyses.engine.explain.results import (
    RATES,
    can_show,
    cannot_show,
    explain,
    explain_firmness,
)
from vuoksi.loop.experiments.analyses.engine.explain.sentences import (
    ENGLISH,
    Sentence,
    english,
    percent_of,
    shown_number,
)

__all__ = [
    "ENGLISH",
    "RATES",
    "Sentence",
    "can_show",
    "cannot_show",
    "english",
    "explain",
    "explain_firmness",
    "percent_of",
    "shown_number",
]
