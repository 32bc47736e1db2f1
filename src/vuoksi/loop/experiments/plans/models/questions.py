from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.strategy.models import Goal


class Question(models.Model):
    """What several experiments try to find out. All of them count, also those that showed nothing."""

    class Scale(models.TextChoices):
        UNIT = "unit", _("in the unit of the measure, the same in all experiments")
        STANDARDISED = "standardised", _("in standard deviations, where the measures differ")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("question"), max_length=200)
    summary = models.TextField(_("in short"), blank=True)
    scale = models.CharField(
        _("how effects are compared"), max_length=12, choices=Scale.choices, default=Scale.UNIT
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    goal = models.ForeignKey(
        Goal,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("goal it serves"),
    )
    created_at = models.DateTimeField(_("created"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary")

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scale="standardised", unit="")
                | (models.Q(scale="unit") & ~models.Q(unit="")),
                name="question_has_a_scale",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("experiments:question", args=[self.slug])
