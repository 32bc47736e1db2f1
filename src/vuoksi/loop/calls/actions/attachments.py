"""Files that belong to an idea: whoever may change the idea adds and removes them, as long as it may be changed."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from vuoksi.base.audit.actions import action
from vuoksi.base.files import actions as files
from vuoksi.base.files.models import Attachment
from vuoksi.base.people.rules import Person
from vuoksi.loop.calls import queries, rules
from vuoksi.loop.calls.engine import Wrong, check_file
from vuoksi.loop.calls.models import Entry, EntryLink, Question, Response
from vuoksi.loop.calls.refusals import CallClosed, Incomplete, field_of


@action
def attach_to_entry(
    *,
    entry: Entry,
    upload: UploadedFile[bytes],
    by: Person,
    at: datetime,
    link: EntryLink | None = None,
    question: Question | None = None,
) -> Attachment:
    """Add a file; one that answers `question` takes the place of the file that answered it before.

    Raises FileRefused, LinkExpired, CallClosed, and Incomplete for a file that the question does not take.
    """
    rules.check_link(link, entry.call, at)
    rules.check_edit_entry(by, rules.Held(entry, link))
    if not queries.may_still_change(entry, at):
        raise CallClosed(entry.call)
    earlier = queries.answering_files(entry).get(question.pk) if question is not None else None
    if earlier is not None:
        files.remove_file(attachment=earlier, by=by, at=at)
    attachment = files.attach_file(thing=entry, upload=upload, by=by, at=at)
    if question is not None:
        _answer(entry, question, attachment)
    return attachment


@action
def detach_from_entry(
    *,
    entry: Entry,
    attachment: Attachment,
    by: Person,
    at: datetime,
    link: EntryLink | None = None,
) -> None:
    """Take a file of the entry away for good.

    Raises LinkExpired, CallClosed, and Incomplete when an entry that was sent would lack an answer without it.
    """
    rules.check_link(link, entry.call, at)
    rules.check_edit_entry(by, rules.Held(entry, link))
    if not queries.may_still_change(entry, at):
        raise CallClosed(entry.call)
    is_answer = attachment in queries.answering_files(entry).values()
    files.remove_file(attachment=attachment, by=by, at=at)
    wrong = queries.what_is_wrong(entry)
    if is_answer and wrong and entry.state in rules.SENT_ENTRIES:
        raise Incomplete(wrong)


def _answer(entry: Entry, question: Question, attachment: Attachment) -> None:
    """Keep `attachment` as the answer. What was looked into is checked, so that no door can go round it."""
    wrong = _what_is_wrong(entry, question, attachment)
    if wrong is not None:
        raise Incomplete({field_of(question): wrong})
    answer = {"text": attachment.name, "language": entry.language, "attachment": attachment}
    Response.objects.update_or_create(entry=entry, question=question, defaults=answer)


def _what_is_wrong(entry: Entry, question: Question, attachment: Attachment) -> Wrong | None:
    if question.call_id != entry.call_id or question.kind != Question.Kind.FILE:
        return Wrong.NOT_THIS_KIND
    return check_file(queries.asked(question), attachment.name, attachment.size_bytes)
