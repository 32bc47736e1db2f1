from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.indicators.models import Indicator
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.strategy.engine import STALE_AFTER_DAYS


class Story(models.Model):
    """The city's strategy for one council term, written together with its people."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    source = models.CharField(_("source"), max_length=600, blank=True)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="term_has_length"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:story", args=[self.slug])


class Chapter(models.Model):
    """A part of the story. Its paragraphs are the ones between empty lines; feedback is about one paragraph."""

    ADDRESS_OF = ("story",)

    story = models.ForeignKey(Story, models.CASCADE, related_name="chapters")
    slug = models.SlugField(_("address"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=10, blank=True)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    # Answers what people say about the chapter.
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="chapters"
    )
    source = models.CharField(_("source"), max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "body")

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [
            models.UniqueConstraint(fields=["story", "slug"], name="one_chapter_an_address"),
            models.UniqueConstraint(fields=["story", "position"], name="one_chapter_a_position"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:story", args=[self.story.slug]) + f"#{self.slug}"


class QuotedParagraph(models.Model):
    """The words that feedback was written about, kept so that they can be shown when the chapter has changed."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="quotes")
    anchor = models.CharField(max_length=40)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("quoted paragraph")
        verbose_name_plural = _("quoted paragraphs")
        constraints = [
            models.UniqueConstraint(fields=["chapter", "anchor"], name="one_quote_an_anchor")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Roadmap(models.Model):
    """The way to one of the story's large aims, over several council terms."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="roadmaps"
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=600, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:roadmap", args=[self.slug])


class Goal(models.Model):
    """Something that the city wants to reach, said in the story, in a roadmap, or in both."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    chapter = models.ForeignKey(
        Chapter, models.PROTECT, null=True, blank=True, related_name="goals"
    )
    roadmap = models.ForeignKey(
        Roadmap, models.PROTECT, null=True, blank=True, related_name="goals"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    source = models.CharField(_("source"), max_length=600, blank=True)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(chapter__isnull=False) | models.Q(roadmap__isnull=False),
                name="goal_has_a_home",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:goal", args=[self.slug])


class Target(models.Model):
    """What an indicator should be, and when. Without a value: the city has not set one."""

    class Operator(models.TextChoices):
        AT_LEAST = "at_least", _("at least")
        AT_MOST = "at_most", _("at most")
        ABOVE = "above", _("more than")
        BELOW = "below", _("less than")

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    operator = models.CharField(_("comparison"), max_length=10, choices=Operator.choices)
    value = models.FloatField(_("value"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    baseline_value = models.FloatField(_("baseline"), null=True, blank=True)
    baseline_on = models.DateField(_("date of the baseline"), null=True, blank=True)
    # Empty: whoever set the baseline answers for its being comparable with the indicator's figures.
    baseline_method = models.CharField(_("method of the baseline"), max_length=120, blank=True)
    stale_after_days = models.PositiveIntegerField(
        _("days until a figure is too old"), default=STALE_AFTER_DAYS
    )
    source = models.CharField(_("source"), max_length=600, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    # Shown on the first page.
    is_headline = models.BooleanField(_("on the first page"), default=False)
    # The verdict that people know of: the last that was reached, on track, off track or missed. Empty: none yet.
    told_state = models.CharField(max_length=20, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "indicator", "due_on"], name="one_target_a_due_date"
            ),
            # SQLite and PostgreSQL both take two empty dates for different ones.
            models.UniqueConstraint(
                fields=["goal", "indicator"],
                condition=models.Q(due_on=None),
                name="one_target_without_date",
            ),
            models.CheckConstraint(
                condition=models.Q(baseline_value=None, baseline_on=None)
                | models.Q(baseline_value__isnull=False, baseline_on__isnull=False),
                name="baseline_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(baseline_on=None)
                | models.Q(due_on=None)
                | models.Q(baseline_on__lt=models.F("due_on")),
                name="baseline_before_due",
            ),
            models.CheckConstraint(
                condition=models.Q(stale_after_days__gte=1), name="figure_stays_fresh_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.operator} {self.value}"


ACTION_STATES = Machine(
    "action",
    initial="planned",
    transitions=(
        Transition("start", frozenset({"planned", "paused"}), "ongoing"),
        Transition("pause", frozenset({"ongoing"}), "paused"),
        Transition("complete", frozenset({"ongoing"}), "done"),
        Transition("stop", frozenset({"planned", "ongoing", "paused"}), "stopped"),
        Transition("reopen", frozenset({"done", "stopped"}), "ongoing"),
    ),
)


class Action(models.Model):
    """What somebody does to reach a goal."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        ONGOING = "ongoing", _("under way")
        PAUSED = "paused", _("paused")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="actions")
    code = models.CharField(_("number"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="actions"
    )
    partners = models.ManyToManyField(Organisation, blank=True, related_name="partner_actions")
    # Who is responsible in the source's own words, where it names nobody we know.
    responsible = models.CharField(_("responsible"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    budget_eur = models.DecimalField(
        _("budget, EUR"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    expected_effect = models.CharField(_("expected effect"), max_length=300, blank=True)
    is_decided = models.BooleanField(_("decided"), default=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.PLANNED
    )
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary", "expected_effect")

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(ACTION_STATES.states)),
                name="action_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="action_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:action", args=[self.slug])


class ActionUpdate(models.Model):
    """What happened to an action, told by its owner."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="updates")
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=Action.State.choices)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("when"))
    # The form's own key: sent twice, the update stands once.
    key = models.UUIDField(unique=True, default=uuid4)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")

    def __str__(self) -> str:
        return self.text[:60]


class ImpactMap(models.Model):
    """How a lever is thought to lead to impacts (impact leadership: lever, early and late outcomes, impacts)."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    roadmap = models.ForeignKey(
        Roadmap, models.PROTECT, null=True, blank=True, related_name="impact_maps"
    )
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    class Meta:
        verbose_name = _("impact map")
        verbose_name_plural = _("impact maps")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:impact_map", args=[self.slug])


class ImpactNode(models.Model):
    """One step of an impact map, bound to an indicator where it is measured."""

    class Stage(models.TextChoices):
        LEVER = "lever", _("lever")
        EARLY = "early", _("early outcome")
        LATE = "late", _("late outcome")
        IMPACT = "impact", _("impact")

    map = models.ForeignKey(ImpactMap, models.CASCADE, related_name="nodes")
    slug = models.SlugField(max_length=60)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage.choices)
    position = models.PositiveSmallIntegerField(_("position"))
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="impact_nodes"
    )
    leads_to = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="comes_from"
    )

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    class Meta:
        verbose_name = _("step of an impact map")
        verbose_name_plural = _("steps of impact maps")
        constraints = [models.UniqueConstraint(fields=["map", "slug"], name="one_node_an_address")]

    def __str__(self) -> str:
        return self.title
