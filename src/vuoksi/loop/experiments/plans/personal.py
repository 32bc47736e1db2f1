"""What plans keep about people: who made one, as an act of the city's."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "experiments.Experiment",
    _("Experiments that I planned"),
    fields=("created_by",),
    columns=("created_at", "slug", "language", "title", "summary", "state"),
)
kept(
    "experiments.Question",
    _("Questions that I asked for experiments to answer"),
    fields=("created_by",),
    columns=("created_at", "slug", "language", "title", "summary"),
)
kept(
    "experiments.SampleSize",
    _("Sample sizes that I computed"),
    fields=("by",),
    columns=("at", "experiment__slug"),
)
kept(
    "experiments.Grouping",
    _("Groups that I drew, matched or listed"),
    fields=("by",),
    columns=("at", "experiment__slug", "method", "digest", "reason"),
)
kept(
    "experiments.Deviation",
    _("Deviations from a plan that I recorded"),
    fields=("by",),
    columns=("at", "experiment__slug", "kind", "what", "reason"),
)
