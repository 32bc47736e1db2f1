"""A call: what the city needs, when, from whom, and what it asks."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.strategy.models import Goal

CALL_STATES = Machine(
    "call",
    initial="draft",
    transitions=(
        Transition("publish", frozenset({"draft"}), "published"),
        Transition("close", frozenset({"published"}), "closed"),
        Transition("reopen", frozenset({"closed"}), "published"),
    ),
)


class Call(models.Model):
    """A challenge: the city says what it needs and asks for ideas."""

    class Kind(models.TextChoices):
        IDEAS = "ideas", _("open idea box")
        CHALLENGE = "challenge", _("a problem’s owner asks")
        COMPETITION = "competition", _("innovation competition")
        EXPERIMENTS = "experiments", _("call for digital experiments")
        JOINT = "joint", _("joint call of several cities")
        ACCELERATOR = "accelerator", _("intake of an accelerator")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CLOSED = "closed", _("closed")

    class Entrants(models.TextChoices):
        ANYBODY = "anybody", _("anybody, also without an account")
        SIGNED_IN = "signed_in", _("anybody with an account")
        STAFF = "staff", _("city staff")
        COMPANIES = "companies", _("companies and other organisations")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="calls", verbose_name=_("goal")
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="calls"
    )
    # In a joint call each of these decides its own share, beside the owner.
    partners = models.ManyToManyField(
        Organisation, related_name="joint_calls", blank=True, verbose_name=_("partner cities")
    )
    kind = models.CharField(
        _("kind of call"), max_length=12, choices=Kind.choices, default=Kind.IDEAS
    )
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in short"), max_length=400)
    need = models.TextField(_("what is needed and why"), blank=True)
    offer = models.TextField(_("what the city offers"), blank=True)
    entrants = models.CharField(_("who may enter"), max_length=12, choices=Entrants.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # Nobody but its authors reads an idea until the time for sending is over.
    is_sealed = models.BooleanField(_("ideas are sealed until sending ends"), default=False)
    unsealed_at = models.DateTimeField(_("unsealed"), null=True, blank=True)
    # The day by which every idea has its answer.
    answers_due_on = models.DateField(_("answers promised by"), null=True, blank=True)
    overdue_told_at = models.DateTimeField(null=True, blank=True)
    # While a panel judges without knowing who wrote what, nobody is shown it.
    are_names_hidden = models.BooleanField(_("names of authors are hidden"), default=False)
    # Figures of a call whose entries are not here, e.g. one that ran before this platform.
    published_entry_count = models.PositiveIntegerField(
        _("published number of entries"), null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary", "need", "offer")

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(CALL_STATES.states)), name="call_state_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.slug])


class Phase(models.Model):
    """A part of a call that opens and closes by date: [opens_at, closes_at)."""

    class Kind(models.TextChoices):
        ENTRY = "entry", _("sending ideas")
        DISCUSSION = "discussion", _("support and discussion")
        REVIEW = "review", _("review")
        DECISION = "decision", _("answers")

    call = models.ForeignKey(Call, models.CASCADE, related_name="phases")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [
            models.UniqueConstraint(fields=["call", "kind"], name="one_phase_a_kind"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="phase_has_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.opens_at:%Y-%m-%d} – {self.closes_at:%Y-%m-%d}"


class Category(models.Model):
    """A category in which entries of a call compete."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="categories")
    slug = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    published_entry_count = models.PositiveIntegerField(
        _("published number of entries"), null=True, blank=True
    )

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.UniqueConstraint(fields=["call", "slug"], name="one_category_an_address")
        ]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question that a call asks beyond title and summary."""

    class Kind(models.TextChoices):
        SHORT = "short", _("short text")
        LONG = "long", _("long text")
        NUMBER = "number", _("number")
        CHOICE = "choice", _("one of several")
        MONEY = "money", _("sum of money")
        MONTHS = "months", _("length in months")
        FILE = "file", _("file")

    class Files(models.TextChoices):
        ANY = "any", _("any file that is accepted here")
        PDF = "pdf", _("PDF alone")
        TEXTS = "texts", _("texts: PDF, DOCX, ODT, TXT")
        TABLES = "tables", _("tables: XLSX, CSV")
        PICTURES = "pictures", _("pictures: PNG, JPEG, WebP")

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=8)
    label = models.CharField(_("question"), max_length=200)
    hint = models.CharField(_("hint"), max_length=400, blank=True)
    # One choice a line.
    choices = models.TextField(_("choices"), blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    max_length = models.PositiveIntegerField(_("longest answer"), default=2000)
    # Of numbers, sums of money and lengths in months: the least and the most that may be answered.
    low = models.IntegerField(_("at least"), null=True, blank=True)
    high = models.IntegerField(_("at most"), null=True, blank=True)
    # ISO 4217.
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    # Of a file: what kinds are taken, and how large it may be.
    file_kinds = models.CharField(
        _("kinds of file"), max_length=8, choices=Files.choices, default=Files.ANY
    )
    most_mb = models.PositiveSmallIntegerField(_("largest file, MB"), default=10)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("label", "hint", "choices")

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_question_a_position"),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True)
                | models.Q(high__isnull=True)
                | models.Q(low__lte=models.F("high")),
                name="least_answer_is_not_above_most",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FrozenRules(models.Model):
    """Rules as they stood from `at` on: the text that was frozen, and its digest. Panels keep theirs alike."""

    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField()
    digest = models.CharField(max_length=64)
    # Why they were changed; empty for the first.
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    # How much of what had been sent the change opens again.
    reopened = models.PositiveIntegerField(_("opened again"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("frozen"))

    class Meta:
        abstract = True


class CallRules(FrozenRules):
    """Who may enter, the categories, questions and dates of a call, from the opening on."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="rule_sets")

    class Meta:
        verbose_name = _("rules of a call")
        verbose_name_plural = _("rules of calls")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_call_rules_a_number"),
            models.CheckConstraint(
                condition=models.Q(number=1) | ~models.Q(reason=""),
                name="changed_call_rules_have_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.number}"
