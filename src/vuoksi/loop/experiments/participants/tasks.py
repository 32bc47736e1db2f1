"""The clock of participants: recruitments close, offers end, surveys invite and remind."""

from datetime import datetime

from vuoksi.base.runs.ticks import every_tick
from vuoksi.loop.experiments.participants import actions


@every_tick
def close_what_is_over(at: datetime) -> int:
    return actions.close_over(at=at)


@every_tick
def release_who_waits(at: datetime) -> int:
    return actions.release_waiting(at=at)


@every_tick
def end_offers(at: datetime) -> int:
    return actions.lapse_overdue(at=at)


@every_tick
def remind_of_surveys(at: datetime) -> int:
    return actions.remind(at=at)
