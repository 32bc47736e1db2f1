"""The pure part of calls: their time, and what an answer may be."""

from vuoksi.loop.calls.engine.answers import FILE_ENDINGS, Asked, Wrong, check_file
from vuoksi.loop.calls.engine.answers import check as check_answer
from vuoksi.loop.calls.engine.phases import (
    ENTRY,
    ORDER,
    Fault,
    Mistake,
    Stage,
    Window,
    accepts_entries,
    entry_window,
    faults,
    in_order,
    next_change,
)

__all__ = [
    "ENTRY",
    "FILE_ENDINGS",
    "ORDER",
    "Asked",
    "Fault",
    "Mistake",
    "Stage",
    "Window",
    "Wrong",
    "accepts_entries",
    "check_answer",
    "check_file",
    "entry_window",
    "faults",
    "in_order",
    "next_change",
]
