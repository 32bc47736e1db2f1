"""Rules that stand once sending has opened: a change needs a reason, is published, and told to those who write."""

from datetime import datetime

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell, write_to_authors
from vuoksi.base.notices.kinds import Kind
from vuoksi.base.people.models import User
from vuoksi.base.talk.queries import people_behind
from vuoksi.loop.calls import kinds, queries
from vuoksi.loop.calls.models import Call, CallRules
from vuoksi.loop.calls.refusals import RulesStand


@action
def freeze_call(*, call: Call, by: User | None, at: datetime) -> None:
    """Keep the rules of a call as they stand when sending opens; done twice, they are kept once."""
    Call.objects.select_for_update().get(pk=call.pk)
    if not queries.do_rules_stand(call, at) or call.rule_sets.exists():
        return nothing_to_do()
    rules = queries.next_rules(CallRules, {"call": call}, queries.rules_data(call))
    rules.by, rules.at = by, at
    rules.save()
    record(actor=by, verb="calls.freeze_call", thing=call, at=at, digest=rules.digest)


@action
def hold_rules(*, call: Call, at: datetime) -> str:
    """Begin a change: give the fingerprint of the rules as they stand, empty as long as they do not."""
    freeze_call(call=call, by=None, at=at)
    rules = queries.rules_of(call).first()
    return rules.digest if rules is not None else ""


@action
def publish_change(*, call: Call, before: str, reason: str, by: User, at: datetime) -> None:
    """End a change that began with `before` (of `hold_rules`): keep the new rules and tell entrants.

    Raises RulesStand, and the action around it then takes the change back.
    """
    call.refresh_from_db()
    data = queries.rules_data(call)
    if not before or queries.rules_digest(call) == before:
        return nothing_to_do()
    if not reason.strip():
        raise RulesStand(call, "reason")
    if queries.would_open_again(call, at):
        raise RulesStand(call, "unsealed")
    rules = queries.next_rules(CallRules, {"call": call}, data)
    rules.reason, rules.reopened = reason.strip(), len(queries.lacking_entries(call))
    rules.by, rules.at = by, at
    rules.save()
    record(
        actor=by,
        verb="calls.publish_change",
        thing=call,
        at=at,
        digest=rules.digest,
        reopened=rules.reopened,
    )
    tell_of_call(call=call, kind=kinds.CALL_RULES_CHANGED, by=by, at=at)


@action
def tell_of_call(*, call: Call, kind: Kind, by: User | None, at: datetime, **details: str) -> None:
    """Tell those who write for a call, with an account or without, and those who follow it."""
    nothing_to_do()
    everybody = {*queries.entrants_of(call), *people_behind([call])}
    people = [person for person in everybody if person != by]
    tell(people=people, kind=kind, thing=call, by=by, at=at, **details)
    entries = queries.entrants_entries(call)
    write_to_authors(of=entries, kind=kind, thing=call, by=by, at=at, **details)
