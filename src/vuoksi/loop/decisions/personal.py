"""What decisions keep about people: who recorded one, as an act of the city's."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "decisions.Decision",
    _("Decisions that I recorded"),
    fields=("recorded_by",),
    columns=("decided_on", "slug", "kind", "language", "title", "state"),
)
