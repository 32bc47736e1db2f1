from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories.experiments import NOW, ExperimentFactory
from vuoksi.loop.decisions.models import Decision


class DecisionFactory(DjangoModelFactory):
    """A draft of a decision to stop, on an experiment that has ended."""

    class Meta:
        model = Decision

    experiment = factory.SubFactory(ExperimentFactory, state="ended")
    slug = factory.Sequence(lambda n: f"decision-{n}")
    kind = "stop"
    language = "en"
    title = factory.Sequence(lambda n: f"The videos end {n}")
    reasons = "They changed nothing."
    decided_by = "Director of Sports"
    decided_on = date(2026, 5, 1)
    state = "draft"
    published_at = factory.LazyAttribute(lambda row: None if row.state == "draft" else NOW)
