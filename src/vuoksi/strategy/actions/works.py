from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.strategy import kinds, queries, rules
from vuoksi.strategy.models import ACTION_STATES, Action, ActionUpdate, Goal


@action
def open_action(
    *,
    goal: Goal,
    title: str,
    language: str,
    by: User,
    at: datetime,
    summary: str = "",
    owner: Organisation | None = None,
    partners: Iterable[Organisation] = (),
    slug: str = "",
    **more: Any,
) -> Action:
    """Open an action below a goal.

    `more` may hold code, responsible, starts_on, ends_on, budget_eur, expected_effect, is_decided, state, source and
    is_demo. Without a slug the title gives one.
    """
    rules.check_open_action(by, goal)
    opened = Action.objects.create(
        goal=goal,
        title=title,
        language=language,
        summary=summary,
        owner=owner,
        slug=slug or queries.free_slug(Action, title),
        **more,
    )
    opened.partners.set(partners)
    record(actor=by, verb="strategy.open_action", thing=opened, at=at, goal=goal.pk)
    tell_upstream(kind=kinds.UPDATE_POSTED, thing=opened, by=by, at=at)
    return opened


@action
def update_action(
    *,
    action: Action,
    version: int,
    by: User,
    at: datetime,
    partners: Iterable[Organisation] | None = None,
    **changes: Any,
) -> None:
    """Change facts about an action, but not its state, which changes by an update. Raises EditedMeanwhile."""
    rules.check_update_action(by, action)
    if "state" in changes:
        raise ValueError("the state of an action changes by post_update")
    save_if_unchanged(action, version=version, **changes)
    if partners is not None:
        action.partners.set(partners)
        changes["partners"] = True
    record(actor=by, verb="strategy.update_action", thing=action, at=at, fields=sorted(changes))
    tell_upstream(kind=kinds.TEXT_CHANGED, thing=action, by=by, at=at)


@action
def post_update(
    *,
    action: Action,
    text: str,
    language: str,
    by: User,
    at: datetime,
    transition: str | None = None,
    key: UUID | None = None,
) -> ActionUpdate:
    """Tell what happened to an action, and with `transition` change its state. Everyone upstream hears of it.

    The same `key` twice is the same update. Raises NotPossible.
    """
    rules.check_update_action(by, action)
    sent_before = ActionUpdate.objects.filter(key=key).first() if key else None
    if sent_before is not None:
        nothing_to_do()
        return sent_before
    before = Action.objects.select_for_update().get(pk=action.pk).state
    after = ACTION_STATES.target(before, transition) if transition else before
    if after != before:
        Action.objects.filter(pk=action.pk).update(state=after)
        action.state = after
    update = ActionUpdate.objects.create(
        action=action,
        text=text,
        language=language,
        state=after,
        author=by,
        at=at,
        key=key or uuid4(),
    )
    record(actor=by, verb="strategy.post_update", thing=action, at=at, before=before, after=after)
    kind = kinds.ACTION_CHANGED if after != before else kinds.UPDATE_POSTED
    tell_upstream(kind=kind, thing=action, by=by, at=at, outcome=after)
    return update
