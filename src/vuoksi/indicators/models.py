from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.lib.periods import Period


class Indicator(models.Model):
    """Something that the city measures. Synchronised from code, or created by staff."""

    class Better(models.TextChoices):
        UP = "up", _("more is better")
        DOWN = "down", _("less is better")
        NEITHER = "neither", _("neither is better")

    key = models.CharField(_("key"), max_length=80, unique=True)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    unit = models.CharField(_("unit"), max_length=40)
    better = models.CharField(_("better"), max_length=10, choices=Better.choices)
    interval = models.CharField(_("how often it is measured"), max_length=80, blank=True)
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name=_("responsible unit"),
    )
    # Who makes the figures, in the words of the source.
    data_owner = models.CharField(_("data owner"), max_length=160, blank=True)
    source = models.CharField(_("source"), max_length=600, blank=True)
    # Measured by a system of this platform: its words and unit come from the code.
    is_from_code = models.BooleanField(_("measured by this platform"), default=False)
    is_demo = models.BooleanField(_("demo data"), default=False)
    version = models.PositiveIntegerField(default=1)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title", "description")

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicator", args=[self.key])


class Observation(models.Model):
    """One figure of an indicator for one period, by one method. A correction is a new row that supersedes."""

    class Kind(models.TextChoices):
        MEASURED = "measured", _("published")
        PRELIMINARY = "preliminary", _("preliminary")
        DERIVED = "derived", _("derived from published figures")
        FORECAST = "forecast", _("forecast")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations")
    # The period is half-open: [start, end).
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    value = models.FloatField(_("value"))
    low = models.FloatField(_("low"), null=True, blank=True)
    high = models.FloatField(_("high"), null=True, blank=True)
    method = models.CharField(_("method"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.MEASURED)
    source = models.CharField(_("source"), max_length=600)
    note = models.CharField(_("note"), max_length=400, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"))
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    is_current = models.BooleanField(_("current"), default=True)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "start", "end", "method"],
                condition=models.Q(is_current=True),
                name="one_current_figure",
            ),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="period_has_length"
            ),
            models.CheckConstraint(
                condition=models.Q(low=None) | models.Q(low__lte=models.F("value")),
                name="low_is_low",
            ),
            models.CheckConstraint(
                condition=models.Q(high=None) | models.Q(high__gte=models.F("value")),
                name="high_is_high",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "is_current", "end"])]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.start}: {self.value}"

    @property
    def period_label(self) -> str:
        """The period as it is written: 2024, 2024-Q1, 2024-05, or two dates."""
        return Period(self.start, self.end).label
