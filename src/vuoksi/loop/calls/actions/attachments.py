"""Files that belong to an idea: whoever may change the idea adds and removes them."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from vuoksi.base.audit.actions import action
from vuoksi.base.files import actions as files
from vuoksi.base.files.models import Attachment
from vuoksi.base.people.rules import Person
from vuoksi.loop.calls import rules
from vuoksi.loop.calls.models import Entry, EntryLink


@action
def attach_to_entry(
    *,
    entry: Entry,
    upload: UploadedFile[bytes],
    by: Person,
    at: datetime,
    link: EntryLink | None = None,
) -> Attachment:
    """Add a file. Raises FileRefused, LinkExpired."""
    rules.check_link(link, entry.call, at)
    rules.check_edit_entry(by, rules.Held(entry, link))
    return files.attach_file(thing=entry, upload=upload, by=by, at=at)


@action
def detach_from_entry(
    *,
    entry: Entry,
    attachment: Attachment,
    by: Person,
    at: datetime,
    link: EntryLink | None = None,
) -> None:
    """Take a file of the entry away for good. Raises LinkExpired."""
    rules.check_link(link, entry.call, at)
    rules.check_edit_entry(by, rules.Held(entry, link))
    files.remove_file(attachment=attachment, by=by, at=at)
