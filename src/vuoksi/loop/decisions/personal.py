"""What decisions keep about people: who recorded one, as an act of the city's.

The names of those who took part and of those who thought otherwise are part of the public record of a decision, as the
minutes have them; they stand there as words and point to no account (GDPR, article 17, paragraph 3 b).
"""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "decisions.Decision",
    _("Decisions that I recorded"),
    fields=("recorded_by",),
    columns=("decided_on", "slug", "kind", "language", "title", "state"),
)
kept(
    "decisions.FollowUp",
    _("Follow-ups that I recorded"),
    fields=("recorded_by",),
    columns=("found_on", "decision__slug", "use", "language", "text", "source"),
)
kept(
    "decisions.Money",
    _("Amounts of money that I recorded"),
    fields=("recorded_by",),
    columns=("dated_on", "experiment__slug", "kind", "amount_eur", "source"),
)
