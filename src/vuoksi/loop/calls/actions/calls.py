from collections.abc import Iterable
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.search.actions import refresh_things
from vuoksi.loop.calls import kinds, queries, rules
from vuoksi.loop.calls.actions.comparing import refresh_words
from vuoksi.loop.calls.actions.freezing import (
    freeze_call,
    hold_rules,
    publish_change,
    tell_of_call,
)
from vuoksi.loop.calls.engine import Window, faults
from vuoksi.loop.calls.models import CALL_STATES, Call, Phase
from vuoksi.loop.calls.refusals import NotReady, PhasesRefused, RulesStand


@action
def create_call(
    *,
    slug: str,
    language: str,
    title: str,
    summary: str,
    entrants: str,
    by: User,
    at: datetime,
    windows: Iterable[Window] = (),
    partners: Iterable[Organisation] = (),
    **more: Any,
) -> Call:
    """Make a call as a draft. `more` are further fields: goal, owner, need, offer, source, published_entry_count…"""
    rules.check_write_call(by)
    call = Call.objects.create(
        slug=slug, language=language, title=title, summary=summary, entrants=entrants, **more
    )
    call.partners.set(partners)
    _replace_phases(call, windows)
    record(actor=by, verb="calls.create_call", thing=call, at=at)
    return call


@action
def edit_call(
    *,
    call: Call,
    version: int,
    by: User,
    at: datetime,
    reason: str = "",
    partners: Iterable[Organisation] | None = None,
    **changes: Any,
) -> None:
    """Change texts and settings; once sending has opened, who may enter needs a `reason`.

    Raises EditedMeanwhile when `version` is not the newest, RulesStand.
    """
    rules.check_write_call(by)
    sealed = changes.get("is_sealed", call.is_sealed)
    if sealed != call.is_sealed and queries.do_rules_stand(call, at):
        raise RulesStand(call, "sealed")
    before = hold_rules(call=call, at=at)
    if changes.get("answers_due_on", call.answers_due_on) != call.answers_due_on:
        changes["overdue_told_at"] = None
    save_if_unchanged(call, version=version, **changes)
    if partners is not None:
        call.partners.set(partners)
    publish_change(call=call, before=before, reason=reason, by=by, at=at)
    record(actor=by, verb="calls.edit_call", thing=call, at=at, fields=sorted(changes))


@action
def set_phases(
    *,
    call: Call,
    windows: Iterable[Window],
    version: int,
    by: User,
    at: datetime,
    reason: str = "",
) -> None:
    """Replace the call's phases. Raises PhasesRefused, EditedMeanwhile, RulesStand."""
    rules.check_write_call(by)
    before = hold_rules(call=call, at=at)
    save_if_unchanged(call, version=version)
    _replace_phases(call, windows)
    publish_change(call=call, before=before, reason=reason, by=by, at=at)
    record(actor=by, verb="calls.set_phases", thing=call, at=at)


@action
def publish_call(*, call: Call, by: User, at: datetime) -> None:
    """Show the call to everybody and tell those who follow its goal. Raises NotReady."""
    rules.check_write_call(by)
    state = CALL_STATES.target(call.state, "publish")
    missing = queries.missing_before_publishing(call)
    if missing:
        raise NotReady(call, missing)
    save_if_unchanged(call, version=call.version, state=state, published_at=at)
    record(actor=by, verb="calls.publish_call", thing=call, at=at)
    freeze_call(call=call, by=by, at=at)
    tell_upstream(kind=kinds.CALL_PUBLISHED, thing=call, by=by, at=at)


@action
def close_call(*, call: Call, by: User, at: datetime) -> None:
    """End the call before its time, or for good; ideas are no longer taken, all stay readable."""
    rules.check_write_call(by)
    if call.state == Call.State.CLOSED:
        return nothing_to_do()
    state = CALL_STATES.target(call.state, "close")
    save_if_unchanged(call, version=call.version, state=state)
    record(actor=by, verb="calls.close_call", thing=call, at=at)
    tell_of_call(call=call, kind=kinds.CALL_MOVED, by=by, at=at, outcome="closed")


@action
def reopen_call(*, call: Call, by: User, at: datetime) -> None:
    """Undo a close; whether ideas are taken is then said by the phases again. Raises RulesStand."""
    rules.check_write_call(by)
    if call.state == Call.State.PUBLISHED:
        return nothing_to_do()
    state = CALL_STATES.target(call.state, "reopen")
    save_if_unchanged(call, version=call.version, state=state)
    if queries.would_open_again(call, at):
        raise RulesStand(call, "unsealed")
    record(actor=by, verb="calls.reopen_call", thing=call, at=at)
    tell_of_call(call=call, kind=kinds.CALL_MOVED, by=by, at=at, outcome="reopened")


@action
def hide_names(*, call: Call, is_hidden: bool, by: User, at: datetime) -> None:
    """Hide who wrote the ideas of a call from everybody, or show it again: said by the panels that judge them."""
    rules.check_write_call(by)
    if call.are_names_hidden == is_hidden:
        return nothing_to_do()
    Call.objects.filter(pk=call.pk).update(are_names_hidden=is_hidden)
    call.are_names_hidden = is_hidden
    record(actor=by, verb="calls.hide_names", thing=call, at=at, is_hidden=is_hidden)
    # Whoever looks for a name must not find the idea from now on, so the indexes do not wait for the clock.
    keys = list(call.entries.values_list("pk", flat=True))
    refresh_things(kind="entries", keys=keys, at=at)
    refresh_words(kind="entries", keys=keys, at=at)


def _replace_phases(call: Call, windows: Iterable[Window]) -> None:
    wanted = list(windows)
    wrong = faults(wanted)
    if wrong:
        raise PhasesRefused(wrong)
    call.phases.exclude(kind__in=[window.kind for window in wanted]).delete()
    for window in wanted:
        Phase.objects.update_or_create(
            call=call,
            kind=window.kind,
            defaults={"opens_at": window.opens_at, "closes_at": window.closes_at},
        )
