"""What the clock does for calls: keep rules when sending opens, open seals, tell what is overdue, compare words."""

from datetime import datetime

from django.utils.timezone import localtime

from vuoksi.base.runs.ticks import every_tick
from vuoksi.loop.calls import actions, queries


@every_tick
def freeze_rules(at: datetime) -> None:
    for call in queries.calls_to_freeze(at):
        actions.freeze_call(call=call, by=None, at=at)


@every_tick
def open_seals(at: datetime) -> None:
    for call in queries.calls_to_unseal(at):
        actions.unseal_call(call=call, at=at)


@every_tick
def tell_overdue(at: datetime) -> None:
    for call in queries.calls_overdue(localtime(at).date()):
        actions.tell_overdue(call=call, at=at)


@every_tick
def refresh_compared(at: datetime) -> None:
    actions.refresh_compared(at=at)
