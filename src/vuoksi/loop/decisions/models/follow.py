"""What comes after a decision: its next steps, and whether what it decided is in use."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.decisions.models.decisions import Decision

STEP_STATES = Machine(
    "next step of a decision",
    initial="open",
    transitions=(
        Transition("finish", frozenset({"open"}), "done"),
        Transition("drop", frozenset({"open"}), "dropped"),
        Transition("reopen", frozenset({"done", "dropped"}), "open"),
    ),
)


class NextStep(models.Model):
    """One thing that must be done after a decision, such as a step of a procurement."""

    class State(models.TextChoices):
        OPEN = "open", _("to be done")
        DONE = "done", _("done")
        DROPPED = "dropped", _("given up")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps")
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("step"), max_length=200)
    due_on = models.DateField(_("to be done by"))
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="next_steps", verbose_name=_("unit in charge")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField(_("settled"), null=True, blank=True)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    class Meta:
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(STEP_STATES.states)),
                name="next_step_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", settled_on=None)
                | (~models.Q(state="open") & models.Q(settled_on__isnull=False)),
                name="settled_step_has_its_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"])]

    def __str__(self) -> str:
        return self.title


class FollowUp(models.Model):
    """What was found when somebody looked whether what was decided is in use."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="follow_ups")
    found_on = models.DateField(_("day"))
    use = models.CharField(_("finding"), max_length=10, choices=Decision.Use.choices)
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("what was found"))
    # A figure, such as how many swimming halls use it, with what it counts.
    value = models.FloatField(_("figure"), null=True, blank=True)
    counts = models.CharField(_("what the figure counts"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=600)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"))

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("text", "counts")

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(use__in=["in_use", "not_in_use"]), name="follow_up_finds_a_use"
            ),
            models.CheckConstraint(
                condition=models.Q(value=None) | ~models.Q(counts=""),
                name="figure_says_what_it_counts",
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="follow_up_has_a_source"),
        ]
        indexes = [
            models.Index(fields=["use", "found_on", "decision"]),
            models.Index(fields=["found_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.found_on}: {self.use}"
