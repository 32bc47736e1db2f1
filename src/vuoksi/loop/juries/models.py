"""A panel judges the entries of a call: experts score them on criteria, or a jury puts them in an order."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.runs.models import Run
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.calls.models import Call, Category, Entry, FrozenRules

PANEL_STATES = Machine(
    "panel",
    initial="draft",
    transitions=(
        Transition("open", frozenset({"draft"}), "open"),
        Transition("lock", frozenset({"open"}), "locked"),
        Transition("reopen", frozenset({"locked"}), "open"),
        Transition("conclude", frozenset({"locked"}), "concluded"),
    ),
)
REVIEW_STATES = Machine(
    "review",
    initial="asked",
    transitions=(
        Transition("send", frozenset({"asked"}), "sent"),
        Transition("decline", frozenset({"asked", "sent"}), "declined"),
        Transition("reopen", frozenset({"sent"}), "asked"),
    ),
)


class Panel(models.Model):
    """One stage of judging. Its rules stand still from the moment it opens."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("judging")
        LOCKED = "locked", _("locked for discussion")
        CONCLUDED = "concluded", _("concluded")

    class Way(models.TextChoices):
        SCORES = "scores", _("experts score on criteria")
        RANKS = "ranks", _("a jury puts finalists in an order")

    call = models.ForeignKey(Call, models.PROTECT, related_name="panels")
    # None: all entries of the call compete together.
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="panels",
        verbose_name=_("category"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=120)
    way = models.CharField(_("way of judging"), max_length=8, choices=Way.choices)
    places = models.PositiveSmallIntegerField(
        _("places to give"), validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    reviews_wanted = models.PositiveSmallIntegerField(
        _("reviews for each entry"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    is_blind = models.BooleanField(_("reviewers do not see who wrote an entry"), default=False)
    # In words, beside criteria or instead of them; frozen with the rules.
    guidance = models.TextField(_("what is judged by"), max_length=2000, blank=True)
    due_at = models.DateTimeField(_("judged by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    entries = models.ManyToManyField(Entry, related_name="panels", blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    # When those awaited were reminded by the clock, once.
    reminded_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(_("concluded"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "guidance")

    class Meta:
        verbose_name = _("panel")
        verbose_name_plural = _("panels")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=sorted(PANEL_STATES.states)), name="panel_state_is_known"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="panel_has_places"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("juries:panel", args=[self.pk])


class Criterion(models.Model):
    """What is judged, on a scale whose points have words."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"))
    language = models.CharField(_("language"), max_length=8)
    label = models.CharField(_("criterion"), max_length=160)
    hint = models.CharField(_("what to look at"), max_length=400, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    # One line a point of the scale, the lowest first: as many lines as points.
    anchors = models.TextField(_("what each point means"))

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("label", "hint", "anchors")

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["panel", "position"], name="one_criterion_a_position"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="criterion_has_weight"),
        ]

    def __str__(self) -> str:
        return self.label


class Juror(models.Model):
    """A person on a panel, with what they know about and how much they take on."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="jurors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="juror_in")
    # Words separated by commas; compared with the entries' categories and words.
    expertise = models.CharField(_("knows about"), max_length=400, blank=True)
    languages = models.CharField(_("reads"), max_length=60, default="fi,sv,en")
    most_reviews = models.PositiveSmallIntegerField(_("reviews at most"), default=20)

    class Meta:
        verbose_name = _("juror")
        verbose_name_plural = _("jurors")
        constraints = [models.UniqueConstraint(fields=["panel", "user"], name="one_seat_a_person")]

    def __str__(self) -> str:
        return f"{self.panel_id}: {self.user_id}"


class Conflict(models.Model):
    """A juror cannot judge an entry impartially: they said so, or it was found in what is known of both."""

    class Found(models.TextChoices):
        DECLARED = "declared", _("declared by the juror")
        AUTHOR = "author", _("wrote the idea")
        ORGANISATION = "organisation", _("belongs to the same organisation as an author")
        CO_AUTHOR = "co_author", _("wrote another idea together with an author")

    juror = models.ForeignKey(Juror, models.CASCADE, related_name="conflicts")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    found = models.CharField(
        _("how it was found"), max_length=12, choices=Found.choices, default=Found.DECLARED
    )
    # In the juror's words; empty where it was found.
    reason = models.CharField(_("why"), max_length=400, blank=True)
    at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(fields=["juror", "entry"], name="one_conflict_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.juror_id}: {self.entry_id}"


class Review(models.Model):
    """One juror judges one entry."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        SENT = "sent", _("sent")
        DECLINED = "declined", _("given up: conflict of interest")

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="reviews")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="reviews")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    language = models.CharField(_("language"), max_length=8, default="fi")
    to_author = models.TextField(_("to the author"), max_length=4000, blank=True)
    to_jury = models.TextField(_("to the jury alone"), max_length=4000, blank=True)
    asked_at = models.DateTimeField(_("asked for"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["juror", "entry"], name="one_review_a_pair"),
            models.CheckConstraint(
                condition=Q(state__in=sorted(REVIEW_STATES.states)), name="review_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_review_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id}: {self.entry_id}"


class Score(models.Model):
    """The point of one criterion's scale that a review gives, 1 the lowest."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(condition=Q(value__gte=1), name="score_is_a_point"),
        ]

    def __str__(self) -> str:
        return str(self.value)


class Placing(models.Model):
    """Where a juror puts a finalist, 1 the best."""

    juror = models.ForeignKey(Juror, models.PROTECT, related_name="placings")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="placings")
    place = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("placing")
        verbose_name_plural = _("placings")
        constraints = [
            models.UniqueConstraint(fields=["juror", "entry"], name="one_place_an_entry"),
            models.UniqueConstraint(fields=["juror", "place"], name="one_entry_a_place"),
            models.CheckConstraint(condition=Q(place__gte=1), name="places_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.juror_id}: {self.place}"


class Remark(models.Model):
    """What a juror says of an entry once scores are locked. Never public."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="remarks")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("remark"), max_length=4000)
    at = models.DateTimeField(_("said"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        indexes = [models.Index(fields=["panel", "entry"])]

    def __str__(self) -> str:
        return self.text[:60]


class RuleSet(FrozenRules):
    """The rules of a panel as they stood from `at` on."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="rule_sets")

    class Meta:
        verbose_name = _("rules")
        verbose_name_plural = _("rules")
        constraints = [
            models.UniqueConstraint(fields=["panel", "number"], name="one_rule_set_a_number"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""), name="changed_rules_have_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel_id}: {self.number}"


class Ranking(models.Model):
    """What the engine made of the scores, or of the jury's orders, that stood at one moment."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="rankings")
    run = models.OneToOneField(Run, models.PROTECT, related_name="+")
    rules = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    result = models.JSONField()
    # Of the scores or orders that it was made from: does it still stand?
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        indexes = [models.Index(F("at").desc(), name="newest_ranking_first")]

    def __str__(self) -> str:
        return f"{self.panel_id}: {self.at:%Y-%m-%d}"
