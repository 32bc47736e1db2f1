"""Words of this app that stand in more than one place."""

from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.plans.models import Experiment

FAULTS = {
    "missing": _("Fill this in before the experiment starts."),
    "past": _("This day is past. Choose a later one."),
}
TONES = {
    Experiment.State.DRAFT: "neutral",
    Experiment.State.RUNNING: "try",
    Experiment.State.ENDED: "info",
    Experiment.State.DECIDED: "decide",
    Experiment.State.CANCELLED: "bad",
}
