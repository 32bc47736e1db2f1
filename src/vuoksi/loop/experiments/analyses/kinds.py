from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

EVIDENCE_PUBLISHED = kind(
    "experiments.evidence_published",
    _("Evidence from an experiment that comes from something that I wrote, support or follow"),
    _("Evidence was published: “%(thing)s”"),
)
