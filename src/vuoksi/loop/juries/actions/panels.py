"""A panel before it opens: its rules, its people, its entries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.people.models import User
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.juries import queries, rules
from vuoksi.loop.juries.models import Juror, Panel
from vuoksi.loop.juries.refusals import StillUsed


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
    return panel


@action
def edit_panel(*, panel: Panel, version: int, by: User, at: datetime, **changes: Any) -> None:
    """Change a draft panel. Raises EditedMeanwhile when `version` is not the newest."""
    rules.check_write_rules(by, panel)
    save_if_unchanged(panel, version=version, **changes)
    record(actor=by, verb="juries.edit_panel", thing=panel, at=at, fields=sorted(changes))


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
) -> Juror:
    """Give a person a seat, or change what is known of one who has it; also while the panel is open."""
    rules.check_steer_panel(by)
    known = {"expertise": expertise, "languages": languages, "most_reviews": most_reviews}
    juror, _is_new = Juror.objects.update_or_create(panel=panel, user=user, defaults=known)
    record(actor=by, verb="juries.add_juror", thing=panel, at=at, juror=juror.pk)
    return juror


@action
def remove_juror(*, juror: Juror, by: User, at: datetime) -> None:
    """Take a seat away from somebody who has judged nothing yet. Raises StillUsed."""
    rules.check_steer_panel(by)
    if juror.reviews.filter(state="sent").exists() or juror.placings.exists():
        raise StillUsed
    panel, number = juror.panel, juror.pk
    juror.reviews.all().delete()
    juror.delete()
    record(actor=by, verb="juries.remove_juror", thing=panel, at=at, juror=number)


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
