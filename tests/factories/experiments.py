from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories.calls import EntryFactory, GoalFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import person_with
from tests.factories.places import PlaceFactory
from vuoksi.base.people.models import Role
from vuoksi.loop.experiments.analyses.models import Analysis, Evidence
from vuoksi.loop.experiments.measurements.actions import add_measurements
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.plans.models import Experiment

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
FROZEN = frozenset({"running", "ended", "decided"})


class ExperimentFactory(DjangoModelFactory):
    """A complete plan, not started unless `state` says so."""

    class Meta:
        model = Experiment
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"swimming-{n}")
    language = "en"
    title = factory.Sequence(lambda n: f"Videos at the pool {n}")
    summary = "Pupils watch a short video before they swim."
    hypothesis = "Lessons become more active."
    users = "Pupils"
    fit = "Lessons stay as they are."
    benefit = "More time to swim"
    goal = factory.SubFactory(GoalFactory)
    testbed = factory.SubFactory(PlaceFactory)
    owner = factory.SubFactory(OrganisationFactory)
    budget_eur = Decimal(12000)
    starts_on = date(2026, 4, 1)
    ends_on = date(2026, 12, 1)
    measure = "Active minutes in a lesson"
    unit = "minutes per lesson"
    better = "up"
    design = "before_after_paired"
    baseline = 19.1
    minimum_effect = 2.0
    rule = "Scale above two minutes."
    created_at = NOW - timedelta(days=40)
    created_by = factory.LazyFunction(lambda: person_with(Role.STAFF))
    frozen_at = factory.LazyAttribute(
        lambda row: NOW - timedelta(days=30) if row.state in FROZEN else None
    )
    frozen_digest = factory.LazyAttribute(lambda row: "a" * 64 if row.state in FROZEN else "")
    frozen_text = factory.LazyAttribute(lambda row: "{}" if row.state in FROZEN else "")
    ended_at = factory.LazyAttribute(
        lambda row: NOW - timedelta(days=1) if row.state in {"ended", "decided"} else None
    )
    state = "draft"

    @factory.post_generation
    def entries(self, create, extracted, **kwargs):
        if create:
            self.entries.set(extracted or [EntryFactory(state="accepted")])


class AnalysisFactory(DjangoModelFactory):
    class Meta:
        model = Analysis

    experiment = factory.SubFactory(ExperimentFactory, state="ended")
    problem = factory.LazyFunction(dict)
    result = factory.LazyFunction(dict)
    data_digest = factory.Sequence(lambda n: f"{n:064d}")
    engine_version = "test 1"
    at = NOW


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    experiment = factory.SubFactory(ExperimentFactory, state="ended")
    analysis = factory.SubFactory(AnalysisFactory, experiment=factory.SelfAttribute("..experiment"))
    finding = "none"
    language = "en"
    claim = factory.Sequence(lambda n: f"Nothing changed, {n} groups say")
    effect = 0.2
    low = -0.5
    high = 0.9
    unit = "minutes per lesson"
    published_at = NOW


def pairs(differences, *, before=10.0):
    """One unit a difference, measured before and after."""
    days = date(2026, 4, 2), date(2026, 5, 2)
    values = []
    for n, difference in enumerate(differences):
        start = before + n
        values.append(Value("before", f"group-{n}", days[0], start))
        values.append(Value("after", f"group-{n}", days[1], start + difference))
    return values


def measured(experiment, differences, *, at=NOW):
    """Send in pairs of measurements; give the batch."""
    by = person_with(Role.STAFF)
    return add_measurements(
        experiment=experiment, values=pairs(differences), origin="hand", by=by, at=at
    )
