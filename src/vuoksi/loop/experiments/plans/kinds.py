"""What people are told about experiments."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

EXPERIMENT_PLANNED = kind(
    "experiments.experiment_planned",
    _("An experiment is planned from an idea that I wrote"),
    _("An experiment is being planned from your idea: “%(thing)s”."),
)
EXPERIMENT_STARTED = kind(
    "experiments.experiment_started",
    _("An experiment starts from something that I wrote, support or follow"),
    _("The experiment “%(thing)s” has started."),
)
EXPERIMENT_ENDED = kind(
    "experiments.experiment_ended",
    _("An experiment ends that comes from something that I wrote, support or follow"),
    _("The experiment “%(thing)s” has ended. Its results are being worked out."),
)
EXPERIMENT_CANCELLED = kind(
    "experiments.experiment_cancelled",
    _("An experiment is cancelled that comes from something that I wrote, support or follow"),
    _("The experiment “%(thing)s” was cancelled."),
)
DEVIATION_RECORDED = kind(
    "experiments.deviation_recorded",
    _("An experiment that I follow deviates from its plan"),
    _("The experiment “%(thing)s” deviates from its plan; what and why is told on its page."),
)
