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
        SURVEY = "survey", _("surveys")

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
    # The key of a further measure of the plan; empty for the main one.
    measure = models.CharField(_("measure"), max_length=30, blank=True, default="")
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
                fields=["experiment", "measure", "arm", "unit_code", "measured_on"],
                name="one_value_a_measure_unit_and_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(unit_code__contains="@") & ~models.Q(unit_code__contains=" "),
                name="unit_is_a_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_code} {self.arm}: {self.value}"


class Sensed(models.Model):
    """What every entity of the SensorThings API has: a name, words, and the experiment it belongs to."""

    experiment = models.ForeignKey(Experiment, models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    # JSON as the client sent it.
    properties = models.JSONField(_("properties"), default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("connected"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class Location(Sensed):
    """Where a thing is, as GeoJSON or in another encoding that is named."""

    encoding_type = models.CharField(max_length=100)
    location = models.JSONField()

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")


class Thing(Sensed):
    """What carries sensors: a smart pole, a swimming hall."""

    locations = models.ManyToManyField(Location, blank=True, related_name="things")

    class Meta:
        verbose_name = _("thing")
        verbose_name_plural = _("things")


class Sensor(Sensed):
    """The instrument or the method by which something is observed."""

    encoding_type = models.CharField(max_length=100)
    metadata = models.JSONField()

    class Meta:
        verbose_name = _("sensor")
        verbose_name_plural = _("sensors")


class ObservedProperty(Sensed):
    """What is observed, such as the temperature of air."""

    definition = models.CharField(max_length=500)

    class Meta:
        verbose_name = _("observed property")
        verbose_name_plural = _("observed properties")


class FeatureOfInterest(Sensed):
    """What the observations are about; made from the thing's location when a client names none."""

    encoding_type = models.CharField(max_length=100)
    feature = models.JSONField()
    location = models.OneToOneField(
        Location, models.PROTECT, null=True, blank=True, related_name="feature"
    )

    class Meta:
        verbose_name = _("feature of interest")
        verbose_name_plural = _("features of interest")


class Datastream(Sensed):
    """Observations of one property by one sensor of one thing.

    With an arm and a unit it feeds the experiment's measure: the mean of each day is a value of that unit. Without
    them it is kept and shown, and no analysis looks at it.
    """

    thing = models.ForeignKey(Thing, models.PROTECT, related_name="datastreams")
    sensor = models.ForeignKey(Sensor, models.PROTECT, related_name="datastreams")
    observed_property = models.ForeignKey(
        ObservedProperty, models.PROTECT, related_name="datastreams"
    )
    observation_type = models.CharField(max_length=200)
    unit_of_measurement = models.JSONField()
    observed_area = models.JSONField(null=True, blank=True)
    arm = models.CharField(_("arm"), max_length=10, choices=Measurement.Arm.choices, blank=True)
    unit_code = models.CharField(_("unit measured"), max_length=60, blank=True)
    # Whom it measured has withdrawn: nothing more is taken in.
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("datastream")
        verbose_name_plural = _("datastreams")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(arm="", unit_code="")
                | (~models.Q(arm="") & ~models.Q(unit_code="")),
                name="datastream_feeds_a_unit_of_an_arm",
            ),
            models.CheckConstraint(
                condition=~models.Q(unit_code__contains="@") & ~models.Q(unit_code__contains=" "),
                name="unit_of_datastream_is_a_code",
            ),
            models.UniqueConstraint(
                fields=["experiment", "arm", "unit_code"],
                condition=~models.Q(arm=""),
                name="one_datastream_a_unit_and_arm",
            ),
        ]
