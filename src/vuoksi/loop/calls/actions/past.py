"""Calls that ran before this platform, or elsewhere: what was published of them."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.people.models import User
from vuoksi.loop.calls import rules
from vuoksi.loop.calls.models import CALL_STATES, Call, Category, Entry


@action
def record_past_call(*, call: Call, by: User, at: datetime) -> None:
    """Publish a draft of a call that is over: it never takes entries here, so it needs no phases, and nobody is told."""
    rules.check_write_call(by)
    if call.state == Call.State.CLOSED:
        return nothing_to_do()
    published = CALL_STATES.target(call.state, "publish")
    closed = CALL_STATES.target(published, "close")
    save_if_unchanged(call, version=call.version, state=closed, published_at=at)
    record(actor=by, verb="calls.record_past_call", thing=call, at=at)


@action
def record_past_entry(
    *,
    call: Call,
    title: str,
    language: str,
    source: str,
    by: User,
    at: datetime,
    submitted_at: datetime,
    summary: str = "",
    category: Category | None = None,
    author_name: str = "",
    award: str = "",
    state: str = Entry.State.ACCEPTED,
    is_demo: bool = False,
) -> Entry:
    """Write down an entry that was published with its outcome, e.g. a winner. The same call and title stand once."""
    rules.check_write_call(by)
    key = uuid5(NAMESPACE_URL, f"{call.slug}/{title}")
    entry, is_new = Entry.objects.get_or_create(
        key=key,
        defaults={
            "call": call,
            "category": category,
            "language": language,
            "title": title,
            "summary": summary,
            "author_name": author_name,
            "state": Entry.State(state),
            "created_at": submitted_at,
            "edited_at": submitted_at,
            "submitted_at": submitted_at,
            "award": award,
            "source": source,
            "is_demo": is_demo,
        },
    )
    if not is_new:
        nothing_to_do()
        return entry
    record(actor=by, verb="calls.record_past_entry", thing=entry, at=at)
    return entry
