"""What indicators keep about people: who published a figure, as an act of the city's."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "indicators.Observation",
    _("Figures that I published"),
    fields=("published_by",),
    columns=("published_at", "indicator__key", "start", "end", "value", "method", "source", "note"),
)
