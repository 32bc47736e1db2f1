"""What juries keep about people: who sat on them and what they said. Scores stay after an erasure, without a name."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept
from vuoksi.loop.juries.models import Conflict, Review, Score

kept(
    "juries.Juror",
    _("Panels that I sit on"),
    fields=("user",),
    columns=("panel", "panel__call__slug", "expertise", "languages", "most_reviews"),
)
kept(
    "juries.Review",
    _("My reviews"),
    fields=(),
    columns=("id", "entry", "state", "language", "to_author", "to_jury", "asked_at", "sent_at"),
    rows=lambda user: Review.objects.filter(juror__user=user).order_by("pk"),
)
kept(
    "juries.Score",
    _("Points that I gave"),
    fields=(),
    columns=("review", "criterion__label", "value"),
    rows=lambda user: Score.objects.filter(review__juror__user=user).order_by("pk"),
)
kept(
    "juries.Remark",
    _("What I said of entries to the jury"),
    fields=("by",),
    columns=("at", "panel", "entry", "text"),
)
kept(
    "juries.RuleSet",
    _("Rules of panels that I fixed"),
    fields=("by",),
    columns=("at", "panel", "number", "reason"),
)
kept(
    "juries.Conflict",
    _("Ideas that I could not judge, and why"),
    fields=(),
    columns=("entry", "found", "reason", "at"),
    rows=lambda user: Conflict.objects.filter(juror__user=user).order_by("pk"),
)
