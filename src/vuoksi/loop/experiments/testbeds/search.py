from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.loop.experiments.testbeds.models import Testbed
from vuoksi.loop.experiments.testbeds.queries import public_testbeds


def _more(row: Testbed) -> str:
    """A testbed is also found by what it offers, by its place and by its unit."""
    offered = row.offerings.filter(is_offered=True).values_list("title", "summary")
    words = [part for pair in offered.order_by("position") for part in pair]
    return " ".join([row.place.name, row.owner.name, *words])


searchable(
    "testbeds",
    _("Testbeds"),
    queryset=public_testbeds,
    fields=("title", "summary", "rules", "contact"),
    url=Testbed.get_absolute_url,
    text=_more,
)
