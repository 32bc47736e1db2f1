from datetime import datetime

from vuoksi.base.runs.ticks import every_tick
from vuoksi.base.search import actions


@every_tick
def refresh_index(at: datetime) -> None:
    actions.refresh_index(at=at)
