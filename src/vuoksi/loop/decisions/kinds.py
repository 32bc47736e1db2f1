"""What people are told about decisions."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

DECISION_PUBLISHED = kind(
    "decisions.decision_published",
    _("A decision on something that I wrote, support or follow"),
    _("The city has decided: “%(thing)s”."),
)
FOLLOWED_UP = {
    "in_use": kind(
        "decisions.in_use",
        _("Something that I wrote, support or follow is found to be in use"),
        _("What was decided is in use: “%(thing)s”."),
    ),
    "not_in_use": kind(
        "decisions.not_in_use",
        _("Something that I wrote, support or follow is found not to be in use"),
        _("What was decided is not in use: “%(thing)s”."),
    ),
}
FOLLOW_UP_DUE = kind(
    "decisions.follow_up_due",
    _("The follow-up of a decision that I recorded is due"),
    _("It is time to look whether what was decided is in use: “%(thing)s”."),
)
