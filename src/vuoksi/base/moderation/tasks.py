"""The clock of moderation: no case waits unseen."""

from datetime import datetime

from vuoksi.base.moderation import actions
from vuoksi.base.runs.ticks import every_tick


@every_tick
def tell_of_waiting_cases(at: datetime) -> int:
    return actions.warn_of_waiting(at=at)
