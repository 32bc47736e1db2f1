"""What the clock does for the strategy: it tells how targets stand, once that has changed."""

from datetime import datetime

from vuoksi.base.runs.ticks import every_tick
from vuoksi.strategy import actions


@every_tick
def tell_verdicts(at: datetime) -> int:
    return actions.tell_verdicts(at=at)
