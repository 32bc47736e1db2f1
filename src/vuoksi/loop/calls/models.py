from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.texts.models import Moderated
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
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("in short"), max_length=400)
    need = models.TextField(_("what is needed and why"), blank=True)
    offer = models.TextField(_("what the city offers"), blank=True)
    entrants = models.CharField(_("who may enter"), max_length=12, choices=Entrants.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
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

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("label", "hint", "choices")

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_question_a_position")
        ]

    def __str__(self) -> str:
        return self.label


ENTRY_STATES = Machine(
    "entry",
    initial="draft",
    transitions=(
        Transition("submit", frozenset({"draft"}), "submitted"),
        Transition("withdraw", frozenset({"draft", "submitted"}), "withdrawn"),
        Transition("accept", frozenset({"submitted", "refused"}), "accepted"),
        Transition("refuse", frozenset({"submitted", "accepted"}), "refused"),
    ),
)


class Entry(Moderated):
    """An idea sent to a call."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for an answer")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ACCEPTED = "accepted", _("goes forward")
        REFUSED = "refused", _("does not go forward")

    call = models.ForeignKey(Call, models.PROTECT, related_name="entries")
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=160, blank=True)
    summary = models.TextField(_("your idea"), max_length=5000, blank=True)
    # Somebody with an account, or the holder of a link sent to an address, or staff on somebody's behalf.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="entries"
    )
    # Never public; kept to tell the author what becomes of the idea.
    author_email = models.EmailField(_("e-mail address"), blank=True, db_index=True)
    author_name = models.CharField(_("name shown with the idea"), max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entered_entries",
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    # The form's own key: sent twice, the entry stands once.
    key = models.UUIDField(unique=True)
    # The open page that saved last: its own next save is no conflict with itself.
    writer = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(_("begun"))
    edited_at = models.DateTimeField(_("edited"))
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # A prize or place, in the words of the jury.
    award = models.CharField(_("award"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary", "award")

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(ENTRY_STATES.states)),
                name="entry_state_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "withdrawn"])
                | models.Q(submitted_at__isnull=False),
                name="sent_entry_has_its_time",
            ),
            *Moderated.Meta.constraints,
        ]
        indexes = [
            # A page of a call's ideas is read in its order, and counted, from this index alone.
            models.Index(fields=["call", "-submitted_at", "state", "visibility"]),
            models.Index(fields=["-submitted_at"]),
            models.Index(fields=["call", "award"]),
            models.Index(fields=["language"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:entry", args=[self.call.slug, self.pk])


class Response(models.Model):
    """What an entry says to one question of the call."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="responses")
    question = models.ForeignKey(Question, models.PROTECT, related_name="responses")
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("answer"))

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        constraints = [
            models.UniqueConstraint(fields=["entry", "question"], name="one_response_a_question")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CoAuthor(models.Model):
    """A person invited by address to write an entry too; has a say once the invitation is accepted."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="co_authors")
    email = models.EmailField(_("e-mail address"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="co_entries"
    )
    # Of the invitation sent by e-mail only the digest is kept.
    digest = models.CharField(max_length=64, unique=True, null=True)
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)

    class Meta:
        verbose_name = _("co-author")
        verbose_name_plural = _("co-authors")
        constraints = [
            models.UniqueConstraint("entry", Lower("email"), name="one_invitation_an_address")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}"


class EntryLink(models.Model):
    """A link sent to an address with which an entry is written without an account. Only its digest is kept."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="links")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True, related_name="links")
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=8)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("expires"))

    class Meta:
        verbose_name = _("entry link")
        verbose_name_plural = _("entry links")

    def __str__(self) -> str:
        return f"{self.call_id} {self.created_at:%Y-%m-%d}"


class Answer(models.Model):
    """The city's official answer to an entry. A later answer replaces it and keeps the earlier in the history."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("goes forward")
        REFUSED = "refused", _("does not go forward")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="answers")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("answer"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("answered"))
    is_current = models.BooleanField(default=True)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        verbose_name = _("official answer")
        verbose_name_plural = _("official answers")
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(is_current=True), name="one_current_answer"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
