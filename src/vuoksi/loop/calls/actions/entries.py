from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.moderation.actions import hold
from vuoksi.base.moderation.queries import doubt
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person
from vuoksi.base.talk.queries import people_behind
from vuoksi.base.texts.models import Visibility
from vuoksi.loop.calls import kinds, letters, queries, rules
from vuoksi.loop.calls.actions.freezing import freeze_call
from vuoksi.loop.calls.models import (
    ENTRY_STATES,
    Call,
    Category,
    Entry,
    EntryLink,
    Question,
    Response,
)
from vuoksi.loop.calls.refusals import CallClosed, Incomplete


@dataclass(frozen=True, slots=True)
class EntryText:
    """All that an author writes; `responses` holds the answers by the question's key."""

    language: str
    title: str = ""
    summary: str = ""
    author_name: str = ""
    category: Category | None = None
    responses: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Behalf:
    """The person for whom city staff enter an idea; the address may be unknown."""

    name: str
    email: str = ""


@action
def save_entry(
    *,
    call: Call,
    key: UUID,
    text: EntryText,
    version: int,
    writer: UUID,
    by: Person,
    at: datetime,
    link: EntryLink | None = None,
    behalf: Behalf | None = None,
    is_demo: bool = False,
) -> Entry:
    """Save what an author has written so far; the first time (`key` is new) make the entry, as a draft.

    A draft may be kept whether the call is open or not. `writer` names the open page that saves: it may save again
    over what it saved itself, but raises EditedMeanwhile over what somebody else saved after `version`.
    """
    rules.check_link(link, call, at)
    _wait_for_turn(by, link)
    entry = link.entry if link is not None and link.entry is not None else queries.entry_by_key(key)
    if entry is None:
        origin = _origin(by, call, link, behalf)
        _insist_on_own_category(call, text)
        return _begin(call, key, text, writer, by, at, link, is_demo=is_demo, **origin)
    rules.check_edit_entry(by, rules.Held(entry, link))
    _insist_on_own_category(entry.call, text)
    is_sent = entry.state in rules.SENT_ENTRIES
    if not queries.may_still_change(entry, at):
        raise CallClosed(entry.call)
    changes = _fields(text)
    if _is_unchanged(entry, changes, text):
        nothing_to_do()
        return entry
    known = entry.version if entry.writer == writer else version
    save_if_unchanged(entry, version=known, **changes, writer=writer, edited_at=at)
    _save_responses(entry, text)
    if is_sent:
        _insist_on_complete(entry)
        look_first(entry=entry, by=by, at=at)
    record(actor=by, verb="calls.save_entry", thing=entry, at=at)
    return entry


@action
def submit_entry(
    *, entry: Entry, version: int, by: Person, at: datetime, link: EntryLink | None = None
) -> None:
    """Send the entry: from now on it is public, unless it is sealed or somebody should look first.

    Sent twice, it stands once.

    Raises CallClosed, Incomplete, EditedMeanwhile, NotAllowed (who may enter has changed since, or the person has left
    their company, say); the draft stays as it is.
    """
    rules.check_link(link, entry.call, at)
    rules.check_edit_entry(by, rules.Held(entry, link))
    # Read anew and held: a change of dates or of the promise of sealing, and the opening of the seal, come before this
    # or after it. What was sent in the last second and finds the seal broken is public at once, never sealed for good.
    call = Call.objects.select_for_update().get(pk=entry.call_id)
    # Sent twice at once, the second waits here and finds the entry sent.
    entry.refresh_from_db(from_queryset=Entry.objects.select_for_update(no_key=True))
    if entry.state in rules.SENT_ENTRIES:
        return nothing_to_do()
    is_sealed = call.is_sealed and call.unsealed_at is None
    state = ENTRY_STATES.target(entry.state, "seal" if is_sealed else "submit")
    if not queries.is_open(call, at):
        raise CallClosed(call)
    rules.check_send_entry(by, rules.Held(entry, link))
    _insist_on_complete(entry)
    save_if_unchanged(entry, version=version, state=state, submitted_at=at)
    freeze_call(call=call, by=None, at=at)
    record(actor=by, verb="calls.submit_entry", thing=entry, at=at)
    look_first(entry=entry, by=by, at=at)
    is_shown = entry.visibility == Visibility.SHOWN
    if is_shown and entry.author_id is None and entry.author_email:
        transaction.on_commit(partial(letters.received, entry), robust=True)


