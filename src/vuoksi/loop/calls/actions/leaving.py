"""When an author leaves: drafts go, what is public stays without a name or goes, what others wrote too stays theirs."""

from datetime import datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.files.actions import remove_file
from vuoksi.base.files.queries import attachments_of
from vuoksi.base.moderation.actions.things import rewrite
from vuoksi.base.people.models import User
from vuoksi.base.texts.models import LEFT, Translation, Visibility
from vuoksi.loop.calls import queries, rules
from vuoksi.loop.calls.links import parts_of
from vuoksi.loop.calls.models import CoAuthor, Entry, EntryLink


@action
def forget_person(*, user: User, keep_texts: bool, at: datetime) -> None:
    """Forget an author; supports, comments and the city's answers stay where they are."""
    for entry in queries.entries_written_by(user):
        _forget(entry, keep_texts, at)
    EntryLink.objects.filter(email__iexact=user.email).delete()
    CoAuthor.objects.filter(Q(user=user) | Q(email__iexact=user.email)).delete()
    record(actor=None, verb="calls.forget_person", thing=user, at=at, kept=keep_texts)


@action
def drop_links(*, days: int, at: datetime) -> int:
    """Forget links that have long ended."""
    count, _models = EntryLink.objects.filter(expires_at__lt=at - timedelta(days=days)).delete()
    nothing_to_do()
    return count


@action
def drop_invitations(*, days: int, at: datetime) -> int:
    """Forget invitations that nobody accepted in time."""
    old = CoAuthor.objects.filter(accepted_at=None, expires_at__lt=at - timedelta(days=days))
    count, _models = old.delete()
    nothing_to_do()
    return count


def _forget(entry: Entry, keep_texts: bool, at: datetime) -> None:
    heir = entry.co_authors.filter(accepted_at__isnull=False).order_by("accepted_at").first()
    if heir is not None:
        # It is the others' as much: the one who joined first has it now.
        Entry.objects.filter(pk=entry.pk).update(
            author=heir.user, author_email="", author_name="", writer=None
        )
        heir.delete()
        return
    _remove_files(entry, at)
    if entry.state not in rules.PUBLIC_ENTRIES and entry.submitted_at is None:
        _forget_translations(entry)
        entry.delete()
        return
    Entry.objects.filter(pk=entry.pk).update(author_email="", author_name="", writer=None)
    was_public = entry.state in rules.PUBLIC_ENTRIES and entry.visibility == Visibility.SHOWN
    if not (keep_texts and was_public):
        gone = {part.key: "" for part in parts_of(entry)}
        rewrite(thing=entry, texts=gone, by=None, at=at)
        Entry.objects.filter(pk=entry.pk).update(
            visibility=Visibility.REMOVED, hidden_at=at, hidden_reason=LEFT
        )


def _remove_files(entry: Entry, at: datetime) -> None:
    """A file may name its author anywhere, so all go."""
    for attachment in attachments_of([entry]).get(str(entry.pk), []):
        remove_file(attachment=attachment, by=None, at=at)


def _forget_translations(entry: Entry) -> None:
    Translation.objects.filter(
        content_type=ContentType.objects.get_for_model(Entry), object_id=str(entry.pk)
    ).delete()
