from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.loop.experiments.participants.models import Recruitment
from vuoksi.loop.experiments.participants.queries import public_recruitments

searchable(
    "recruitments",
    _("Take part in an experiment"),
    queryset=lambda person: public_recruitments(),
    fields=("title", "seeking", "tasks", "duration", "reward"),
    url=Recruitment.get_absolute_url,
    text=lambda row: row.experiment.owner.name if row.experiment.owner else "",
)
