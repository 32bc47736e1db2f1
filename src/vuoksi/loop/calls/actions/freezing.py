"""Rules that stand once sending has opened: a change needs a reason, is published, and told to those who write."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell, write_to_authors
from vuoksi.base.people.models import User
from vuoksi.lib import canonical
from vuoksi.loop.calls import kinds, queries
from vuoksi.loop.calls.models import Call, CallRules, FrozenRules
from vuoksi.loop.calls.refusals import RulesStand

R = TypeVar("R", bound=FrozenRules)


def keep_rules(
    model: type[R],
    owner: Mapping[str, Any],
    data: object,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    reopened: int = 0,
) -> R:
    """Keep `data` as the newest rules of `owner` ({"call": call}), with their fingerprint."""
    return model._default_manager.create(
        **owner,
        number=model._default_manager.filter(**owner).count() + 1,
        text=canonical.canonical(data),
        digest=canonical.digest(data),
        reason=reason,
        reopened=reopened,
        by=by,
        at=at,
    )


@action
def freeze_call(*, call: Call, by: User | None, at: datetime) -> None:
    """Keep the rules of a call as they stand when sending opens; done twice, they are kept once."""
    Call.objects.select_for_update().get(pk=call.pk)
    if not queries.do_rules_stand(call, at) or call.rule_sets.exists():
        return nothing_to_do()
    rules = keep_rules(CallRules, {"call": call}, queries.rules_data(call), by=by, at=at)
    record(actor=by, verb="calls.freeze_call", thing=call, at=at, digest=rules.digest)


@contextmanager
def changing_rules(call: Call, *, reason: str, by: User, at: datetime) -> Iterator[None]:
    """Change the rules of a call inside; once they stand, insist on a reason, keep them anew and tell entrants.

    Raises RulesStand; the action around it then takes everything back.
    """
    stand = queries.do_rules_stand(call, at)
    if stand:
        freeze_call(call=call, by=None, at=at)
    before = queries.rules_digest(call)
    yield
    call.refresh_from_db()
    if not stand or queries.rules_digest(call) == before:
        return
    if not reason.strip():
        raise RulesStand(call, "reason")
    if queries.would_open_again(call, at):
        raise RulesStand(call, "unsealed")
    lacking = queries.lacking_entries(call)
    rules = keep_rules(
        CallRules,
        {"call": call},
        queries.rules_data(call),
        by=by,
        at=at,
        reason=reason.strip(),
        reopened=len(lacking),
    )
    record(
        actor=by,
        verb="calls.change_rules",
        thing=call,
        at=at,
        digest=rules.digest,
        reopened=rules.reopened,
    )
    _tell_entrants(call, by, at)


def _tell_entrants(call: Call, by: User, at: datetime) -> None:
    tell(people=queries.entrants_of(call), kind=kinds.CALL_RULES_CHANGED, thing=call, by=by, at=at)
    write_to_authors(
        of=queries.entrants_entries(call),
        kind=kinds.CALL_RULES_CHANGED,
        thing=call,
        by=by,
        at=at,
    )
