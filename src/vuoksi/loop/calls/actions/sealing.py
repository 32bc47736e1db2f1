"""Opening what was sealed, and telling that promised answers are late."""

from datetime import datetime

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell
from vuoksi.loop.calls import kinds, queries
from vuoksi.loop.calls.actions.entries import look_first
from vuoksi.loop.calls.actions.freezing import tell_of_call
from vuoksi.loop.calls.models import ENTRY_STATES, Call, Entry


@action
def unseal_call(*, call: Call, at: datetime) -> int:
    """Open the entries of a call whose sending is over; give their number. Done twice, they are opened once.

    Nobody decides it: the dates of the call do, so that the clock or whoever looks first does the same.
    """
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if not queries.is_seal_due(locked, at):
        nothing_to_do()
        return 0
    state = ENTRY_STATES.target(Entry.State.SEALED, "unseal")
    entries = list(locked.entries.filter(state=Entry.State.SEALED).select_related("author", "call"))
    locked.entries.filter(state=Entry.State.SEALED).update(state=state)
    Call.objects.filter(pk=call.pk).update(unsealed_at=at)
    call.unsealed_at = at
    record(actor=None, verb="calls.unseal_call", thing=call, at=at, entries=len(entries))
    for entry in entries:
        entry.refresh_from_db(fields=["state"])
        look_first(entry=entry, by=entry.author, at=at)
    tell_of_call(call=call, kind=kinds.CALL_MOVED, by=None, at=at, outcome="unsealed")
    return len(entries)


@action
def tell_overdue(*, call: Call, at: datetime) -> None:
    """Tell those who answer for a call that the promised day is over, once."""
    if call.overdue_told_at is not None or call not in queries.calls_overdue(localtime(at).date()):
        return nothing_to_do()
    Call.objects.filter(pk=call.pk).update(overdue_told_at=at)
    record(actor=None, verb="calls.tell_overdue", thing=call, at=at)
    people = queries.people_who_answer(call)
    tell(people=people, kind=kinds.ANSWERS_OVERDUE, thing=call, by=None, at=at)
