"""The verdict on a target: reached, on track, off track, missed, or why there is none; and a chapter's paragraphs."""

from vuoksi.strategy.engine.check import violations
from vuoksi.strategy.engine.judge import judge
from vuoksi.strategy.engine.paragraphs import Paragraph, anchor_of, split, successor
from vuoksi.strategy.engine.problem import (
    EARLY_DAYS,
    LATE_DAYS,
    OPERATORS,
    STALE_AFTER_DAYS,
    TOLERANCE,
    Baseline,
    Observation,
    Operator,
    Reason,
    State,
    Target,
    Verdict,
)

__all__ = [
    "EARLY_DAYS",
    "LATE_DAYS",
    "OPERATORS",
    "STALE_AFTER_DAYS",
    "TOLERANCE",
    "Baseline",
    "Observation",
    "Operator",
    "Paragraph",
    "Reason",
    "State",
    "Target",
    "Verdict",
    "anchor_of",
    "judge",
    "split",
    "successor",
    "violations",
]
