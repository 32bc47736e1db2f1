"""What calls keep about people."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept, on_erasure, retention
from vuoksi.base.people.models import User
from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.models import CoAuthor, EntryLink, Response


def invitations_of(user: User) -> "QuerySet[CoAuthor]":
    return CoAuthor.objects.filter(Q(user=user) | Q(email__iexact=user.email)).order_by("pk")


kept(
    "calls.Entry",
    _("My ideas"),
    fields=("author", "author_email", "entered_by"),
    columns=(
        "id", "call__slug", "language", "title", "summary", "author_name", "author_email", "state",
        "visibility", "created_at", "edited_at", "submitted_at", "award", "citation",
    ),
    rows=queries.entries_tied_to,
)  # fmt: skip
kept(
    "calls.Response",
    _("My answers to the questions of calls"),
    fields=(),
    columns=("entry", "question__label", "language", "text"),
    rows=lambda user: Response.objects.filter(entry__in=queries.entries_tied_to(user)).order_by(
        "pk"
    ),
)
kept(
    "calls.CoAuthor",
    _("Ideas that I was invited to write together"),
    fields=("user", "email"),
    columns=("entry", "email", "invited_at", "expires_at", "accepted_at"),
    rows=invitations_of,
)
kept(
    "calls.EntryLink",
    _("Links to write an idea that were sent to me"),
    fields=("email",),
    columns=("call__slug", "email", "created_at", "expires_at"),
    rows=lambda user: EntryLink.objects.filter(email__iexact=user.email).order_by("pk"),
)
kept(
    "calls.Answer",
    _("Official answers that I gave"),
    fields=("by",),
    columns=("at", "entry", "outcome", "language", "text"),
)
kept(
    "calls.Share",
    _("Shares of cities in joint calls that I decided"),
    fields=("by",),
    columns=("at", "entry", "organisation__name", "outcome", "amount_eur", "language", "text"),
)
kept(
    "calls.CallRules",
    _("Rules of calls that I fixed"),
    fields=("by",),
    columns=("at", "call__slug", "number", "reason"),
)
on_erasure(actions.forget_person)
on_erasure(actions.forget_words, order=210)
retention(
    "calls.links",
    _("Links sent by e-mail to write an idea without an account, once they have ended"),
    days=30,
    why=_("So that we can say why a link does not work any more."),
    purge=actions.drop_links,
)
retention(
    "calls.invitations",
    _("Invitations to write an idea together that nobody accepted, once they have ended"),
    days=30,
    why=_("So that who invited somebody sees what became of it."),
    purge=actions.drop_invitations,
)
