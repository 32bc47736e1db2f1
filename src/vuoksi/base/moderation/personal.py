"""What moderation keeps about people."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.moderation import actions
from vuoksi.base.moderation.models import Report
from vuoksi.base.people.keeping import kept, not_exported, on_erasure, retention
from vuoksi.base.people.models import User


def reports_by(user: User) -> "QuerySet[Report]":
    return Report.objects.filter(Q(reporter=user) | Q(email__iexact=user.email)).order_by("pk")


kept(
    "moderation.Report",
    _("What I reported"),
    fields=("reporter", "email"),
    columns=("at", "case", "reason", "note", "email"),
    rows=reports_by,
)
kept(
    "moderation.Appeal",
    _("My appeals"),
    fields=("person",),
    columns=("at", "case", "side", "language", "text"),
)
kept(
    "moderation.Decision",
    _("What I decided as a moderator"),
    fields=("by",),
    columns=("at", "case", "stage", "outcome", "reason", "words"),
)
not_exported(
    "moderation.Decision",
    "first_by",
    reason=_("Says again who decided first; that decision is exported."),
)
on_erasure(actions.forget_person)
retention(
    "moderation.reports",
    _("Who reported or appealed, and in which words, once it was decided"),
    days=180,
    why=_(
        "So that an appeal, a complaint or the police can look at the case; the public log names nobody."
    ),
    purge=actions.forget_reporters,
)
