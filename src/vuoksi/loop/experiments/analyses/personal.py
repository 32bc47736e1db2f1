"""What analyses keep about people: who asked for one, who published what it showed."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept
from vuoksi.loop.experiments.analyses import actions
from vuoksi.loop.experiments.participants.registry import on_withdrawal

kept(
    "analyses.Analysis",
    _("Analyses that I asked for"),
    fields=("by",),
    columns=("at", "experiment__slug", "engine_version", "data_digest"),
)
kept(
    "analyses.Evidence",
    _("Evidence that I published"),
    fields=("published_by",),
    columns=("published_at", "experiment__slug", "finding", "claim"),
)
on_withdrawal(actions.forget_unit)
kept(
    "analyses.Look",
    _("Looks on the way that I asked for"),
    fields=("by",),
    columns=("at", "experiment__slug", "engine_version", "data_digest"),
)
