"""Slots and their arithmetic, who gets which unit, texts with blanks, what follows from a checklist."""

from vuoksi.loop.experiments.testbeds.engine.assign import (
    Limits,
    Offer,
    Taken,
    Wish,
    alternatives,
    assign,
    free_units,
    mistakes,
    wished,
)
from vuoksi.loop.experiments.testbeds.engine.blanks import Unfilled, asked, blanks, drafted, filled
from vuoksi.loop.experiments.testbeds.engine.checklist import (
    CHECKLISTS,
    NEWEST,
    Checklist,
    Given,
    Outcome,
    faults,
    outcome,
)
from vuoksi.loop.experiments.testbeds.engine.slots import (
    MOST_DAYS,
    Length,
    Rhythm,
    Slot,
    local_day,
    merged,
    slots_between,
)

__all__ = [
    "CHECKLISTS",
    "MOST_DAYS",
    "NEWEST",
    "Checklist",
    "Given",
    "Length",
    "Limits",
    "Offer",
    "Outcome",
    "Rhythm",
    "Slot",
    "Taken",
    "Unfilled",
    "Wish",
    "alternatives",
    "asked",
    "assign",
    "blanks",
    "drafted",
    "faults",
    "filled",
    "free_units",
    "local_day",
    "merged",
    "mistakes",
    "outcome",
    "slots_between",
    "wished",
]
