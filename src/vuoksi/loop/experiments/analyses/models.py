from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.plans.models import Experiment, Question


class Analysis(models.Model):
    """One computation of an experiment's effect: the data's digest, the engine's version, the result."""

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="analyses")
    problem = models.JSONField(_("problem"), encoder=DjangoJSONEncoder)
    result = models.JSONField(_("result"), encoder=DjangoJSONEncoder)
    # What pages show besides: sentences, figures to draw, other measures, balance. No page computes anything.
    more = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    data_digest = models.CharField(max_length=64)
    data_stamp = models.CharField(max_length=80, blank=True)
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


class Look(models.Model):
    """A look on the way: the interval that stays true however often one looks, and nothing else."""

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="looks")
    problem = models.JSONField(_("problem"), encoder=DjangoJSONEncoder)
    result = models.JSONField(_("result"), encoder=DjangoJSONEncoder)
    data_digest = models.CharField(max_length=64)
    engine_version = models.CharField(_("engine version"), max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("look on the way")
        verbose_name_plural = _("looks on the way")
        constraints = [
            models.UniqueConstraint(
                fields=["experiment", "data_digest", "engine_version"],
                name="one_look_at_the_same_data",
            )
        ]

    def __str__(self) -> str:
        return f"{self.experiment_id} {self.at:%Y-%m-%d}"


class Synthesis(models.Model):
    """What all evidence on one question says together, as last computed."""

    question = models.OneToOneField(Question, models.CASCADE, related_name="synthesis")
    problem = models.JSONField(_("problem"), encoder=DjangoJSONEncoder)
    result = models.JSONField(_("result"), encoder=DjangoJSONEncoder)
    # Evidence that could not be combined, with the code of why.
    apart = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)
    engine_version = models.CharField(_("engine version"), max_length=40)
    at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("synthesis")
        verbose_name_plural = _("syntheses")

    def __str__(self) -> str:
        return f"{self.question_id} {self.at:%Y-%m-%d}"


class Evidence(models.Model):
    """What an experiment showed, published. Null and bad results are evidence too."""

    class Finding(models.TextChoices):
        BETTER = "better", _("it helped")
        WORSE = "worse", _("it did harm")
        NONE = "none", _("no clear effect")

    ADDRESS_OF = ("experiment",)

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
    # The grade, 1 to 5 (docs/explanation/designs.md), what it was made from, and every reason. None before grades.
    level = models.PositiveSmallIntegerField(_("grade"), null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    reasons = models.JSONField(default=list, blank=True, encoder=DjangoJSONEncoder)
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
                condition=models.Q(level=None) | models.Q(level__range=(1, 5)),
                name="grade_from_one_to_five",
            ),
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
