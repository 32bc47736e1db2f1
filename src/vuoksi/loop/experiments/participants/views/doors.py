"""What the views share: finding the thing asked for, and what this browser has opened by a link.

The session holds that a page was opened and when, never a token, and of the eligibility questions only that they were
passed and whether a guardian is needed.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.participants import queries, rules
from vuoksi.loop.experiments.participants.models import (
    Invitation,
    Key,
    Participant,
    Recruitment,
)

# An opened page stays open in this browser so long.
OPENED = timedelta(hours=12)
_FIT, _INVITED, _PAGES, _GUARDIAN = "took_fit", "took_invited", "took_pages", "took_guardian"


def find_recruitment(request: HttpRequest, slug: str) -> Recruitment:
    """Give a recruitment that this person may read, else 404."""
    row = queries.recruitment_page(slug)
    if row is None or not rules.may_read_recruitment(request.user, row):
        raise Http404
    attach([row])
    return row


def find_led(request: HttpRequest, slug: str) -> Recruitment:
    """Give a recruitment to those who lead it. That there is a draft is nobody else's business."""
    row = find_recruitment(request, slug)
    rules.check_lead(request.user, row)
    return row


def find_own(request: HttpRequest, page: UUID, at: datetime) -> Participant:
    """Give the participant whose page it is, to their account or to the browser that opened their link."""
    row = queries.participant_page(page)
    if row is None or not hasattr(row, "key"):
        raise Http404
    mine = request.user.is_authenticated and row.key.user_id == request.user.pk
    if not mine and not _is_fresh(request.session.get(_PAGES, {}).get(str(page)), at):
        raise Http404
    attach([row.recruitment])
    return row


def left(page: UUID) -> Participant | None:
    """The participant who has withdrawn and whose page this was: a second click, or the way back, finds out so."""
    row = queries.participant_page(page)
    return row if row is not None and row.state == Participant.State.WITHDRAWN else None


def own_in(request: HttpRequest, recruitment: Recruitment, at: datetime) -> Participant | None:
    """The participant that this account, or this browser, already is in a recruitment."""
    opened = [page for page, when in request.session.get(_PAGES, {}).items() if _is_fresh(when, at)]
    return queries.participant_in(recruitment, request.user, opened)


def open_page(request: HttpRequest, participant: Participant, at: datetime) -> None:
    pages = request.session.get(_PAGES, {})
    request.session[_PAGES] = {**pages, str(participant.page): at.isoformat()}


def open_guardian(request: HttpRequest, key: Key, at: datetime) -> None:
    request.session[_GUARDIAN] = [key.guardian_digest, at.isoformat()]


def guarded_key(request: HttpRequest, at: datetime) -> Key | None:
    """The key whose guardian opened their link in this browser; None once it has gone or it was too long ago."""
    digest, opened = request.session.get(_GUARDIAN, ["", ""])
    key = queries.key_by_guardian(digest)
    if key is None or not _is_fresh(opened, at) or key.participant.state in queries.GONE:
        return None
    attach([key.participant.recruitment])
    return key


def keep_fit(request: HttpRequest, recruitment: Recruitment, *, is_minor: bool) -> None:
    fits = request.session.get(_FIT, {})
    request.session[_FIT] = {**fits, str(recruitment.pk): is_minor}


def fit_of(request: HttpRequest, recruitment: Recruitment) -> bool | None:
    """None for one who has not passed the questions yet; else whether a guardian is needed."""
    found: bool | None = request.session.get(_FIT, {}).get(str(recruitment.pk))
    return found


def keep_invitation(request: HttpRequest, invitation: Invitation) -> None:
    known = request.session.get(_INVITED, {})
    request.session[_INVITED] = {**known, str(invitation.recruitment_id): invitation.digest}


def invitation_in(
    request: HttpRequest, recruitment: Recruitment, at: datetime
) -> Invitation | None:
    """The living invitation that this browser has opened."""
    digest = request.session.get(_INVITED, {}).get(str(recruitment.pk))
    found = queries.invitation_by_digest(digest) if digest else None
    return found if found is not None and is_alive(found, at) else None


def forget_joining(request: HttpRequest, recruitment: Recruitment) -> None:
    """The questions and the invitation have done their work."""
    for name in (_FIT, _INVITED):
        known: dict[str, Any] = dict(request.session.get(name, {}))
        known.pop(str(recruitment.pk), None)
        request.session[name] = known


def is_alive(invitation: Invitation, at: datetime) -> bool:
    return invitation.used_at is None and invitation.expires_at > at


def _is_fresh(opened: Any, at: datetime) -> bool:
    return bool(opened) and datetime.fromisoformat(opened) + OPENED > at
