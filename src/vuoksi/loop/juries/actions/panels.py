"""A panel before it opens: its rules, its people, its entries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.loop.calls.actions import hide_names
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.juries import kinds, queries, rules
from vuoksi.loop.juries.actions.freezing import freeze_rules
from vuoksi.loop.juries.models import Juror, Panel
from vuoksi.loop.juries.refusals import RulesFrozen, StillUsed


@action
def create_panel(
    *,
    call: Call,
    title: str,
    way: str,
    places: int,
    due_at: datetime,
    language: str,
    by: User,
    at: datetime,
    **more: Any,
) -> Panel:
    """Make a panel as a draft. `more` are further fields: category, reviews_wanted, is_blind, position."""
    rules.check_steer_panel(by)
    panel = Panel.objects.create(
        call=call, title=title, way=way, places=places, due_at=due_at, language=language, **more
    )
    record(actor=by, verb="juries.create_panel", thing=panel, at=at, way=panel.way)
    keep_names_hidden(call=call, by=by, at=at)
    return panel


@action
def edit_panel(*, panel: Panel, version: int, by: User, at: datetime, **changes: Any) -> None:
    """Change a draft panel. Raises EditedMeanwhile when `version` is not the newest."""
    rules.check_write_rules(by, panel)
    save_if_unchanged(panel, version=version, **changes)
    record(actor=by, verb="juries.edit_panel", thing=panel, at=at, fields=sorted(changes))
    keep_names_hidden(call=panel.call, by=by, at=at)


@action
def add_juror(
    *,
    panel: Panel,
    user: User,
    by: User,
    at: datetime,
    expertise: str = "",
    languages: str = "fi,sv,en",
    most_reviews: int = 20,
    reason: str = "",
) -> Juror:
    """Give a person a seat, or change what is known of one who has it.

    Once the panel is open, a new seat needs a `reason` that stands among the rules. Raises RulesFrozen.
    """
    panel = queries.held(panel)
    rules.check_seat(by, panel)
    if not panel.jurors.filter(user=user).exists():
        _insist_on_reason(panel, reason)
    known = {"expertise": expertise, "languages": languages, "most_reviews": most_reviews}
    juror, is_new = Juror.objects.update_or_create(panel=panel, user=user, defaults=known)
    record(actor=by, verb="juries.add_juror", thing=panel, at=at, juror=juror.pk)
    if is_new:
        _publish_seats(panel, reason, by, at)
    return juror


@action
def remove_juror(*, juror: Juror, by: User, at: datetime, reason: str = "") -> None:
    """Take a seat away from somebody who has judged nothing yet; from an open panel with a `reason`.

    Raises StillUsed, RulesFrozen.
    """
    panel, number = queries.held(juror.panel), juror.pk
    rules.check_seat(by, panel)
    _insist_on_reason(panel, reason)
    if juror.reviews.filter(state="sent").exists() or juror.placings.exists():
        raise StillUsed
    juror.reviews.all().delete()
    juror.delete()
    record(actor=by, verb="juries.remove_juror", thing=panel, at=at, juror=number)
    _publish_seats(panel, reason, by, at)


@action
def keep_names_hidden(*, call: Call, by: User, at: datetime) -> None:
    """Hide who wrote the ideas of a call as long as a panel that judges them shall not know; else show it."""
    waiting = call.panels.filter(is_blind=True).exclude(state=Panel.State.CONCLUDED)
    hide_names(call=call, is_hidden=waiting.exists(), by=by, at=at)


def _insist_on_reason(panel: Panel, reason: str) -> None:
    """Who judges is part of what stands once the panel is open."""
    if panel.state != Panel.State.DRAFT and not reason.strip():
        raise RulesFrozen


def _publish_seats(panel: Panel, reason: str, by: User, at: datetime) -> None:
    if panel.state == Panel.State.DRAFT:
        return
    freeze_rules(panel=panel, by=by, at=at, reason=reason.strip())
    people = {seat.user for seat in panel.jurors.select_related("user")}
    tell(people=people, kind=kinds.RULES_CHANGED, thing=panel, by=by, at=at)


@action
def choose_finalists(*, panel: Panel, entries: Iterable[Entry], by: User, at: datetime) -> None:
    """Say which entries a jury puts in an order, or experts score; only those that compete here are taken."""
    rules.check_write_rules(by, panel)
    wanted = {entry.pk for entry in entries}
    chosen = queries.eligible(panel).filter(pk__in=wanted)
    if set(panel.entries.values_list("pk", flat=True)) == set(chosen.values_list("pk", flat=True)):
        return nothing_to_do()
    panel.entries.set(chosen)
    record(actor=by, verb="juries.choose_finalists", thing=panel, at=at, count=len(wanted))
