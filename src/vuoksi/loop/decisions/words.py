"""Words of the portfolio that stand in more than one place."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """How far something has come on its way from a call into use."""

    CALL = "call", _("Call")
    ACCEPTED = "accepted", _("Idea accepted")
    PLANNED = "planned", _("Being planned")
    RUNNING = "running", _("Running")
    MEASURED = "measured", _("Measured")
    DECIDED = "decided", _("Decided")
    IN_USE = "in_use", _("In use")
    CANCELLED = "cancelled", _("Cancelled")


STAGE_TONES = {
    Stage.CALL: "neutral",
    Stage.ACCEPTED: "idea",
    Stage.PLANNED: "neutral",
    Stage.RUNNING: "try",
    Stage.MEASURED: "info",
    Stage.DECIDED: "decide",
    Stage.IN_USE: "good",
    Stage.CANCELLED: "bad",
}
KIND_TONES = {"scale": "good", "procure": "good", "stop": "bad"}
FINDING_TONES = {"better": "good", "none": "neutral", "worse": "bad"}
