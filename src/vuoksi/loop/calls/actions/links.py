"""Links by e-mail with which an entry is written without an account."""

import secrets
from datetime import datetime, timedelta
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.loop.calls import letters, queries, rules
from vuoksi.loop.calls.models import Call, EntryLink

LIFE = timedelta(days=14)
# So many links an hour go to one address: enough for a lost letter, too few to flood a mailbox.
LINKS_AN_HOUR = 3


@action
def send_link(*, call: Call, email: str, language: str, at: datetime) -> EntryLink | None:
    """Send a link to an address; None when the address has had enough of them lately.

    The caller says the same in both cases, and whether the address is known here is never told. An entry that the
    address has begun in this call is what the new link leads to.
    """
    rules.check_enter(AnonymousUser(), call)
    address = email.strip().lower()
    if queries.links_sent_since(address, at - timedelta(hours=1)) >= LINKS_AN_HOUR:
        nothing_to_do()
        return None
    token = secrets.token_urlsafe(32)
    link = EntryLink.objects.create(
        call=call,
        entry=queries.unfinished_entry_from(call, address),
        email=address,
        language=language,
        digest=queries.digest_of(token),
        created_at=at,
        expires_at=at + LIFE,
    )
    record(actor=None, verb="calls.send_link", thing=link, at=at, call=call.pk)
    transaction.on_commit(partial(letters.entry_link, link, token))
    return link


@action
def renew_link(*, link: EntryLink, at: datetime) -> EntryLink | None:
    """Send a new link in place of one that has expired, to the same address."""
    return send_link(call=link.call, email=link.email, language=link.language, at=at)
