"""What the clock does in moderation, and what is done when somebody leaves."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import translation

from vuoksi.base.audit.actions import action, nothing_to_do, record
from vuoksi.base.moderation import kinds, queries
from vuoksi.base.moderation.models import Appeal, Case, Report
from vuoksi.base.moderation.registry import KINDS
from vuoksi.base.notices.actions import tell
from vuoksi.base.people.models import User


@action
def warn_of_waiting(*, at: datetime) -> int:
    """Tell moderators, once, of each case that waits too long; give the number of cases."""
    overdue = list(queries.overdue_cases(at))
    for case in overdue:
        _warn(case, at)
    nothing_to_do()
    return len(overdue)


@action
def forget_reporters(*, days: int, at: datetime) -> int:
    """Forget what people wrote in reports and appeals of cases that have long been decided; give the number of rows."""
    old = Q(case__decided_at__lt=at - timedelta(days=days)) & ~Q(case__state__in=queries.LIVING)
    known = Q(reporter__isnull=False) | ~Q(email="") | ~Q(note="")
    reports = Report.objects.filter(old & known).update(reporter=None, email="", note="")
    written = Q(person__isnull=False) | ~Q(text="")
    appeals = Appeal.objects.filter(old & written).update(person=None, text="")
    nothing_to_do()
    return reports + appeals


@action
def forget_person(*, user: User, keep_texts: bool, at: datetime) -> None:
    """Forget what a person wrote in reports and appeals; that there was a report stays."""
    Report.objects.filter(Q(reporter=user) | Q(email__iexact=user.email)).update(email="", note="")
    Appeal.objects.filter(person=user).update(text="")
    record(actor=None, verb="moderation.forget_person", thing=user, at=at)


def _warn(case: Case, at: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(warned_at=at)
    model = case.content_type.model_class()
    known = KINDS.get(model) if model is not None else None
    for person in queries.moderators():
        with translation.override(person.language):
            what = str(known.label) if known is not None else ""
        tell(people=[person], kind=kinds.CASE_WAITS, thing=case, by=None, at=at, what=what)
