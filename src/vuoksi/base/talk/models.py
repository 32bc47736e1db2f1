"""What people say and do about a thing: comment on it, support it, follow it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.base.texts.models import Moderated


class AboutThing(models.Model):
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    thing = GenericForeignKey("content_type", "object_id")

    class Meta:
        abstract = True


class Comment(Moderated, AboutThing):
    """Something a person says about a thing, or about one paragraph of it (`anchor`)."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    anchor = models.CharField(max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(_("written"))
    # The form's own key: sent twice, the comment stands once.
    key = models.UUIDField(unique=True)
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    # The answer of the one who owns the thing, shown as such.
    is_official = models.BooleanField(_("official answer"), default=False)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["content_type", "object_id", "written_at"]),
            models.Index(fields=["author", "written_at"]),
        ]
        constraints = [*Moderated.Meta.constraints]

    def __str__(self) -> str:
        return self.text[:60]


class Support(AboutThing):
    """One person stands behind one thing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="supports")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="one_support_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class Follow(AboutThing):
    """One person wants to hear what becomes of one thing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="one_follow_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
