"""What plans keep about people: who made one, as an act of the city's."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "experiments.Experiment",
    _("Experiments that I planned"),
    fields=("created_by",),
    columns=("created_at", "slug", "language", "title", "summary", "state"),
)
