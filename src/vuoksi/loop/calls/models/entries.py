"""An entry: an idea sent to a call, by one or several people."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.files.models import Attachment
from vuoksi.base.texts.models import Moderated
from vuoksi.lib.transitions import Machine, Transition
from vuoksi.loop.calls.models.calls import Call, Category, Question

ENTRY_STATES = Machine(
    "entry",
    initial="draft",
    transitions=(
        Transition("submit", frozenset({"draft"}), "submitted"),
        # Sent to a call whose entries are sealed; no condition on public entries ever holds for it.
        Transition("seal", frozenset({"draft"}), "sealed"),
        Transition("unseal", frozenset({"sealed"}), "submitted"),
        Transition("withdraw", frozenset({"draft", "sealed", "submitted"}), "withdrawn"),
        Transition("accept", frozenset({"submitted", "refused"}), "accepted"),
        Transition("refuse", frozenset({"submitted", "accepted"}), "refused"),
    ),
)


class Entry(Moderated):
    """An idea sent to a call."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SEALED = "sealed", _("sealed until sending ends")
        SUBMITTED = "submitted", _("waiting for an answer")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ACCEPTED = "accepted", _("goes forward")
        REFUSED = "refused", _("does not go forward")

    ADDRESS_OF = ("call",)

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
    # Why the jury awarded it, for everybody to read.
    citation = models.TextField(_("why it is awarded"), max_length=1000, blank=True)
    source = models.CharField(_("source"), max_length=600, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary", "award", "citation")

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
            # A page of a call's ideas is read in its order, and counted with its languages, from this index alone.
            models.Index(fields=["call", "-submitted_at", "state", "visibility", "language"]),
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
    # Of a file its name.
    text = models.TextField(_("answer"))
    # A file that is taken away takes the answer with it.
    attachment = models.OneToOneField(
        Attachment, models.CASCADE, null=True, blank=True, related_name="+"
    )

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
