"""A city that has one of everything, or three, so that every list can be seen at both lengths."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

from tests.factories.calls import NOW, AnswerFactory, CallFactory, EntryFactory
from tests.factories.decisions import FollowUpFactory, MoneyFactory, NextStepFactory
from tests.factories.experiments import (
    AnalysisFactory,
    EvidenceFactory,
    ExperimentFactory,
    measured,
)
from tests.factories.indicators import IndicatorFactory, ObservationFactory
from tests.factories.moderation import CaseFactory, DecidedCaseFactory, ReportFactory
from tests.factories.notices import NoticeFactory
from tests.factories.organisations import MembershipFactory, OrganisationFactory
from tests.factories.panels import CriterionFactory, JurorFactory, PanelFactory, ReviewFactory
from tests.factories.participants import RecruitmentFactory, joined
from tests.factories.places import PlaceFactory
from tests.factories.strategy import (
    ActionFactory,
    ActionUpdateFactory,
    ChapterFactory,
    GoalFactory,
    ImpactMapFactory,
    RoadmapFactory,
    StoryFactory,
    TargetFactory,
)
from tests.factories.talk import CommentFactory, FollowFactory, SupportFactory
from tests.factories.testbeds import (
    AgreementFactory,
    BookingFactory,
    OfferingFactory,
    TemplateFactory,
    TestbedFactory,
)
from vuoksi.base.people.models import ApiToken
from vuoksi.base.runs.models import Run
from vuoksi.loop.experiments.analyses.models import Look
from vuoksi.loop.experiments.plans.models import Deviation, Grouping, ListedUnit, Question


def grow(number, me):
    """Give the addresses of the first thing of each kind; of everything, and of what is in the first, there are `number`.

    What belongs to somebody belongs to `me`.
    """
    unit = OrganisationFactory()
    MembershipFactory(user=me, organisation=unit)
    city = SimpleNamespace(unit=unit.slug)
    times = range(number)
    goals = _strategy(city, times)
    entries = _calls(city, times, unit, me, goals)
    experiments = _experiments(city, times, unit, goals, entries)
    _of_one_experiment(times, experiments[0])
    _testbeds(city, times, unit, experiments[0], me)
    _people_and_talk(times, entries, me)
    return city


def _strategy(city, times):
    roadmap = RoadmapFactory()
    goals = [GoalFactory(roadmap=roadmap) for _ in times]
    indicators = IndicatorFactory.create_batch(len(times))
    for n, (goal, indicator) in enumerate(zip(goals, indicators, strict=True)):
        ObservationFactory(indicator=indicators[0], year=2000 + n)
        ObservationFactory(indicator=indicator, year=2020)
        TargetFactory(goal=goals[0], indicator=indicator)
        TargetFactory(goal=goal, indicator=indicators[0], due_on=date(2031, 12, 31))
        ActionUpdateFactory(action=ActionFactory(goal=goal))
        ImpactMapFactory()
        chapter = ChapterFactory(story=StoryFactory())
        CommentFactory(thing=chapter)
        if n:
            RoadmapFactory()
    city.goal, city.roadmap, city.indicator = goals[0].slug, roadmap.slug, indicators[0].key
    return goals


def _calls(city, times, unit, me, goals):
    joint = CallFactory(kind="joint", owner=unit, goal=goals[0])
    joint.partners.set([OrganisationFactory(kind="partner_city")])
    call = CallFactory(owner=unit, goal=goals[0])
    entries = [EntryFactory(call=call, author=me, state="accepted") for _ in times]
    for n in times:
        AnswerFactory(entry=entries[n], outcome="accepted", by=me)
        EntryFactory(call=call)
        EntryFactory(call=joint)
        if n > 1:
            CallFactory(owner=unit, goal=goals[n])
        PanelFactory(call=call, state="concluded", concluded_at=NOW)
        panel = PanelFactory(call=call, state="open")
        CriterionFactory(panel=panel)
        ReviewFactory(juror=JurorFactory(panel=panel, user=me), entry=entries[0])
        SupportFactory(thing=entries[n])
    city.call, city.joint, city.entry = call.slug, joint.slug, entries[0].pk
    return entries


def _experiments(city, times, unit, goals, entries):
    experiments, recruitments = [], []
    for n in times:
        question = Question.objects.create(
            slug=f"question-{Question.objects.count()}",
            language="en",
            title="Does it?",
            unit="minutes",
            created_at=NOW,
        )
        row = ExperimentFactory(
            state="decided", goal=goals[n], owner=unit, entries=[entries[n]], question=question
        )
        experiments.append(row)
        FollowUpFactory(decision=NextStepFactory(decision__experiment=row).decision)
        EvidenceFactory(experiment=row)
        MoneyFactory(experiment=row)
        running = ExperimentFactory(
            state="running", goal=goals[n], owner=unit, entries=[EntryFactory()]
        )
        recruitments.append(RecruitmentFactory(experiment=running))
        joined(recruitments[0])
    first = recruitments[0].experiment
    measured(first, [1.0] * len(times))
    city.running = first.slug
    city.experiment, city.question = experiments[0].slug, experiments[0].question.slug
    return experiments


def _of_one_experiment(times, row):
    grouping = Grouping.objects.create(
        experiment=row, method="listed", text="{}", digest="d", at=NOW
    )
    for n in times:
        ListedUnit.objects.create(grouping=grouping, code=f"unit-{n}", arm="control")
        AnalysisFactory(experiment=row)
        Look.objects.create(
            experiment=row, problem={}, result={}, data_digest=f"{n}", engine_version="1", at=NOW
        )
        Deviation.objects.create(
            experiment=row,
            kind="time",
            happened_on=date(2026, 4, 2),
            language="en",
            what="A day late",
            reason="Ice",
            at=NOW,
        )
        AgreementFactory(experiment=row, template=TemplateFactory())


def _testbeds(city, times, unit, experiment, me):
    testbed = TestbedFactory(owner=unit)
    for n in times:
        offering = OfferingFactory(testbed=testbed)
        BookingFactory(offering=offering, experiment=experiment, requested_by=me, days=n + 1)
        if n:
            TestbedFactory(owner=unit)
        city.offering = getattr(city, "offering", offering.pk)
    city.testbed = testbed.place.slug


def _people_and_talk(times, entries, me):
    for n in times:
        PlaceFactory()
        comment = CommentFactory(thing=entries[0], author=me)
        ReportFactory(case=CaseFactory(thing=comment))
        DecidedCaseFactory(thing=CommentFactory(thing=entries[n]), decision__by=me)
        NoticeFactory(user=me, thing=entries[n])
        NoticeFactory(thing=entries[0])
        FollowFactory(user=me, thing=entries[n])
        ApiToken.objects.create(
            user=me,
            name=f"counter {n}",
            digest=uuid4().hex,
            scopes=["read"],
            created_at=NOW,
            expires_at=NOW + timedelta(days=30),
        )
        Run.objects.create(
            kind="test.count",
            owner=me,
            problem={},
            engine_version="1",
            created_at=NOW - timedelta(days=n),
        )
