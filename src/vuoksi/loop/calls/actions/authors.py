"""People who write an entry together."""

import secrets
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.base.people.queries import person_by_email
from vuoksi.loop.calls import kinds, letters, queries, rules
from vuoksi.loop.calls.models import CoAuthor, Entry
from vuoksi.loop.calls.refusals import LinkExpired

LIFE = timedelta(days=14)


@action
def invite_co_author(*, entry: Entry, email: str, by: User, at: datetime) -> CoAuthor:
    """Invite the owner of an address to write too; inviting again sends a new invitation and ends the former.

    Whether the address has an account here is not told to the one who invites.
    """
    rules.check_invite(by, rules.Held(entry))
    address = email.strip().lower()
    known = entry.co_authors.filter(email=address).first()
    if known is not None and known.accepted_at is not None:
        nothing_to_do()
        return known
    token = secrets.token_urlsafe(32)
    invitation = known or CoAuthor(entry=entry, email=address)
    invitation.digest = queries.digest_of(token)
    invitation.invited_at, invitation.expires_at = at, at + LIFE
    invitation.save()
    record(actor=by, verb="calls.invite_co_author", thing=entry, at=at, co_author=invitation.pk)
    person = person_by_email(address)
    if person is not None:
        tell(people=[person], kind=kinds.CO_AUTHOR_INVITED, thing=entry, by=by, at=at)
    language = entry.language if person is None else person.language
    transaction.on_commit(partial(letters.invitation, invitation, token, by.name, language))
    return invitation


@action
def accept_invitation(*, invitation: CoAuthor, by: User, at: datetime) -> None:
    """Write together from now on. An invitation is for one person: accepted, its link is used up.

    Raises LinkExpired.
    """
    rules.check_accept(by, invitation)
    if invitation.accepted_at is not None and invitation.user_id == by.pk:
        return nothing_to_do()
    if invitation.accepted_at is not None or invitation.expires_at <= at:
        raise LinkExpired
    already = CoAuthor.objects.filter(entry=invitation.entry, user=by, accepted_at__isnull=False)
    if already.exists():
        return nothing_to_do()
    invitation.user, invitation.accepted_at = by, at
    invitation.save(update_fields=["user", "accepted_at"])
    record(actor=by, verb="calls.accept_invitation", thing=invitation.entry, at=at)
    author = invitation.entry.author
    if author is not None:
        tell(people=[author], kind=kinds.CO_AUTHOR_JOINED, thing=invitation.entry, by=by, at=at)


@action
def remove_co_author(*, co_author: CoAuthor, by: User, at: datetime) -> None:
    """End an invitation, or a person's part in the entry; the text stays."""
    rules.check_remove_co_author(by, co_author)
    key, entry, person = co_author.pk, co_author.entry, co_author.user
    co_author.delete()
    record(actor=by, verb="calls.remove_co_author", thing=entry, at=at, co_author=key)
    if person is not None and person != by:
        tell(people=[person], kind=kinds.CO_AUTHOR_REMOVED, thing=entry, by=by, at=at)
