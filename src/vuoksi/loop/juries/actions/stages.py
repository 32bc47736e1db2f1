"""From opening to conclusion: the rules stand still, and a change is told, explained and opens what it touches."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell, tell_upstream
from vuoksi.base.notices.links import authors, reachable
from vuoksi.base.people.models import User
from vuoksi.loop.calls.actions import give_award, unseal_call
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.juries import kinds, letters, queries, rules
from vuoksi.loop.juries.actions.freezing import freeze_rules
from vuoksi.loop.juries.actions.panels import keep_names_hidden
from vuoksi.loop.juries.actions.reviews import set_aside_conflicts
from vuoksi.loop.juries.models import PANEL_STATES, Panel, RuleSet
from vuoksi.loop.juries.refusals import PanelNotReady, RankingOutdated


@action
def open_panel(*, panel: Panel, by: User, at: datetime) -> RuleSet:
    """Freeze the rules and begin to judge. Experts judge all entries that compete, unless some were chosen.

    Raises PanelNotReady, NotPossible.
    """
    rules.check_steer_panel(by)
    state = PANEL_STATES.target(panel.state, "open")
    # Sealed entries whose time has come are opened, should the clock not have been there.
    unseal_call(call=panel.call, at=at)
    missing = queries.missing_before_opening(panel, at)
    if missing:
        raise PanelNotReady(missing)
    if not panel.entries.exists():
        panel.entries.set(queries.eligible(panel))
    save_if_unchanged(panel, version=panel.version, state=state, opened_at=at)
    rule_set = freeze_rules(panel=panel, by=by, at=at)
    record(actor=by, verb="juries.open_panel", thing=panel, at=at, digest=rule_set.digest)
    if panel.way == Panel.Way.RANKS:
        tell(people=_jurors(panel), kind=kinds.REVIEWS_ASKED, thing=panel, by=by, at=at)
    return rule_set


@action
def lock_panel(*, panel: Panel, by: User, at: datetime) -> None:
    """End the judging: scores stand, and the panel sees and discusses them."""
    rules.check_steer_panel(by)
    if panel.state == Panel.State.LOCKED:
        return nothing_to_do()
    state = PANEL_STATES.target(panel.state, "lock")
    set_aside_conflicts(panel=panel, by=by, at=at)
    save_if_unchanged(panel, version=panel.version, state=state)
    record(actor=by, verb="juries.lock_panel", thing=panel, at=at)


@action
def reopen_panel(*, panel: Panel, reason: str, by: User, at: datetime) -> None:
    """Judge on after the scores were locked; the reason stands among the rules, for all to read."""
    rules.check_steer_panel(by)
    state = PANEL_STATES.target(panel.state, "reopen")
    save_if_unchanged(panel, version=panel.version, state=state)
    freeze_rules(panel=panel, by=by, at=at, reason=reason)
    record(actor=by, verb="juries.reopen_panel", thing=panel, at=at)
    tell(people=_jurors(panel), kind=kinds.PANEL_REOPENED, thing=panel, by=by, at=at)


@action
def conclude_panel(
    *,
    panel: Panel,
    awards: Mapping[Entry, str],
    by: User,
    at: datetime,
    citations: Mapping[Entry, str] | None = None,
) -> None:
    """Publish the results, give the awards, and tell the authors of every entry what the jury said.

    `awards` gives the words of each winner's prize or place, `citations` why. Raises RankingOutdated.
    """
    rules.check_steer_panel(by)
    if panel.state == Panel.State.CONCLUDED:
        return nothing_to_do()
    state = PANEL_STATES.target(panel.state, "conclude")
    ranking = queries.newest_ranking(panel)
    if ranking is None or ranking.digest != queries.judged_digest(panel):
        raise RankingOutdated
    # A conflict that came up since the ranking was computed has to be set aside, and the ranking computed again.
    if any(queries.in_conflict(panel)):
        raise RankingOutdated
    for entry, words in awards.items():
        give_award(entry=entry, award=words, citation=(citations or {}).get(entry), by=by, at=at)
    save_if_unchanged(panel, version=panel.version, state=state, concluded_at=at)
    record(actor=by, verb="juries.conclude_panel", thing=panel, at=at, winners=len(awards))
    keep_names_hidden(call=panel.call, by=by, at=at)
    for entry in queries.competing(panel).select_related("call"):
        tell(people=set(authors(entry)), kind=kinds.ENTRY_JUDGED, thing=entry, by=by, at=at)
        tell_upstream(kind=kinds.ENTRY_JUDGED, thing=entry, by=by, at=at)
        _write_feedback(entry)


def _write_feedback(entry: Entry) -> None:
    """Nobody is left out: an author without an account gets by letter what others read on a page."""
    to = reachable(entry)
    if to is not None:
        said = queries.feedback_on(entry)
        transaction.on_commit(partial(letters.judged, entry, said, to), robust=True)


def _jurors(panel: Panel) -> set[User]:
    return {seat.user for seat in panel.jurors.select_related("user")}
