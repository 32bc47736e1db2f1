"""By the clock: reminders of follow-ups whose day has come."""

from datetime import datetime

from django.utils.timezone import localtime

from vuoksi.base.runs.ticks import every_tick
from vuoksi.loop.decisions import actions, queries


@every_tick
def remind_of_follow_ups(at: datetime) -> int:
    """Remind those in charge, each of a day once; give the number of people told."""
    due = queries.follow_ups_due(localtime(at).date())
    return sum(actions.remind_of_follow_up(decision=row, at=at) for row in due)
