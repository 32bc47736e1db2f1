"""What people are told of the strategy."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

ACTION_CHANGED = kind(
    "strategy.action_changed",
    _("An action of the strategy starts, stops or is done"),
    _("“%(thing)s” has a new state."),
    outcomes={
        "planned": _("“%(thing)s” is planned again."),
        "ongoing": _("“%(thing)s” is under way."),
        "paused": _("“%(thing)s” is paused."),
        "done": _("“%(thing)s” is done."),
        "stopped": _("“%(thing)s” was stopped."),
    },
)
VERDICT_CHANGED = kind(
    "strategy.verdict_changed",
    _("A target that I follow is reached, missed, on track again or falls behind"),
    _("How a target of “%(thing)s” stands has changed: %(measure)s."),
    outcomes={
        "reached": _("A target of “%(thing)s” is reached: %(measure)s."),
        "on_track": _("A target of “%(thing)s” is on track again: %(measure)s."),
        "off_track": _("A target of “%(thing)s” has fallen behind: %(measure)s."),
        "missed": _("A target of “%(thing)s” was missed: %(measure)s."),
    },
)
TARGET_CHANGED = kind(
    "strategy.target_changed",
    _("A target of a goal that I follow is set, changed or taken away"),
    _("The targets of “%(thing)s” have changed: %(measure)s."),
    outcomes={
        "set": _("“%(thing)s” has a new target: %(measure)s."),
        "removed": _("A target of “%(thing)s” was taken away: %(measure)s."),
    },
)
GOAL_SET = kind(
    "strategy.goal_set",
    _("A new goal in a roadmap or a chapter that I follow"),
    _("There is a new goal: “%(thing)s”."),
)
TEXT_CHANGED = kind(
    "strategy.text_changed",
    _("The words or facts of a goal, action, roadmap or chapter that I follow change"),
    _("The words or facts of “%(thing)s” have changed."),
    is_gathered=True,
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
