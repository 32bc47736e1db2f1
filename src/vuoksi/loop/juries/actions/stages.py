"""From opening to conclusion: the rules stand still, and a change is told, explained and opens what it touches."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell, tell_upstream
from vuoksi.base.notices.links import authors
from vuoksi.base.people.models import User
from vuoksi.lib import canonical
from vuoksi.loop.calls.actions import give_award
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.juries import kinds, queries, rules
from vuoksi.loop.juries.actions.panels import CriterionWords, write_criteria
from vuoksi.loop.juries.models import PANEL_STATES, Criterion, Panel, Review, RuleSet, Score
from vuoksi.loop.juries.refusals import PanelNotReady, RankingOutdated


@action
def open_panel(*, panel: Panel, by: User, at: datetime) -> RuleSet:
    """Freeze the rules and begin to judge. Experts judge all entries that compete, unless some were chosen.

    Raises PanelNotReady, NotPossible.
    """
    rules.check_steer_panel(by)
    state = PANEL_STATES.target(panel.state, "open")
    missing = queries.missing_before_opening(panel)
    if missing:
        raise PanelNotReady(missing)
    if not panel.entries.exists():
        panel.entries.set(queries.eligible(panel))
    save_if_unchanged(panel, version=panel.version, state=state, opened_at=at)
    rule_set = _freeze(panel, by, at)
    record(actor=by, verb="juries.open_panel", thing=panel, at=at, digest=rule_set.digest)
    if panel.way == Panel.Way.RANKS:
        tell(people=_jurors(panel), kind=kinds.REVIEWS_ASKED, thing=panel, by=by, at=at)
    return rule_set


@action
def change_rules(
    *,
    panel: Panel,
    criteria: Sequence[CriterionWords],
    places: int,
    reason: str,
    version: int,
    by: User,
    at: datetime,
) -> RuleSet:
    """Change rules that stand, with a reason that everybody can read.

    A criterion whose words or scale change, or that is new, opens every sent review again and takes the changed
    criterion's scores with it; weights and places change the counting alone. Raises EditedMeanwhile.
    """
    rules.check_change_rules(by, panel)
    if _says_the_same(panel, criteria, places):
        nothing_to_do()
        return queries.rule_sets_of(panel)[0]
    touched = _touched(panel, criteria)
    save_if_unchanged(panel, version=version, places=places)
    # What was given under other words is no score of the new ones.
    Score.objects.filter(criterion__in=[row for row in touched if row is not None]).delete()
    write_criteria(panel, criteria)
    reopened = _reopen_reviews(panel) if touched else 0
    if reopened and panel.state == Panel.State.LOCKED:
        save_if_unchanged(
            panel, version=panel.version, state=PANEL_STATES.target(panel.state, "reopen")
        )
    rule_set = _freeze(panel, by, at, reason=reason, reopened=reopened)
    record(
        actor=by,
        verb="juries.change_rules",
        thing=panel,
        at=at,
        digest=rule_set.digest,
        reopened=reopened,
    )
    tell(people=_jurors(panel), kind=kinds.RULES_CHANGED, thing=panel, by=by, at=at)
    return rule_set


@action
def lock_panel(*, panel: Panel, by: User, at: datetime) -> None:
    """End the judging: scores stand, and the panel sees and discusses them."""
    rules.check_steer_panel(by)
    if panel.state == Panel.State.LOCKED:
        return nothing_to_do()
    state = PANEL_STATES.target(panel.state, "lock")
    save_if_unchanged(panel, version=panel.version, state=state)
    record(actor=by, verb="juries.lock_panel", thing=panel, at=at)


@action
def reopen_panel(*, panel: Panel, reason: str, by: User, at: datetime) -> None:
    """Judge on after the scores were locked; the reason stands among the rules, for all to read."""
    rules.check_steer_panel(by)
    state = PANEL_STATES.target(panel.state, "reopen")
    save_if_unchanged(panel, version=panel.version, state=state)
    _freeze(panel, by, at, reason=reason)
    record(actor=by, verb="juries.reopen_panel", thing=panel, at=at)


@action
def conclude_panel(*, panel: Panel, awards: Mapping[Entry, str], by: User, at: datetime) -> None:
    """Publish the results, give the awards, and tell the authors of every entry what the jury said.

    `awards` gives the words of each winner's prize or place. Raises RankingOutdated.
    """
    rules.check_steer_panel(by)
    if panel.state == Panel.State.CONCLUDED:
        return nothing_to_do()
    state = PANEL_STATES.target(panel.state, "conclude")
    ranking = queries.newest_ranking(panel)
    if ranking is None or ranking.digest != queries.judged_digest(panel):
        raise RankingOutdated
    for entry, words in awards.items():
        give_award(entry=entry, award=words, by=by, at=at)
    save_if_unchanged(panel, version=panel.version, state=state, concluded_at=at)
    record(actor=by, verb="juries.conclude_panel", thing=panel, at=at, winners=len(awards))
    for entry in panel.entries.all():
        tell(people=set(authors(entry)), kind=kinds.ENTRY_JUDGED, thing=entry, by=by, at=at)
        tell_upstream(kind=kinds.ENTRY_JUDGED, thing=entry, by=by, at=at)


def _freeze(
    panel: Panel, by: User, at: datetime, *, reason: str = "", reopened: int = 0
) -> RuleSet:
    data = queries.rules_data(panel)
    return RuleSet.objects.create(
        panel=panel,
        number=panel.rule_sets.count() + 1,
        text=canonical.canonical(data),
        digest=canonical.digest(data),
        reason=reason,
        reopened=reopened,
        by=by,
        at=at,
    )


def _says_the_same(panel: Panel, wanted: Sequence[CriterionWords], places: int) -> bool:
    rows = queries.criteria_of(panel)
    return (
        panel.places == places
        and [row.pk for row in rows] == [words.number for words in wanted]
        and all(
            _means_the_same(row, words) and (row.weight, row.hint) == (words.weight, words.hint)
            for row, words in zip(rows, wanted, strict=True)
        )
    )


def _touched(panel: Panel, wanted: Sequence[CriterionWords]) -> list[Criterion | None]:
    """Criteria whose meaning changes or that go; None for each new one."""
    rows = {row.pk: row for row in queries.criteria_of(panel)}
    changed = [
        rows[words.number]
        for words in wanted
        if words.number in rows and not _means_the_same(rows[words.number], words)
    ]
    stay = {words.number for words in wanted}
    gone = [row for key, row in rows.items() if key not in stay]
    return [*changed, *gone, *(None for words in wanted if words.number is None)]


def _means_the_same(row: Criterion, words: CriterionWords) -> bool:
    return (row.label, queries.scale(row)) == (words.label, queries.lines(words.anchors))


def _reopen_reviews(panel: Panel) -> int:
    return Review.objects.filter(juror__panel=panel, state=Review.State.SENT).update(
        state=Review.State.ASKED, sent_at=None
    )


def _jurors(panel: Panel) -> set[User]:
    return {seat.user for seat in panel.jurors.select_related("user")}
