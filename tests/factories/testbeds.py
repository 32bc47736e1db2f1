from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from tests.factories.experiments import ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.places import PlaceFactory
from vuoksi.loop.experiments.testbeds.engine import NEWEST, slots_between
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    AgreementTemplate,
    BookedSlot,
    Booking,
    FilledChecklist,
    Offering,
    Party,
    Testbed,
)
from vuoksi.loop.experiments.testbeds.queries import rhythm_of

# A Monday in Helsinki, at noon by the clock there.
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class TestbedFactory(DjangoModelFactory):
    __test__ = False

    class Meta:
        model = Testbed

    place = factory.SubFactory(PlaceFactory, kind="testbed")
    owner = factory.SubFactory(OrganisationFactory)
    language = "en"
    title = factory.Sequence(lambda n: f"Testbed {n}")
    summary = "Poles and rooms."
    contact = "testbeds@city.example"
    needs_checklist = False
    state = "published"


class OfferingFactory(DjangoModelFactory):
    """Three poles by the day, from Monday to Friday."""

    class Meta:
        model = Offering

    testbed = factory.SubFactory(TestbedFactory)
    kind = "poles"
    language = "en"
    title = factory.Sequence(lambda n: f"Smart poles {n}")
    units = 3
    slot = "day"
    weekdays = "12345"


class BookingFactory(DjangoModelFactory):
    """Units of one slot: on the first opening day after `NOW`, or `days` later. A booking in force has its slots."""

    class Meta:
        model = Booking
        skip_postgeneration_save = True

    class Params:
        days = 1
        slot = factory.LazyAttribute(
            lambda row: slots_between(
                rhythm_of(row.offering),
                (NOW + timedelta(days=row.days)).date(),
                (NOW + timedelta(days=row.days + 7)).date(),
            )[0]
        )

    offering = factory.SubFactory(OfferingFactory)
    experiment = factory.SubFactory(ExperimentFactory)
    organisation = factory.SelfAttribute("experiment.owner")
    starts_at = factory.SelfAttribute("slot.start")
    ends_at = factory.SelfAttribute("slot.end")
    units = 1
    state = "requested"
    purpose = "Secret lamps"
    requested_at = NOW
    reason = factory.LazyAttribute(
        lambda row: "Too late" if row.state in {"refused", "cancelled"} else ""
    )

    @factory.post_generation
    def numbers(self, create, extracted, **kwargs):
        if create and self.state in {"requested", "approved"}:
            for number in extracted or range(1, self.units + 1):
                BookedSlot.objects.create(
                    booking=self,
                    offering=self.offering,
                    unit_number=number,
                    slot_start=self.starts_at,
                    slot_end=self.ends_at,
                )


class TemplateFactory(DjangoModelFactory):
    class Meta:
        model = AgreementTemplate

    key = factory.Sequence(lambda n: f"template-{n}")
    number = 1
    language = "en"
    title = "Agreement on an experiment"
    text = "[partner] and [city] agree on [experiment].\n\nInsurance: [insurance]"
    created_at = NOW


class AgreementFactory(DjangoModelFactory):
    """A draft; with another state the text is fixed and the unit in charge and the partner are its parties."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    experiment = factory.SubFactory(ExperimentFactory)
    partner = factory.SubFactory(OrganisationFactory, kind="company")
    template = factory.SubFactory(TemplateFactory)
    created_at = NOW
    text = factory.LazyAttribute(lambda row: "" if row.state == "draft" else "The text.")
    digest = factory.LazyAttribute(lambda row: "" if row.state == "draft" else "a" * 64)
    sent_at = factory.LazyAttribute(lambda row: None if row.state == "draft" else NOW)
    state = "draft"

    @factory.post_generation
    def parties(self, create, extracted, **kwargs):
        self.experiment.partners.add(self.partner)
        for one in (self.experiment.owner, self.partner) if self.state != "draft" else ():
            Party.objects.create(agreement=self, organisation=one)


class ChecklistFactory(DjangoModelFactory):
    class Meta:
        model = FilledChecklist

    experiment = factory.SubFactory(ExperimentFactory)
    questions = NEWEST
    filled_at = NOW
    signed_at = factory.LazyAttribute(lambda row: NOW if row.state == "signed" else None)
    signed_digest = factory.LazyAttribute(lambda row: "a" * 64 if row.state == "signed" else "")
    signer_role = factory.LazyAttribute(lambda row: "head" if row.state == "signed" else "")
    state = "open"
