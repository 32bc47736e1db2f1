from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.plans.models import Experiment


class Batch(models.Model):
    """Measurements that came together: one file or one API call. The same content twice is the same batch."""

    class Origin(models.TextChoices):
        FILE = "file", _("file")
        API = "api", _("API")
        HAND = "hand", _("typed in")

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="batches")
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices)
    digest = models.CharField(max_length=64)
    # New rows: what stood here already when the batch came is not counted.
    count = models.PositiveIntegerField(_("number of measurements"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("batch of measurements")
        verbose_name_plural = _("batches of measurements")
        constraints = [
            models.UniqueConstraint(fields=["experiment", "digest"], name="one_batch_a_content")
        ]

    def __str__(self) -> str:
        return f"{self.experiment_id}: {self.count}"


class Measurement(models.Model):
    """One value of the experiment's measure, for one unit (a group, a site, a person under a code) in one arm."""

    class Arm(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")
        CONTROL = "control", _("comparison group")
        TREATMENT = "treatment", _("group with the pilot")

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="measurements")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="measurements")
    arm = models.CharField(_("arm"), max_length=10, choices=Arm.choices)
    # A code, never a name.
    unit_code = models.CharField(_("unit measured"), max_length=60)
    measured_on = models.DateField(_("measured"))
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        constraints = [
            models.UniqueConstraint(
                fields=["experiment", "arm", "unit_code", "measured_on"],
                name="one_value_a_unit_and_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(unit_code__contains="@") & ~models.Q(unit_code__contains=" "),
                name="unit_is_a_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.arm}: {self.value}"
