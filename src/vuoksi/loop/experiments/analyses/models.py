from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.plans.models import Experiment


class Analysis(models.Model):
    """One computation of an experiment's effect: the data's digest, the engine's version, the result."""

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="analyses")
    problem = models.JSONField(_("problem"), encoder=DjangoJSONEncoder)
    result = models.JSONField(_("result"), encoder=DjangoJSONEncoder)
    data_digest = models.CharField(max_length=64)
    engine_version = models.CharField(_("engine version"), max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        constraints = [
            models.UniqueConstraint(
                fields=["experiment", "data_digest", "engine_version"],
                name="one_analysis_of_the_same_data",
            )
        ]

    def __str__(self) -> str:
        return f"{self.experiment_id} {self.at:%Y-%m-%d}"


class Evidence(models.Model):
    """What an experiment showed, published. Null and bad results are evidence too."""

    class Finding(models.TextChoices):
        BETTER = "better", _("it helped")
        WORSE = "worse", _("it did harm")
        NONE = "none", _("no clear effect")

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="evidence")
    analysis = models.ForeignKey(Analysis, models.PROTECT, related_name="evidence")
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices)
    language = models.CharField(_("language"), max_length=8)
    claim = models.TextField(_("what it shows"))
    limits = models.TextField(_("what it cannot show"), blank=True)
    effect = models.FloatField(_("effect"))
    low = models.FloatField(_("low"))
    high = models.FloatField(_("high"))
    unit = models.CharField(_("unit"), max_length=40)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"))
    is_demo = models.BooleanField(_("demo data"), default=False)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("claim", "limits")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(fields=["analysis"], name="one_evidence_an_analysis"),
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("effect"), high__gte=models.F("effect")),
                name="effect_in_its_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.claim[:60]

    def get_absolute_url(self) -> str:
        return (
            f"{reverse('experiments:experiment', args=[self.experiment.slug])}#evidence-{self.pk}"
        )
