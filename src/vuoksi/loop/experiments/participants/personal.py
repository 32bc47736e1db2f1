"""What participants keep about people: the key between person and code, invitations, and what is tied to the code.

Everything goes when the person withdraws or their account is erased, or when the time is over that they agreed to.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import Consent as Agreed
from vuoksi.base.people.keeping import consents_of, kept, on_erasure, retention
from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.models import (
    LONGEST_RETENTION_DAYS,
    Consent,
    Invitation,
    Key,
    Response,
)


def as_guardian(user: User) -> "QuerySet[Key]":
    return Key.objects.filter(guardian_email__iexact=user.email).order_by("pk")


def invitations_of(user: User) -> "QuerySet[Invitation]":
    mine = Q(email__iexact=user.email)
    return Invitation.objects.filter(mine).order_by("pk")


def consents_by(user: User) -> "QuerySet[Consent]":
    """What a person agreed to for themselves, or as a guardian. What the other of the two said is not theirs."""
    mine = Q(by=Consent.By.SELF, participant__key__in=queries.keys_about(user))
    for_others = Q(by=Consent.By.GUARDIAN, participant__key__in=as_guardian(user))
    return Consent.objects.filter(mine | for_others).order_by("pk")


def told_in_words(row: dict[str, Any]) -> dict[str, Any]:
    """A response with the questions and the answers that were chosen, in the place of their keys."""
    items = {str(item.pk): item for item in attach(queries.items_by_keys(row["answers"]))}
    return {
        **row,
        "answers": [
            {
                "question": str(in_language(items[key], "text")),
                "answer": queries.answer_words(items[key], value),
            }
            for key, value in row["answers"].items()
            if key in items
        ],
    }


def responses_of(user: User) -> "QuerySet[Any]":
    rows = Response.objects.filter(participant__key__in=queries.keys_about(user))
    return rows.order_by("pk")


kept(
    "participants.Key",
    _("Experiments in which I take part"),
    fields=("user", "email"),
    columns=(
        "participant__recruitment__experiment__slug", "participant__code", "participant__state",
        "participant__joined_at", "email", "language", "guardian_name", "guardian_email",
    ),
    rows=queries.keys_about,
)  # fmt: skip
kept(
    "participants.Key",
    _("Experiments in which I answer for a young person"),
    fields=("guardian_email",),
    # The young person's address and code are theirs: a guardian is whoever has the address that was named.
    columns=(
        "participant__recruitment__experiment__slug", "participant__joined_at", "guardian_name", "guardian_email",
    ),
    rows=as_guardian,
)  # fmt: skip
kept(
    "participants.Consent",
    _("What I agreed to in experiments"),
    fields=(),
    columns=(
        "text__of__recruitment__experiment__slug", "text__of__number", "text__language", "by",
        "given_at", "withdrawn_at", "digest", "text__purpose", "text__gathered", "text__access", "text__retention",
        "text__risks", "text__of__legal_basis", "text__of__on_withdrawal", "text__of__retention_days",
    ),
    rows=consents_by,
)  # fmt: skip
kept(
    "participants.Response",
    _("My answers to surveys of experiments"),
    fields=(),
    columns=(
        "survey__title",
        "survey__moment",
        "answers",
        "invited_at",
        "saved_at",
        "submitted_at",
    ),
    rows=responses_of,
    told=told_in_words,
)
kept(
    "participants.Invitation",
    _("Invitations to take part that were sent to me"),
    fields=("email",),
    columns=("recruitment__title", "email", "created_at", "expires_at", "used_at"),
    rows=invitations_of,
)
kept(
    "participants.Invitation",
    _("Invitations to take part that I sent"),
    fields=("invited_by",),
    columns=("recruitment__title", "created_at", "expires_at", "used_at"),
)
kept(
    "participants.KeyKeeper",
    _("Experiments whose participants I may see by name"),
    fields=("user",),
    columns=("recruitment__title", "named_at"),
)
kept(
    "participants.KeyKeeper",
    _("Whom I let see participants by name"),
    fields=("named_by",),
    columns=("recruitment__title", "named_at"),
)


@consents_of
def consents(user: User) -> list[Agreed]:
    """Each text that the person agreed to, with the page where it is withdrawn."""
    rows = Consent.objects.filter(participant__key__in=queries.own_keys(user))
    rows = rows.select_related("participant__recruitment", "text__of").order_by("-given_at")
    return [
        Agreed(
            str(in_language(row.participant.recruitment, "title")),
            row.given_at,
            row.withdrawn_at,
            reverse("participants:mine", args=[row.participant.page]),
        )
        for row in rows
    ]


on_erasure(actions.forget_person, order=40)
retention(
    "participants.invitations",
    _("Links sent by e-mail to take part in an experiment, once they have ended"),
    days=30,
    why=_("So that we can say why a link does not work any more."),
    purge=actions.drop_invitations,
)
retention(
    "participants.lapsed",
    _("Addresses of those who did not get a place in an experiment"),
    days=30,
    why=_("So that we can help when somebody asks what became of their place."),
    purge=actions.drop_lapsed,
)
retention(
    "participants.keys",
    _("Who stands behind a code, and answers to surveys, after an experiment"),
    days=LONGEST_RETENTION_DAYS,
    why=_(
        "At most so long; each experiment's consent says how many days, and those count. So that questions about the results can be answered."
    ),
    purge=actions.forget_in_time,
)
