from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case as Choose
from django.db.models import Count, F, Model, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils.crypto import salted_hmac

from vuoksi.base.moderation.engine import Limits, Written, doubt_about, links_in
from vuoksi.base.moderation.models import Case, Decision, Report
from vuoksi.base.moderation.registry import KINDS, kind_of
from vuoksi.base.people.models import Role, User
from vuoksi.base.people.rules import is_city_staff, is_moderating
from vuoksi.base.texts.models import Visibility

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LIVING = (Case.State.OPEN, Case.State.APPEALED)
MODERATING = (Role.MODERATOR, Role.COORDINATOR, Role.ADMINISTRATOR)


def digest_of(who: str) -> str:
    """Give what tells one person from another without saying who: "user 12", "address 192.0.2.1"."""
    return salted_hmac("vuoksi.moderation", who, algorithm="sha256").hexdigest()


def who_is(user: User) -> str:
    return digest_of(f"user {user.pk}")


def cases() -> QuerySet[Any]:
    """All cases with the number of their reports, `waits_since` and the first decision's outcome and reason."""
    first = Decision.objects.filter(case=OuterRef("pk"), stage=Decision.Stage.FIRST)
    found: QuerySet[Any] = (
        Case.objects.select_related("content_type")
        .annotate(
            report_count=Count("reports"),
            waits_since=Choose(
                When(state=Case.State.OPEN, then=F("opened_at")),
                When(state=Case.State.APPEALED, then=F("appealed_at")),
            ),
            outcome=Subquery(first.values("outcome")[:1]),
            reason=Subquery(first.values("reason")[:1]),
        )
        .order_by("pk")
    )
    return found


def waiting_cases() -> QuerySet[Any]:
    """Cases that wait for a moderator, the one that waits longest first."""
    waiting: QuerySet[Any] = cases().filter(state__in=LIVING).order_by("waits_since", "pk")
    return waiting


def decided_cases() -> QuerySet[Any]:
    """The public log: every case that was decided, the newest first; names nobody."""
    appeal = Decision.objects.filter(case=OuterRef("pk"), stage=Decision.Stage.APPEAL)
    found: QuerySet[Any] = (
        cases()
        .exclude(decided_at=None)
        .annotate(appeal_outcome=Subquery(appeal.values("outcome")[:1]))
        .order_by("-decided_at", "-pk")
    )
    return found


def case_page(pk: int) -> Case | None:
    """One case with its reports, decisions and appeals."""
    return (
        Case.objects.prefetch_related(
            Prefetch("reports", Report.objects.select_related("reporter").order_by("at", "pk")),
            Prefetch("decisions", Decision.objects.select_related("by").order_by("at", "pk")),
            "appeals",
        )
        .filter(pk=pk)
        .first()
    )


def cases_of(thing: Model) -> QuerySet[Case]:
    kind = ContentType.objects.get_for_model(thing)
    return Case.objects.filter(content_type=kind, object_id=str(thing.pk)).order_by("-pk")


def first_decision(case: Case) -> Decision | None:
    return case.decisions.filter(stage=Decision.Stage.FIRST).first()


def last_decision(case: Case) -> Decision | None:
    return case.decisions.order_by("-at", "-pk").first()


def reports_since(who: str, since: datetime) -> int:
    return Report.objects.filter(who=who, at__gt=since).count()


def reporters_of(case: Case) -> list[User]:
    """People with an account who reported it."""
    return list(User.objects.filter(pk__in=case.reports.values("reporter"), is_active=True))


def moderators() -> QuerySet[User]:
    return User.objects.filter(role_grants__role__in=MODERATING, is_active=True).distinct()


def overdue_cases(at: datetime) -> QuerySet[Any]:
    """Cases that wait longer than the set time and of which moderators were not told."""
    limit = at - timedelta(days=settings.MODERATION_CASE_DAYS)
    unsaid = Q(warned_at=None) | Q(warned_at__lt=F("waits_since"))
    return waiting_cases().filter(unsaid, waits_since__lte=limit)


def waiting_count() -> int:
    return Case.objects.filter(state__in=LIVING).count()


def limits() -> Limits:
    return Limits(
        links=settings.MODERATION_HOLD_LINKS,
        new_h=settings.MODERATION_NEW_HOURS,
        a_day=settings.MODERATION_TEXTS_A_DAY,
    )


def doubt(*, author: User | None, texts: Iterable[str], at: datetime, address: str = "") -> str:
    """Give why a text should be looked at before it shows; empty when it shows at once. Staff are not doubted."""
    if author is not None and (is_city_staff.test(author) or is_moderating.test(author)):
        return ""
    links, shown, today = links_in(texts), 0, 0
    for kind in KINDS.values():
        mine = kind.sent_by(author, address)
        today += mine.filter(**{f"{kind.sent_at}__gt": at - DAY, f"{kind.sent_at}__lt": at}).count()
        # Whether somebody is new matters only for a text with a link.
        if links and not shown:
            before = mine.filter(**{f"{kind.sent_at}__lt": at}, visibility=Visibility.SHOWN)
            shown += before.exists()
    age = (at - author.date_joined) / HOUR if author is not None else None
    written = Written(links=links, account_age_h=age, shown_before=shown, in_last_day=today)
    return doubt_about(written, limits()) or ""


def around(thing: Model) -> list[Model]:
    """What one reads to understand `thing`."""
    kind = kind_of(thing)
    return list(kind.around(thing)) if kind is not None else []
