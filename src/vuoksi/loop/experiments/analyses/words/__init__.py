"""What an analysis is called and says in the reader's language: `sentences` of the engine, and `names`."""

from vuoksi.loop.experiments.analyses.words.names import (
    ALGORITHMS,
    APART,
    BAD_LISTS,
    FINDING_TONES,
    LEVEL_TONES,
    METHODS,
    NO_LOOK,
    NOT_ENOUGH,
    OUTCOME_TONES,
    OUTCOMES,
    POWER_METHODS,
    level_words,
    not_enough,
)
from vuoksi.loop.experiments.analyses.words.sentences import (
    SENTENCES,
    sentence_from,
    sentence_words,
)

__all__ = [
    "ALGORITHMS",
    "APART",
    "BAD_LISTS",
    "FINDING_TONES",
    "LEVEL_TONES",
    "METHODS",
    "NOT_ENOUGH",
    "NO_LOOK",
    "OUTCOMES",
    "OUTCOME_TONES",
    "POWER_METHODS",
    "SENTENCES",
    "level_words",
    "not_enough",
    "sentence_from",
    "sentence_words",
]
