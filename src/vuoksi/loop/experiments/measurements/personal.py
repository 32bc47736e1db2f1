"""What measurements keep about people: who sent them. What is measured has codes, never names."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "measurements.Batch",
    _("Measurements that I sent"),
    fields=("by",),
    columns=("at", "experiment__slug", "origin", "count", "digest"),
)
