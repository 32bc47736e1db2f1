"""The criteria of a panel: written while it is a draft, changed with a reason once they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.loop.juries import kinds, queries, rules
from vuoksi.loop.juries.actions.freezing import freeze_rules
from vuoksi.loop.juries.models import PANEL_STATES, Criterion, Panel, Review, RuleSet, Score


@dataclass(frozen=True, slots=True)
class CriterionWords:
    """One criterion as it is typed; `number` is that of the criterion it changes, None for a new one.

    `anchors` holds a line for each point of the scale, the lowest first.
    """

    label: str
    anchors: str
    weight: int = 1
    hint: str = ""
    number: int | None = None


@action
def set_criteria(
    *, panel: Panel, criteria: Sequence[CriterionWords], version: int, by: User, at: datetime
) -> None:
    """Replace the criteria of a draft panel. Raises EditedMeanwhile."""
    rules.check_write_rules(by, panel)
    save_if_unchanged(panel, version=version)
    _write_criteria(panel, criteria)
    record(actor=by, verb="juries.set_criteria", thing=panel, at=at, count=len(criteria))


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
    _write_criteria(panel, criteria)
    reopened = _reopen_reviews(panel) if touched else 0
    if reopened and panel.state == Panel.State.LOCKED:
        save_if_unchanged(
            panel, version=panel.version, state=PANEL_STATES.target(panel.state, "reopen")
        )
    rule_set = freeze_rules(panel=panel, by=by, at=at, reason=reason, reopened=reopened)
    record(
        actor=by,
        verb="juries.change_rules",
        thing=panel,
        at=at,
        digest=rule_set.digest,
        reopened=reopened,
    )
    tell(
        people={seat.user for seat in panel.jurors.select_related("user")},
        kind=kinds.RULES_CHANGED,
        thing=panel,
        by=by,
        at=at,
    )
    return rule_set


def _write_criteria(panel: Panel, wanted: Sequence[CriterionWords]) -> None:
    """Bring the rows to what is wanted; a criterion that stays keeps its number."""
    kept = {words.number for words in wanted if words.number is not None}
    panel.criteria.exclude(pk__in=kept).delete()
    # Positions are unique, so those that stay first move out of the way.
    for place, row in enumerate(panel.criteria.order_by("position"), start=len(wanted) + 1000):
        Criterion.objects.filter(pk=row.pk).update(position=place)
    for position, words in enumerate(wanted):
        fields = {
            "position": position,
            "label": words.label,
            "hint": words.hint,
            "weight": words.weight,
            "anchors": words.anchors,
        }
        if words.number is None:
            Criterion.objects.create(panel=panel, language=panel.language, **fields)
        else:
            panel.criteria.filter(pk=words.number).update(**fields)


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
    """Open what was sent. A page that shows the former rules can no longer be sent, whether it was sent before or not."""
    living = Review.objects.filter(juror__panel=panel).exclude(state=Review.State.DECLINED)
    living.update(version=F("version") + 1)
    return living.filter(state=Review.State.SENT).update(state=Review.State.ASKED, sent_at=None)
