"""The clock of indicators: what the platform measures itself is measured once a month is over."""

from datetime import datetime, timedelta

from django.utils.timezone import localtime

from vuoksi.base.runs.ticks import every_tick
from vuoksi.indicators import actions
from vuoksi.lib import periods


@every_tick
def measure_last_month(at: datetime) -> int:
    """Ask for the readings of the last whole month, by the city's calendar, that nobody has given yet."""
    actions.synchronise_indicators(at=at)
    last = localtime(at).date().replace(day=1) - timedelta(days=1)
    return actions.observe(period=periods.month(last.year, last.month), at=at, only_missing=True)
