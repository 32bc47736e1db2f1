from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.experiments.plans.models import Experiment

CHECKLIST_STATES = Machine(
    "checklist",
    initial="open",
    transitions=(
        Transition("sign", frozenset({"open"}), "signed"),
        Transition("reopen", frozenset({"signed"}), "open"),
    ),
)


class FilledChecklist(models.Model):
    """The data-protection and ethics checklist of one experiment, its answers and its sign-off."""

    class State(models.TextChoices):
        OPEN = "open", _("being filled in")
        SIGNED = "signed", _("signed off")

    class Role(models.TextChoices):
        DATA_PROTECTION = "data_protection", _("data protection officer or contact")
        ETHICS = "ethics", _("contact for research ethics")
        HEAD = "head", _("head of the unit in charge")

    ADDRESS_OF = ("experiment",)

    experiment = models.OneToOneField(Experiment, models.PROTECT, related_name="checklist")
    # The version of the questions, see engine.CHECKLISTS.
    questions = models.PositiveSmallIntegerField(_("version of the questions"))
    # {question: {"answer": "yes", "no" or "na", "note": …}}
    answers = models.JSONField(_("answers"), default=dict)
    assessment = models.CharField(
        _("where the impact assessment is kept"), max_length=300, blank=True
    )
    review = models.CharField(_("ethics committee and its statement"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    filled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    filled_at = models.DateTimeField(_("filled in"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    signer_name = models.CharField(_("name"), max_length=120, blank=True)
    signer_role = models.CharField(
        _("in which role"), max_length=20, choices=Role.choices, blank=True
    )
    signed_at = models.DateTimeField(_("signed off"), null=True)
    signed_digest = models.CharField(max_length=64, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("checklist of an experiment")
        verbose_name_plural = _("checklists of experiments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(CHECKLIST_STATES.states)),
                name="checklist_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", signed_at=None, signed_digest="")
                | (
                    models.Q(state="signed")
                    & ~models.Q(signed_at=None)
                    & ~models.Q(signed_digest="")
                    & ~models.Q(signer_role="")
                ),
                name="signed_checklist_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.experiment.title

    def get_absolute_url(self) -> str:
        return reverse("testbeds:checklist", args=[self.experiment.slug])
