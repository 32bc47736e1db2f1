from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Whether a text is shown to everybody, and if not, why not."""

    SHOWN = "shown", _("shown")
    HELD = "held", _("held until somebody has looked at it")
    MEND = "mend", _("hidden until its author has mended it")
    HIDDEN = "hidden", _("hidden by the moderators")
    REMOVED = "removed", _("removed by the moderators")


# Why a text is gone whose author has left; the reasons of moderators are moderation's own.
LEFT = "left"


class Moderated(models.Model):
    """A text of somebody's that moderators can take out of sight; when and why stays public."""

    visibility = models.CharField(
        _("visibility"), max_length=8, choices=Visibility.choices, default=Visibility.SHOWN
    )
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    # The key of a reason that moderation knows; words in rows that are older than those reasons.
    hidden_reason = models.CharField(_("why hidden"), max_length=400, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=["shown", "held"], hidden_at=None)
                | (
                    models.Q(visibility__in=["mend", "hidden", "removed"], hidden_at__isnull=False)
                    & ~models.Q(hidden_reason="")
                ),
                name="%(class)s_is_hidden_for_a_reason",
            )
        ]


class Translation(models.Model):
    """One field of one thing in one more language.

    The thing itself holds the text in the language it was written in (`thing.language`). `source_digest` is the digest
    of that text when the translation was made: when the source changes, the translation is known to be behind.
    """

    class State(models.TextChoices):
        MACHINE = "machine", _("translated by a machine")
        HUMAN = "human", _("translated by a person")
        REVIEWED = "reviewed", _("reviewed")

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    thing = GenericForeignKey("content_type", "object_id")
    field = models.CharField(_("field"), max_length=40)
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    source_digest = models.CharField(max_length=64)
    edited_at = models.DateTimeField(_("edited"))

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "language"],
                name="one_text_a_language",
            )
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language})"
