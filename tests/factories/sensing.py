"""Sensors of an experiment, and what they observe."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.experiments import NOW, ExperimentFactory
from vuoksi.loop.experiments.measurements.models import (
    Datastream,
    ObservedProperty,
    Sensor,
    Thing,
)


class SensedFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    experiment = factory.SubFactory(ExperimentFactory, state="running")
    name = factory.Sequence(lambda n: f"Pole {n}")
    at = NOW


class ThingFactory(SensedFactory):
    class Meta:
        model = Thing


class SensorFactory(SensedFactory):
    class Meta:
        model = Sensor

    encoding_type = "application/pdf"
    metadata = "https://example.org/sensor.pdf"


class ObservedPropertyFactory(SensedFactory):
    class Meta:
        model = ObservedProperty

    definition = "https://example.org/temperature"


class DatastreamFactory(SensedFactory):
    class Meta:
        model = Datastream

    thing = factory.SubFactory(ThingFactory, experiment=factory.SelfAttribute("..experiment"))
    sensor = factory.SubFactory(SensorFactory, experiment=factory.SelfAttribute("..experiment"))
    observed_property = factory.SubFactory(
        ObservedPropertyFactory, experiment=factory.SelfAttribute("..experiment")
    )
    observation_type = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
    unit_of_measurement = factory.LazyFunction(
        lambda: {"name": "C", "symbol": "C", "definition": "x"}
    )