@action
def look_first(*, entry: Entry, by: Person | None, at: datetime) -> None:
    """Hold an idea that raises a doubt; a sealed one is looked at when it is opened, since nobody may read it before.

    A demo's ideas are told at once, whatever their number.
    """
    is_out_of_sight = entry.visibility != Visibility.SHOWN or entry.state == Entry.State.SEALED
    if is_out_of_sight or entry.is_demo:
        return nothing_to_do()
    writer = by if isinstance(by, User) else None
    words = [entry.title, entry.summary, *queries.response_texts(entry).values()]
    why = doubt(author=writer, address=entry.author_email, texts=words, at=at)
    if not why:
        return nothing_to_do()
    hold(thing=entry, doubt=why, at=at)


@action
def withdraw_entry(
    *, entry: Entry, by: Person, at: datetime, link: EntryLink | None = None
) -> None:
    """Take the entry back; those who stood behind it are told."""
    rules.check_link(link, entry.call, at)
    rules.check_withdraw_entry(by, rules.Held(entry, link))
    was_public = entry.state in rules.PUBLIC_ENTRIES and entry.visibility == Visibility.SHOWN
    state = ENTRY_STATES.target(entry.state, "withdraw")
    save_if_unchanged(entry, version=entry.version, state=state)
    record(actor=by, verb="calls.withdraw_entry", thing=entry, at=at)
    if was_public:
        behind = [person for person in people_behind([entry]) if person.pk != by.pk]
        tell(
            people=behind,
            kind=kinds.ENTRY_WITHDRAWN,
            thing=entry,
            by=by if by.is_authenticated else None,
            at=at,
        )


def _wait_for_turn(by: Person, link: EntryLink | None) -> None:
    """One writer at a time for each person or link: a form sent twice at once finds what it has saved before."""
    if link is not None:
        link.refresh_from_db(from_queryset=EntryLink.objects.select_for_update(no_key=True))
    elif isinstance(by, User):
        User.objects.select_for_update(no_key=True).get(pk=by.pk)


def _insist_on_complete(entry: Entry) -> None:
    wrong = queries.what_is_wrong(entry)
    if wrong:
        raise Incomplete(wrong)


def _insist_on_own_category(call: Call, text: EntryText) -> None:
    if text.category is not None and text.category.call_id != call.pk:
        raise Incomplete({"category": "not_a_choice"})


def _begin(
    call: Call,
    key: UUID,
    text: EntryText,
    writer: UUID,
    by: Person,
    at: datetime,
    link: EntryLink | None,
    **origin: Any,
) -> Entry:
    times = {"created_at": at, "edited_at": at}
    values = {**_fields(text), **times, **origin}
    entry = Entry.objects.create(call=call, key=key, writer=writer, **values)
    _save_responses(entry, text)
    if link is not None:
        link.entry = entry
        link.save(update_fields=["entry"])
    record(actor=by, verb="calls.save_entry", thing=entry, at=at)
    return entry


def _origin(
    by: Person, call: Call, link: EntryLink | None, behalf: Behalf | None
) -> dict[str, Any]:
    """Say who the entry comes from, if it may come from there."""
    if behalf is not None:
        rules.check_enter_for(by, call)
        address = behalf.email.strip().lower()
        return {"entered_by": by, "author_name": behalf.name, "author_email": address}
    rules.check_enter(by, call)
    rules.check_begin(by, link)
    return {"author_email": link.email} if link is not None else {"author": by}


def _fields(text: EntryText) -> dict[str, Any]:
    return {
        "language": text.language,
        "title": text.title,
        "summary": text.summary,
        "category": text.category,
        "author_name": text.author_name,
    }


def _answers(text: EntryText) -> dict[int, str]:
    return {question: said for question, said in text.responses.items() if said.strip()}


def _is_unchanged(entry: Entry, changes: dict[str, Any], text: EntryText) -> bool:
    same = all(getattr(entry, name) == value for name, value in changes.items())
    return same and queries.written_texts(entry) == _answers(text)


def _save_responses(entry: Entry, text: EntryText) -> None:
    """Keep what was written; files that answer questions are kept by `attach_to_entry`."""
    given = _answers(text)
    written = entry.call.questions.exclude(kind=Question.Kind.FILE)
    asked = set(written.values_list("pk", flat=True))
    entry.responses.filter(attachment=None).exclude(question__in=given).delete()
    for question in sorted(asked & given.keys()):
        Response.objects.update_or_create(
            entry=entry,
            question_id=question,
            defaults={
                "text": given[question],
                "language": text.language,
                "attachment": None,
            },
        )
