"""What measured rows keep about people: who sent a batch. The rows themselves have codes, never names."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "series.Batch",
    _("Measured rows that I sent"),
    fields=("by",),
    columns=("at", "store__kind", "sender", "added", "repeated", "digest"),
)
