"""What the clock does once nobody can join any more: the page closes, and nobody goes on waiting for a place."""

from datetime import datetime

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.loop.experiments.participants import letters, queries
from vuoksi.loop.experiments.participants.actions.joining import move
from vuoksi.loop.experiments.participants.models import (
    RECRUITMENT_STATES,
    Key,
    Place,
    Recruitment,
)


@action
def close_over(*, at: datetime) -> int:
    """Close what is open in name alone, since its last day is over or the experiment has ended."""
    nothing_to_do()
    rows = list(queries.over_recruitments(localtime(at).date()))
    for row in rows:
        state = RECRUITMENT_STATES.target(row.state, "close")
        save_if_unchanged(row, version=row.version, state=state)
        record(actor=None, verb="participants.close_recruitment", thing=row, at=at)
    return len(rows)


@action
def release_waiting(*, at: datetime) -> int:
    """Tell those who wait for a place, or for their guardian, that the experiment has ended, and let them go."""
    nothing_to_do()
    count = 0
    for recruitment in queries.waited_for_in_vain():
        Recruitment.objects.select_for_update().get(pk=recruitment.pk)
        for participant in queries.without_a_place(recruitment):
            Place.objects.filter(participant=participant).delete()
            move(participant=participant, step="lapse", at=at)
            key = Key.objects.filter(participant=participant).first()
            if key is not None:
                letters.over(key)
            count += 1
    return count
