"""What the city, or each city of a joint call, says to an entry."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.loop.calls.models.entries import Entry


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


class Share(models.Model):
    """What one city of a joint call decides on an entry for its own part; a later decision replaces it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="shares")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="shares")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Answer.Outcome.choices)
    amount_eur = models.PositiveIntegerField(
        _("own share, €"), default=0, validators=[MaxValueValidator(100_000_000)]
    )
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("reasons"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("decided"))

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        verbose_name = _("share of a city")
        verbose_name_plural = _("shares of cities")
        constraints = [
            models.UniqueConstraint(fields=["entry", "organisation"], name="one_share_a_city"),
            models.CheckConstraint(
                condition=models.Q(outcome="accepted") | models.Q(amount_eur=0),
                name="refused_share_has_no_money",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.organisation_id}"
