from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.places.models import Place
from vuoksi.indicators.models import Indicator
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.experiments.plans.models.questions import Question
from vuoksi.strategy.models import Goal

EXPERIMENT_STATES = Machine(
    "experiment",
    initial="draft",
    transitions=(
        Transition("start", frozenset({"draft"}), "running"),
        Transition("end", frozenset({"running"}), "ended"),
        Transition("cancel", frozenset({"draft", "running"}), "cancelled"),
        Transition("decide", frozenset({"ended"}), "decided"),
        Transition("repeat", frozenset({"decided"}), "ended"),
    ),
)


class Experiment(models.Model):
    """A pilot with its hypothesis, its measure and its rule, all fixed before it starts."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being planned")
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended, not decided")
        DECIDED = "decided", _("decided")
        CANCELLED = "cancelled", _("cancelled")

    class Design(models.TextChoices):
        BEFORE_AFTER_PAIRED = "before_after_paired", _("the same units before and after")
        BEFORE_AFTER = "before_after", _("different units before and after")
        TWO_GROUPS = "two_groups", _("two groups at the same time")
        MATCHED_PAIRS = "matched_pairs", _("matched pairs: each unit beside one like it")
        DIFFERENCE_IN_DIFFERENCES = (
            "difference_in_differences",
            _("two groups, each before and after (difference in differences)"),
        )
        INTERRUPTED_TIME_SERIES = (
            "interrupted_time_series",
            _("one long course that the trial interrupts (interrupted time series)"),
        )
        STEPPED_WEDGE = "stepped_wedge", _("sites that start one after the other (stepped wedge)")

    class Assignment(models.TextChoices):
        CHANCE = "chance", _("chance: groups or order are drawn by lot")
        UNKNOWN = "unknown", _("people: somebody chose, or they chose themselves")

    class Kind(models.TextChoices):
        VALUE = "value", _("a number in the unit")
        SHARE = "share", _("yes or no of each unit (1 or 0)")
        COUNT = "count", _("a count: how often something happened")

    class Period(models.TextChoices):
        DAY = "day", _("a day")
        WEEK = "week", _("a week")
        MONTH = "month", _("a month")
        QUARTER = "quarter", _("a quarter")

    class Season(models.TextChoices):
        NONE = "none", _("no season")
        HARMONICS = "harmonics", _("a smooth wave that comes again")
        DUMMIES = "dummies", _("a level of its own for each place in the season")

    class Estimand(models.TextChoices):
        LEVEL = "level", _("the jump at the start")
        AVERAGE = "average", _("the average distance from the course drawn on")
        SLOPE = "slope", _("the change of the rise a period")

    class Correction(models.TextChoices):
        HOLM = "holm", _("hardly ever one false effect (Holm)")
        BENJAMINI_HOCHBERG = (
            "benjamini_hochberg",
            _("few false effects among those found (Benjamini and Hochberg)"),
        )

    class Better(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    entries = models.ManyToManyField(
        Entry, blank=True, related_name="experiments", verbose_name=_("made from")
    )
    goal = models.ForeignKey(
        Goal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experiments",
        verbose_name=_("goal it serves"),
    )
    question = models.ForeignKey(
        Question,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experiments",
        verbose_name=_("question it answers"),
    )
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in short"))
    hypothesis = models.TextField(_("hypothesis"), blank=True)
    users = models.TextField(_("who uses it"), blank=True)
    fit = models.TextField(_("how it fits the services"), blank=True)
    benefit = models.TextField(_("expected benefit"), blank=True)
    testbed = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experiments",
        verbose_name=_("testbed"),
    )
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experiments",
        verbose_name=_("unit in charge"),
    )
    partners = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="partner_experiments",
        verbose_name=_("partners"),
    )
    budget_eur = models.DecimalField(
        _("budget, EUR"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    budget_use = models.TextField(_("what the money is for"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    schedule = models.TextField(_("steps and their days"), blank=True)

    # The measure: an indicator of the city, or a series of the experiment's own.
    indicator = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experiments",
        verbose_name=_("indicator of the city"),
    )
    measure = models.CharField(_("what is measured"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    better = models.CharField(_("better"), max_length=10, choices=Better.choices, default="up")
    design = models.CharField(_("design"), max_length=30, choices=Design.choices, blank=True)
    baseline = models.FloatField(_("baseline"), null=True, blank=True)
    baseline_note = models.TextField(_("where the baseline comes from"), blank=True)
    # What an analysis needs to know besides, by design; see `queries.NEEDED_BY`.
    assignment = models.CharField(
        _("who decides who gets the trial"),
        max_length=10,
        choices=Assignment.choices,
        default=Assignment.UNKNOWN,
    )
    kind = models.CharField(
        _("what one value is"), max_length=10, choices=Kind.choices, default=Kind.VALUE
    )
    lowest = models.FloatField(_("lowest possible value"), null=True, blank=True)
    highest = models.FloatField(_("highest possible value"), null=True, blank=True)
    switch_on = models.DateField(_("first day with the trial"), null=True, blank=True)
    period = models.CharField(
        _("length of a period"), max_length=10, choices=Period.choices, blank=True
    )
    season = models.CharField(
        _("season"), max_length=12, choices=Season.choices, default=Season.NONE
    )
    season_length = models.PositiveSmallIntegerField(
        _("periods in a season"), null=True, blank=True
    )
    estimand = models.CharField(
        _("what the effect is"), max_length=10, choices=Estimand.choices, default=Estimand.LEVEL
    )
    correction = models.CharField(
        _("correction for several measures"),
        max_length=20,
        choices=Correction.choices,
        default=Correction.HOLM,
    )
    planned_units = models.PositiveIntegerField(
        _("number of units planned in all"), null=True, blank=True
    )
    # The rule: scale when the whole interval lies beyond `minimum_effect`, stop when it lies short of `stop_effect`.
    minimum_effect = models.FloatField(_("smallest effect worth scaling"), null=True, blank=True)
    stop_effect = models.FloatField(_("effect below which we stop"), null=True, blank=True)
    rule = models.TextField(_("stop or scale rule in words"), blank=True)

    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    frozen_at = models.DateTimeField(_("fixed"), null=True, blank=True)
    frozen_digest = models.CharField(max_length=64, blank=True)
    # Canonical JSON as text: a database's own JSON type may rewrite numbers, and then the digest would not fit.
    frozen_text = models.TextField(blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    cancel_reason = models.TextField(_("why it was cancelled"), blank=True)
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = (
        "title",
        "summary",
        "hypothesis",
        "users",
        "fit",
        "benefit",
        "budget_use",
        "schedule",
        "measure",
        "baseline_note",
        "rule",
        "cancel_reason",
    )

    class Meta:
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(EXPERIMENT_STATES.states)),
                name="experiment_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"]) | ~models.Q(frozen_digest=""),
                name="started_experiment_is_frozen",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="experiment_has_length",
            ),
            models.CheckConstraint(
                condition=models.Q(stop_effect=None)
                | models.Q(minimum_effect=None)
                | models.Q(stop_effect__lte=models.F("minimum_effect")),
                name="stop_is_not_above_scale",
            ),
            models.CheckConstraint(
                condition=models.Q(lowest=None, highest=None)
                | models.Q(lowest__lt=models.F("highest")),
                name="measure_has_a_range",
            ),
            models.CheckConstraint(
                condition=models.Q(better__in=["up", "down"]), name="experiment_has_a_direction"
            ),
            models.CheckConstraint(
                condition=models.Q(frozen_digest="", frozen_text="", frozen_at=None)
                | (
                    ~models.Q(frozen_digest="")
                    & ~models.Q(frozen_text="")
                    & ~models.Q(frozen_at=None)
                ),
                name="frozen_as_a_whole",
            ),
        ]
        indexes = [
            # The portfolio counts pilots by these few columns, and a whole row is long.
            models.Index(fields=["frozen_at", "state", "goal", "testbed", "is_demo"]),
            models.Index(fields=["state", "frozen_at"]),
            models.Index(fields=["state", "created_at"]),
            # The order of the list, so that its newest page is read without the rest.
            models.Index(fields=["-starts_on"]),
            models.Index(fields=["state", "ended_at"]),
            models.Index(fields=["ended_at", "state"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("experiments:experiment", args=[self.slug])
