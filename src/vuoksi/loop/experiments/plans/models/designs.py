"""What belongs to an experiment's plan and has rows of its own: measures, sample size, groups, deviations."""

from typing import ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.plans.models.experiments import Experiment


class OtherMeasure(models.Model):
    """A measure beside the main one. What it shows is corrected for the number of measures, and decides nothing."""

    experiment = models.ForeignKey(Experiment, models.CASCADE, related_name="other_measures")
    key = models.SlugField(_("name in files"), max_length=30)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("what is measured"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    better = models.CharField(
        _("better"), max_length=10, choices=Experiment.Better.choices, default="up"
    )

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    class Meta:
        verbose_name = _("further measure")
        verbose_name_plural = _("further measures")
        constraints = [
            models.UniqueConstraint(fields=["experiment", "key"], name="one_measure_a_key"),
            models.CheckConstraint(
                condition=models.Q(better__in=["up", "down"]), name="measure_has_a_direction"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SampleSize(models.Model):
    """How many are needed and what the planned number can find, as computed before the start."""

    experiment = models.OneToOneField(Experiment, models.CASCADE, related_name="sample_size")
    problem = models.JSONField(_("problem"), encoder=DjangoJSONEncoder)
    answer = models.JSONField(_("answer"), encoder=DjangoJSONEncoder)
    engine_version = models.CharField(_("engine version"), max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("computed"))

    class Meta:
        verbose_name = _("sample size")
        verbose_name_plural = _("sample sizes")

    def __str__(self) -> str:
        return f"{self.experiment_id}: {self.at:%Y-%m-%d}"


class Grouping(models.Model):
    """Who is in which group, or starts when: drawn by lot, matched, or listed. Every one that was made stays."""

    class Method(models.TextChoices):
        CHANCE = "chance", _("groups drawn by lot")
        ORDER = "order", _("order drawn by lot")
        MATCHING = "matching", _("matched")
        LISTED = "listed", _("as listed")

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="groupings")
    method = models.CharField(_("method"), max_length=10, choices=Method.choices)
    seed = models.BigIntegerField(_("seed"), null=True, blank=True)
    algorithm = models.CharField(_("algorithm"), max_length=120)
    # Canonical JSON of what went in and what came out; the digest is of this text.
    text = models.TextField()
    digest = models.CharField(max_length=64)
    balance = models.JSONField(_("balance"), null=True, blank=True, encoder=DjangoJSONEncoder)
    reason = models.TextField(_("why again"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("made"))
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("grouping")
        verbose_name_plural = _("groupings")
        constraints = [
            models.UniqueConstraint(
                fields=["experiment"],
                condition=models.Q(replaced_at=None),
                name="one_grouping_in_force",
            ),
            models.CheckConstraint(
                condition=~models.Q(method__in=["chance", "order"]) | ~models.Q(seed=None),
                name="draw_has_a_seed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.experiment_id} {self.method} {self.at:%Y-%m-%d}"


class ListedUnit(models.Model):
    """A unit of a grouping under its code: its group, stratum, cluster, pair, and the day it starts."""

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="units")
    code = models.CharField(_("unit"), max_length=60)
    arm = models.CharField(_("group"), max_length=10)
    stratum = models.CharField(_("stratum"), max_length=60, blank=True)
    cluster = models.CharField(_("site or cluster"), max_length=60, blank=True)
    pair = models.PositiveIntegerField(_("pair"), null=True, blank=True)
    step = models.PositiveSmallIntegerField(_("step"), null=True, blank=True)
    starts_on = models.DateField(_("first day with the trial"), null=True, blank=True)

    class Meta:
        verbose_name = _("listed unit")
        verbose_name_plural = _("listed units")
        constraints = [
            models.UniqueConstraint(fields=["grouping", "code"], name="one_place_a_unit"),
            models.CheckConstraint(
                condition=models.Q(arm__in=["control", "treatment"]), name="listed_unit_has_a_group"
            ),
            models.CheckConstraint(
                condition=~models.Q(code__contains="@") & ~models.Q(code__contains=" "),
                name="listed_unit_is_a_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.arm}"


class Deviation(models.Model):
    """Something that was done otherwise than planned, told beside the result. The fixed plan stays as it was."""

    class Kind(models.TextChoices):
        UNITS = "units", _("who was measured")
        MEASURE = "measure", _("what was measured, or how")
        GROUPS = "groups", _("who got the trial")
        TIME = "time", _("when")
        ANALYSIS = "analysis", _("how it was analysed")
        OTHER = "other", _("something else")

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="deviations")
    kind = models.CharField(_("what it concerns"), max_length=10, choices=Kind.choices)
    happened_on = models.DateField(_("day"))
    language = models.CharField(_("language"), max_length=8)
    what = models.TextField(_("what was done otherwise"))
    reason = models.TextField(_("why"))
    could_change = models.BooleanField(_("could change the answer"), default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("recorded"))
    is_demo = models.BooleanField(_("demo data"), default=False)

    TEXT_FIELDS: ClassVar[tuple[str, ...]] = ("what", "reason")

    class Meta:
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")

    def __str__(self) -> str:
        return self.what[:60]
