"""What people are told of the strategy."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

ACTION_CHANGED = kind(
    "strategy.action_changed",
    _("An action of the strategy starts, stops or is done"),
    _("“%(thing)s” has a new state."),
)
UPDATE_POSTED = kind(
    "strategy.update_posted",
    _("News about an action of the strategy"),
    _("There is news about “%(thing)s”."),
)
FEEDBACK_GIVEN = kind(
    "strategy.feedback_given",
    _("Somebody comments on a chapter that my unit owns"),
    _("There is a new comment on “%(thing)s”, to be answered by your unit."),
)
FEEDBACK_ANSWERED = kind(
    "strategy.feedback_answered",
    _("The city answers my comment on its story"),
    _("The city answered your comment on “%(thing)s”."),
)
