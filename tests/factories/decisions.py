from datetime import date

import factory
from factory.django import DjangoModelFactory

from tests.factories.experiments import NOW, ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from vuoksi.loop.decisions.models import Decision, FollowUp, Money, NextStep


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


class FollowUpFactory(DjangoModelFactory):
    """A decision that was found in use; the decision itself is told too."""

    class Meta:
        model = FollowUp
        skip_postgeneration_save = True

    decision = factory.SubFactory(
        DecisionFactory,
        state="published",
        kind="scale",
        experiment=factory.SubFactory(ExperimentFactory, state="decided"),
    )
    found_on = date(2026, 5, 3)
    use = "in_use"
    language = "en"
    text = "Seen in every hall."
    source = "A visit"
    recorded_at = NOW

    @factory.post_generation
    def told(self, create, extracted, **kwargs):
        self.decision.use, self.decision.use_on = self.use, self.found_on
        self.decision.save()


class NextStepFactory(DjangoModelFactory):
    class Meta:
        model = NextStep

    decision = factory.SubFactory(
        DecisionFactory,
        state="published",
        kind="procure",
        experiment=factory.SubFactory(ExperimentFactory, state="decided"),
    )
    language = "en"
    title = factory.Sequence(lambda n: f"The tender is published {n}")
    due_on = date(2026, 5, 1)
    owner = factory.SubFactory(OrganisationFactory)


class MoneyFactory(DjangoModelFactory):
    class Meta:
        model = Money

    experiment = factory.SubFactory(ExperimentFactory, state="running")
    kind = "granted"
    amount_eur = 1000
    dated_on = date(2026, 4, 1)
    source = "Decision of the director"
    recorded_at = NOW
