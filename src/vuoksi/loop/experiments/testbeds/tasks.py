"""The clock of testbeds: what nobody needs any more is free again."""

from datetime import datetime

from vuoksi.base.runs.ticks import every_tick
from vuoksi.loop.experiments.testbeds import actions


@every_tick
def free_what_is_over(at: datetime) -> int:
    return actions.free_over(at=at)
