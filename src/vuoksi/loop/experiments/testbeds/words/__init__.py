"""Words of this app that stand in more than one place."""

from vuoksi.loop.experiments.testbeds.words.booking import (
    AGREEMENT_TONES,
    BLANKS,
    BOOKING_TONES,
    CHECKLIST_TONES,
    MISTAKES,
    TESTBED_TONES,
    WEEKDAYS,
    left_words,
    offer_words,
    price_words,
    stretch_words,
    time_words,
    weekday_words,
)
from vuoksi.loop.experiments.testbeds.words.questions import (
    ANSWERS,
    ASSESSMENT,
    FAULTS,
    GROUPS,
    QUESTIONS,
    REVIEW,
)

__all__ = [
    "AGREEMENT_TONES",
    "ANSWERS",
    "ASSESSMENT",
    "BLANKS",
    "BOOKING_TONES",
    "CHECKLIST_TONES",
    "FAULTS",
    "GROUPS",
    "MISTAKES",
    "QUESTIONS",
    "REVIEW",
    "TESTBED_TONES",
    "WEEKDAYS",
    "left_words",
    "offer_words",
    "price_words",
    "stretch_words",
    "time_words",
    "weekday_words",
]
