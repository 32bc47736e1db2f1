from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Action

DECISION_STATES = Machine(
    "decision",
    initial="draft",
    transitions=(
        Transition("publish", frozenset({"draft"}), "published"),
        Transition("replace", frozenset({"published"}), "replaced"),
    ),
)


class Decision(models.Model):
    """What the city does after an experiment, why, on which evidence, and who decided it."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("scale up")
        ADAPT = "adapt", _("adapt and go on")
        STOP = "stop", _("stop")
        REPEAT = "repeat", _("try again")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        REPLACED = "replaced", _("replaced by a later decision")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    reasons = models.TextField(_("reasons"))
    evidence = models.ManyToManyField(
        Evidence, blank=True, related_name="decisions", verbose_name=_("evidence")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("decided by"),
    )
    # The office that decided, e.g. "Director of Sports Services": an office, not a person.
    decided_by = models.CharField(_("deciding office"), max_length=200)
    decided_on = models.DateField(_("decided"))
    # The strategy action that this decision opened or changed.
    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "reasons")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(DECISION_STATES.states)),
                name="decision_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["experiment"],
                condition=models.Q(state="published"),
                name="one_decision_in_force",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", args=[self.slug])
