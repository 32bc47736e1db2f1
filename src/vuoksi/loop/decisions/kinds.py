"""What people are told about decisions."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

DECISION_PUBLISHED = kind(
    "decisions.decision_published",
    _("A decision on something that I wrote, support or follow"),
    _("The city has decided: “%(thing)s”."),
    outcomes={
        "scale": _("The city has decided to scale up: “%(thing)s”."),
        "procure": _("The city has decided to procure: “%(thing)s”."),
        "adapt": _("The city has decided to adapt: “%(thing)s”."),
        "repeat": _("The city has decided to try again: “%(thing)s”."),
        "stop": _("The city has decided to stop: “%(thing)s”."),
    },
)
STEP_TAKEN = kind(
    "decisions.step_taken",
    _("Next steps after a decision on something that I wrote, support or follow"),
    _("The next steps after the decision “%(thing)s” have changed."),
    is_gathered=True,
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
