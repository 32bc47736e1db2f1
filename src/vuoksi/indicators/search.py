from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.indicators import queries
from vuoksi.indicators.models import Indicator

searchable(
    "indicators",
    _("Indicators"),
    queryset=lambda person: queries.public_indicators(),
    fields=("title", "description"),
    url=Indicator.get_absolute_url,
    text=lambda row: f"{row.key} {row.data_owner}",
)
