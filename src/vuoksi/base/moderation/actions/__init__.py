"""Writes of moderation: reports, decisions and appeals; what they do to the things themselves is in `things.py`."""

from vuoksi.base.moderation.actions.deciding import Ruling, appeal, decide, mend, settle
from vuoksi.base.moderation.actions.opening import hold, hold_comment, look, report
from vuoksi.base.moderation.actions.waiting import (
    forget_person,
    forget_reporters,
    warn_of_waiting,
)

__all__ = [
    "Ruling",
    "appeal",
    "decide",
    "forget_person",
    "forget_reporters",
    "hold",
    "hold_comment",
    "look",
    "mend",
    "report",
    "settle",
    "warn_of_waiting",
]
