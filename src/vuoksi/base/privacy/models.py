"""What people ask of their own data: a copy of all of it, or that it be forgotten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.base.runs.models import Run


class Export(models.Model):
    """One file with everything about a person, made by a run and kept for some days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    run = models.OneToOneField(Run, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    file = models.FileField(_("file"), upload_to="exports/", blank=True)
    size_bytes = models.PositiveBigIntegerField(_("size"), default=0)
    expires_at = models.DateTimeField(_("can be downloaded until"))

    class Meta:
        verbose_name = _("export of personal data")
        verbose_name_plural = _("exports of personal data")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"


class Erasure(models.Model):
    """A person wants to be forgotten. Until `due_at` they can think better of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    keep_texts = models.BooleanField(_("public texts stay, without a name"))
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("due"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(cancelled_at=None, done_at=None),
                name="one_waiting_erasure_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(cancelled_at=None) | models.Q(done_at=None),
                name="cancelled_erasure_is_not_done",
            ),
            models.CheckConstraint(
                condition=models.Q(due_at__gte=models.F("asked_at")), name="erasure_is_due_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"
