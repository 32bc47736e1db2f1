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
        PROCURE = "procure", _("procure")

    class Outcome(models.TextChoices):
        """What the rule that was fixed before the start says about the newest evidence."""

        SCALE = "scale", _("scale up")
        STOP = "stop", _("stop")
        INCONCLUSIVE = "inconclusive", _("not decided: measure more")
        NO_RULE = "no_rule", _("no rule was fixed")

    class Use(models.TextChoices):
        IN_USE = "in_use", _("in use")
        NOT_IN_USE = "not_in_use", _("not in use")

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
    # What the rule said when the decision was published; empty: there was no evidence to ask it about.
    rule_outcome = models.CharField(
        _("what the rule said"), max_length=14, choices=Outcome.choices, blank=True
    )
    goes_against_rule = models.BooleanField(_("against the rule"), default=False)
    against_why = models.TextField(_("why it goes against the rule"), blank=True)
    learned = models.TextField(_("what the city learned"), blank=True)
    follow_up_on = models.DateField(_("day of the follow-up"), null=True, blank=True)
    # The day of the follow-up of which people were reminded last.
    reminded_of = models.DateField(null=True, blank=True)
    # What the newest follow-up found, and since when; its history stands in the follow-ups.
    use = models.CharField(_("use"), max_length=10, choices=Use.choices, blank=True)
    use_on = models.DateField(_("found"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = (
        "title",
        "decided_by",
        "reasons",
        "against_why",
        "learned",
    )

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
            models.CheckConstraint(
                condition=models.Q(state="draft")
                | models.Q(goes_against_rule=False)
                | ~models.Q(against_why=""),
                name="decision_against_the_rule_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(use="", use_on=None)
                | (models.Q(use__in=["in_use", "not_in_use"]) & models.Q(use_on__isnull=False)),
                name="use_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "kind", "use"]),
            # Whose decision it is and what came of it: the portfolio counts pilots from this index alone.
            models.Index(
                fields=["experiment", "state", "kind", "use", "goes_against_rule", "decided_on"]
            ),
            # The board reads those that have stood longest, the list and the report the days of a year.
            models.Index(fields=["state", "published_at"]),
            models.Index(fields=["state", "use", "use_on"]),
            models.Index(fields=["decided_on", "state", "kind", "goes_against_rule"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", args=[self.slug])


class Decider(models.Model):
    """Somebody who took part in a decision as an act of office, named as in the minutes."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="deciders")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("decision-maker")
        verbose_name_plural = _("decision-makers")
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_decider_a_position"),
            models.CheckConstraint(condition=~models.Q(name=""), name="decider_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Dissent(models.Model):
    """Another opinion that was recorded, in its own words; without a name it is that of "a member"."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="dissents")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8)
    words = models.TextField(_("other opinion"))

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("words",)

    class Meta:
        verbose_name = _("dissent")
        verbose_name_plural = _("dissents")
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_dissent_a_position"),
            models.CheckConstraint(condition=~models.Q(words=""), name="dissent_has_words"),
        ]

    def __str__(self) -> str:
        return self.words[:60]
