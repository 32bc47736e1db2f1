from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from vuoksi.indicators.models import Indicator, Observation


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    key = factory.Sequence(lambda n: f"test.indicator_{n}")
    language = "en"
    title = factory.Sequence(lambda n: f"Indicator {n}")
    unit = "percent"
    better = Indicator.Better.UP


class ObservationFactory(DjangoModelFactory):
    """The figure of a year; give `year` or start and end."""

    class Meta:
        model = Observation

    class Params:
        year = 2024

    indicator = factory.SubFactory(IndicatorFactory)
    start = factory.LazyAttribute(lambda o: date(o.year, 1, 1))
    end = factory.LazyAttribute(lambda o: date(o.year + 1, 1, 1))
    value = 50.0
    method = "survey"
    source = "City of Espoo"
    published_at = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
