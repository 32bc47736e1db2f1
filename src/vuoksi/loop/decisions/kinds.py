"""What people are told about decisions."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

DECISION_PUBLISHED = kind(
    "decisions.decision_published",
    _("A decision on something that I wrote, support or follow"),
    _("The city has decided: “%(thing)s”."),
)
