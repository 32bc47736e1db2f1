from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.people.models import User
from vuoksi.indicators.models import Indicator
from vuoksi.lib.units import unit
from vuoksi.strategy import kinds, queries, rules
from vuoksi.strategy.models import Goal, Roadmap, Target


class TargetRefused(ValueError):
    """The target cannot stand on its indicator. `code` says why: unknown_unit, unknown_key, or the unit's own codes."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(f"no target on {key!r}: {code}")
        self.code = code


@action
def create_roadmap(
    *, slug: str, title: str, language: str, by: User, at: datetime, **more: Any
) -> Roadmap:
    """Start a roadmap; `more` may hold summary, owner, due_on, source and position."""
    rules.check_write_roadmap(by)
    roadmap = Roadmap.objects.create(slug=slug, title=title, language=language, **more)
    record(actor=by, verb="strategy.create_roadmap", thing=roadmap, at=at)
    return roadmap


@action
def edit_roadmap(*, roadmap: Roadmap, version: int, by: User, at: datetime, **changes: Any) -> None:
    """Raises EditedMeanwhile."""
    rules.check_write_roadmap(by, roadmap)
    save_if_unchanged(roadmap, version=version, **changes)
    record(actor=by, verb="strategy.edit_roadmap", thing=roadmap, at=at, fields=sorted(changes))
    tell_upstream(kind=kinds.TEXT_CHANGED, thing=roadmap, by=by, at=at)


@action
def create_goal(
    *, slug: str, title: str, language: str, by: User, at: datetime, **more: Any
) -> Goal:
    """Set a goal; `more` holds chapter or roadmap or both, and may hold summary, source and position."""
    rules.check_write_roadmap(by)
    goal = Goal.objects.create(slug=slug, title=title, language=language, **more)
    record(actor=by, verb="strategy.create_goal", thing=goal, at=at)
    tell_upstream(kind=kinds.GOAL_SET, thing=goal, by=by, at=at)
    return goal


@action
def edit_goal(*, goal: Goal, version: int, by: User, at: datetime, **changes: Any) -> None:
    """Raises EditedMeanwhile."""
    rules.check_write_roadmap(by, goal)
    save_if_unchanged(goal, version=version, **changes)
    record(actor=by, verb="strategy.edit_goal", thing=goal, at=at, fields=sorted(changes))
    tell_upstream(kind=kinds.TEXT_CHANGED, thing=goal, by=by, at=at)


@action
def set_target(
    *,
    goal: Goal,
    indicator: Indicator,
    operator: str,
    value: float | None,
    by: User,
    at: datetime,
    **more: Any,
) -> Target:
    """Set a target on an indicator; without a value the city follows the figure and has set none.

    `more` may hold due_on, baseline_value with baseline_on and baseline_method, stale_after_days, source, note and
    is_headline. Raises TargetRefused.
    """
    rules.check_write_roadmap(by, goal)
    _refuse_misfit(indicator, value, more.get("baseline_value"))
    target = Target.objects.create(
        goal=goal, indicator=indicator, operator=operator, value=value, **more
    )
    record(actor=by, verb="strategy.set_target", thing=target, at=at, indicator=indicator.key)
    _tell_of_target(target, "set", by, at)
    return target


@action
def edit_target(*, target: Target, version: int, by: User, at: datetime, **changes: Any) -> None:
    """Raises EditedMeanwhile and TargetRefused."""
    rules.check_write_roadmap(by, target)
    _refuse_misfit(
        changes.get("indicator", target.indicator),
        changes.get("value", target.value),
        changes.get("baseline_value", target.baseline_value),
    )
    save_if_unchanged(target, version=version, **changes)
    record(actor=by, verb="strategy.edit_target", thing=target, at=at, fields=sorted(changes))
    _tell_of_target(target, "changed", by, at)


@action
def remove_target(*, target: Target, by: User, at: datetime) -> None:
    """Take a target away; the audit row of its goal keeps what it was."""
    rules.check_write_roadmap(by, target)
    record(
        actor=by,
        verb="strategy.remove_target",
        thing=target.goal,
        at=at,
        indicator=target.indicator.key,
        operator=target.operator,
        value=target.value,
        due_on=target.due_on,
    )
    _tell_of_target(target, "removed", by, at)
    target.delete()


@action
def tell_verdicts(*, at: datetime) -> int:
    """Tell how targets stand whose verdict is another than people know of; give the number of people told.

    Whatever changed it is found here: new figures, a correction, another target, or a day that has passed. A first
    verdict is only kept, and while nothing is known of a target, people know what was known before.
    """
    nothing_to_do()
    return sum(
        _tell_of_verdict(view.target, view.verdict.state, at)
        for view in queries.news_of_targets(localtime(at).date())
    )


def _tell_of_verdict(target: Target, state: str, at: datetime) -> int:
    known = target.told_state
    # Of two clocks at once only one finds what it saw, and tells.
    is_mine = Target.objects.filter(pk=target.pk, told_state=known).update(told_state=state)
    if not known or not is_mine:
        return 0
    record(actor=None, verb="strategy.tell_verdict", thing=target, at=at, before=known, after=state)
    return tell_upstream(
        kind=kinds.VERDICT_CHANGED,
        thing=target.goal,
        by=None,
        at=at,
        also=[target.indicator],
        outcome=state,
        measure=target.indicator,
    )


def _tell_of_target(target: Target, outcome: str, by: User, at: datetime) -> None:
    """Tell those who follow the goal, and those who follow the indicator that it now stands on."""
    tell_upstream(
        kind=kinds.TARGET_CHANGED,
        thing=target.goal,
        by=by,
        at=at,
        also=[target.indicator],
        outcome=outcome,
        measure=target.indicator,
    )


def _refuse_misfit(indicator: Indicator, *values: float | None) -> None:
    fault = queries.indicator_fault(indicator)
    if fault:
        raise TargetRefused(indicator.key, fault)
    for value in values:
        code = None if value is None else unit(indicator.unit).check(value)
        if code:
            raise TargetRefused(indicator.key, code)
