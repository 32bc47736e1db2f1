from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from tests.factories.indicators import IndicatorFactory
from vuoksi.strategy.models import (
    Action,
    ActionUpdate,
    Chapter,
    Goal,
    ImpactMap,
    ImpactNode,
    Roadmap,
    Story,
    Target,
)

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


class StoryFactory(DjangoModelFactory):
    class Meta:
        model = Story

    slug = factory.Sequence(lambda n: f"story-{n}")
    language = "en"
    title = factory.Sequence(lambda n: f"Story {n}")
    starts_on = date(2025, 8, 1)
    ends_on = date(2029, 7, 31)


class ChapterFactory(DjangoModelFactory):
    class Meta:
        model = Chapter

    story = factory.SubFactory(StoryFactory)
    slug = factory.Sequence(lambda n: f"chapter-{n}")
    position = factory.Sequence(lambda n: n)
    language = "en"
    title = factory.Sequence(lambda n: f"Chapter {n}")
    body = "Every child reads well.\n\nEvery library is open late."


class RoadmapFactory(DjangoModelFactory):
    class Meta:
        model = Roadmap

    slug = factory.Sequence(lambda n: f"roadmap-{n}")
    language = "en"
    title = factory.Sequence(lambda n: f"Roadmap {n}")
    position = factory.Sequence(lambda n: n)


class GoalFactory(DjangoModelFactory):
    class Meta:
        model = Goal

    slug = factory.Sequence(lambda n: f"goal-{n}")
    roadmap = factory.SubFactory(RoadmapFactory)
    language = "en"
    title = factory.Sequence(lambda n: f"Goal {n}")
    position = factory.Sequence(lambda n: n)


class TargetFactory(DjangoModelFactory):
    """At least 60 % by the end of 2030, from 40 % in 2020."""

    class Meta:
        model = Target

    goal = factory.SubFactory(GoalFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    operator = "at_least"
    value = 60.0
    due_on = date(2030, 12, 31)
    baseline_value = 40.0
    baseline_on = date(2020, 12, 31)


class ActionFactory(DjangoModelFactory):
    class Meta:
        model = Action

    slug = factory.Sequence(lambda n: f"action-{n}")
    goal = factory.SubFactory(GoalFactory)
    language = "en"
    title = factory.Sequence(lambda n: f"Action {n}")


class ActionUpdateFactory(DjangoModelFactory):
    class Meta:
        model = ActionUpdate

    action = factory.SubFactory(ActionFactory)
    language = "en"
    text = factory.Sequence(lambda n: f"Update {n}")
    state = "planned"
    at = AT


class ImpactMapFactory(DjangoModelFactory):
    class Meta:
        model = ImpactMap

    slug = factory.Sequence(lambda n: f"map-{n}")
    language = "en"
    title = factory.Sequence(lambda n: f"Map {n}")


class ImpactNodeFactory(DjangoModelFactory):
    class Meta:
        model = ImpactNode

    map = factory.SubFactory(ImpactMapFactory)
    slug = factory.Sequence(lambda n: f"step-{n}")
    stage = "lever"
    position = factory.Sequence(lambda n: n)
    language = "en"
    title = factory.Sequence(lambda n: f"Step {n}")
