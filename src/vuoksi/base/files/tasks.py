from datetime import datetime

from vuoksi.base.files import actions
from vuoksi.base.runs.ticks import every_tick


@every_tick
def sweep_strays(at: datetime) -> None:
    actions.sweep_strays(at=at)
