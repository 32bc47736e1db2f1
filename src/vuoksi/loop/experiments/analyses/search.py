from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.queries import public_evidence

searchable(
    "evidence",
    _("Evidence"),
    queryset=lambda person: public_evidence(),
    fields=("claim", "limits"),
    url=Evidence.get_absolute_url,
)
