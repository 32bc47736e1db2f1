from datetime import timedelta

import factory

from tests.factories.calls import NOW, CallFactory, EntryFactory
from tests.factories.people import UserFactory
from vuoksi.loop.juries.models import Criterion, Juror, Panel, Review

SCALE = "poor\nfair\ngood\nvery good\nexcellent"


class PanelFactory(factory.django.DjangoModelFactory):
    """A draft panel of experts that gives one place."""

    class Meta:
        model = Panel

    call = factory.SubFactory(CallFactory)
    language = "en"
    title = factory.Sequence(lambda n: f"Expert panel {n}")
    way = Panel.Way.SCORES
    places = 1
    reviews_wanted = 2
    due_at = NOW + timedelta(days=14)


class CriterionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Criterion

    panel = factory.SubFactory(PanelFactory)
    position = factory.Sequence(int)
    language = "en"
    label = factory.Sequence(lambda n: f"Use to residents {n}")
    weight = 1
    anchors = SCALE


class JurorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Juror

    panel = factory.SubFactory(PanelFactory)
    user = factory.SubFactory(UserFactory)


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Review

    juror = factory.SubFactory(JurorFactory)
    entry = factory.LazyAttribute(lambda row: EntryFactory(call=row.juror.panel.call))
    asked_at = NOW
