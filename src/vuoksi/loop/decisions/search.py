from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.loop.decisions import queries
from vuoksi.loop.decisions.models import Decision

searchable(
    "decisions",
    _("Decisions"),
    queryset=lambda person: queries.public_decisions(),
    fields=("title", "reasons"),
    url=Decision.get_absolute_url,
    text=lambda row: row.decided_by,
)
