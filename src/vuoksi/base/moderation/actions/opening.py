from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import translation

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.moderation import kinds, letters, queries, rules
from vuoksi.base.moderation.models import Case, Origin, Report
from vuoksi.base.moderation.refusals import TooManyReports
from vuoksi.base.moderation.registry import KINDS
from vuoksi.base.moderation.words import DOUBTS
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person
from vuoksi.base.talk.models import Comment


@action
def report(
    *,
    thing: Model,
    reason: str,
    note: str,
    by: Person,
    who: str,
    language: str,
    at: datetime,
    email: str = "",
    is_demo: bool = False,
) -> tuple[Report, bool]:
    """Say what is wrong with `thing`; give the report, and whether it is new: a second one by the same is the first.

    `who` tells one reporter from another (`queries.who_is`, `queries.digest_of`). Raises NotAllowed, TooManyReports.
    """
    rules.check_report(by, thing)
    case = _living_case(thing, Origin.REPORT, at, is_demo=is_demo)
    known = case.reports.filter(who=who).first()
    if known is not None:
        nothing_to_do()
        return known, False
    if queries.reports_since(who, at - queries.HOUR) >= settings.MODERATION_REPORTS_AN_HOUR:
        raise TooManyReports(settings.MODERATION_REPORTS_AN_HOUR)
    reporter = by if isinstance(by, User) else None
    row = Report.objects.create(
        case=case,
        reporter=reporter,
        email="" if reporter is not None else email,
        language=language,
        who=who,
        reason=reason,
        note=note,
        at=at,
    )
    record(actor=reporter, verb="moderation.report", thing=case, at=at, reason=reason)
    return row, True


@action
def look(*, thing: Model, by: User, at: datetime) -> Case:
    """Open a case on what a moderator saw, or give the one that is open."""
    rules.check_look(by, thing)
    case = _living_case(thing, Origin.MODERATOR, at)
    record(actor=by, verb="moderation.look", thing=case, at=at)
    return case


@action
def hold(
    *,
    thing: Model,
    doubt: str,
    at: datetime,
    origin: Origin = Origin.HELD,
    is_demo: bool = False,
) -> Case:
    """Keep a text from showing until somebody has looked at it, and tell its author so."""
    case = _living_case(thing, origin, at, doubt=doubt, is_demo=is_demo)
    type(thing)._default_manager.filter(pk=thing.pk).update(
        visibility="held", hidden_at=None, hidden_reason=""
    )
    thing.refresh_from_db(fields=["visibility", "hidden_at", "hidden_reason"])
    record(actor=None, verb="moderation.hold", thing=case, at=at, doubt=doubt)
    kind = KINDS[type(thing)]
    for person in kind.authors(thing):
        with translation.override(person.language):
            what, why = str(kind.label), str(DOUBTS.get(doubt, ""))
        tell(people=[person], kind=kinds.TEXT_HELD, thing=case, by=None, at=at, what=what, why=why)
    for address, language in kind.addresses(thing):
        send = partial(letters.held, case, to=address, language=language)
        transaction.on_commit(send, robust=True)
    return case


@action
def hold_comment(*, comment: Comment, why: str, at: datetime) -> None:
    """Open the case of a comment that `talk` holds."""
    hold(thing=comment, doubt=why, at=at)


def _living_case(
    thing: Model, origin: Origin, at: datetime, *, doubt: str = "", is_demo: bool = False
) -> Case:
    """Give the case on `thing` that waits, locked; open one if there is none. Two at once find the same."""
    about = {
        "content_type": ContentType.objects.get_for_model(thing),
        "object_id": str(thing.pk),
    }
    case, _is_new = Case.objects.select_for_update().get_or_create(
        **about,
        state__in=queries.LIVING,
        defaults={
            **about,
            "state": Case.State.OPEN,
            "origin": origin,
            "doubt": doubt,
            "opened_at": at,
            "is_demo": is_demo,
        },
    )
    return case
