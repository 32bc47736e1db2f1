"""The verdict on a target: reached, on track, off track, missed, or why there is none."""

from vuoksi.strategy.engine.check import violations
from vuoksi.strategy.engine.judge import judge
from vuoksi.strategy.engine.problem import (
    EARLY_DAYS,
    LATE_DAYS,
    OPERATORS,
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
    "TOLERANCE",
    "Baseline",
    "Observation",
    "Operator",
    "Reason",
    "State",
    "Target",
    "Verdict",
    "judge",
    "violations",
]
