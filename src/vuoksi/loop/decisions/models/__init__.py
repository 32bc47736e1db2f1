from vuoksi.loop.decisions.models.decisions import (
    DECISION_STATES,
    Decider,
    Decision,
    Dissent,
)
from vuoksi.loop.decisions.models.follow import STEP_STATES, FollowUp, NextStep
from vuoksi.loop.decisions.models.money import Money

__all__ = [
    "DECISION_STATES",
    "STEP_STATES",
    "Decider",
    "Decision",
    "Dissent",
    "FollowUp",
    "Money",
    "NextStep",
]
