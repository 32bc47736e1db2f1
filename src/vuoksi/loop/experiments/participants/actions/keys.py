"""Links to one's own page, and the guardian's. Only digests are kept; a new link ends the last one."""

import secrets
from datetime import datetime, timedelta

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.loop.experiments.participants import letters, queries
from vuoksi.loop.experiments.participants.models import Key, Recruitment

OWN_LIFE = timedelta(days=60)
GUARDIAN_LIFE = timedelta(days=60)
# A new link is sent to one address so often at most.
APART = timedelta(minutes=10)


@action
def renew_own(*, key: Key, at: datetime) -> str:
    """Make a new link to the person's own page; give its token."""
    token = secrets.token_urlsafe(32)
    key.digest, key.link_expires_at = queries.digest_of(token), at + OWN_LIFE
    key.save(update_fields=["digest", "link_expires_at"])
    record(actor=None, verb="participants.renew_own", thing=key.participant, at=at)
    return token


@action
def renew_guardian(*, key: Key, at: datetime) -> str:
    token = secrets.token_urlsafe(32)
    key.guardian_digest = queries.digest_of(token)
    key.guardian_expires_at = at + GUARDIAN_LIFE
    key.save(update_fields=["guardian_digest", "guardian_expires_at"])
    record(actor=None, verb="participants.renew_guardian", thing=key.participant, at=at)
    return token


@action
def send_own_link(*, recruitment: Recruitment, email: str, at: datetime) -> None:
    """Send a person the link to their own page, if they take part. The caller says the same if they do not."""
    key = queries.key_of_person(recruitment, email.strip().lower(), None)
    if key is None or key.link_expires_at > at + OWN_LIFE - APART:
        return nothing_to_do()
    letters.own_link(key, renew_own(key=key, at=at))
    return None
