"""Roadmaps and goals, with the verdicts on their targets."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count as Number
from django.db.models import F, QuerySet

from vuoksi.base.texts.queries import attach
from vuoksi.strategy.models import Action, Goal, ImpactMap, Roadmap
from vuoksi.strategy.queries.targets import (
    Count,
    Segment,
    TargetView,
    all_targets,
    bar,
    tally,
    target_verdicts,
)


@dataclass(frozen=True, slots=True)
class GoalView:
    """A goal with its judged targets and its actions."""

    goal: Goal
    targets: list[TargetView]
    actions: list[Action]


@dataclass(frozen=True, slots=True)
class RoadmapView:
    """A roadmap at a glance: its targets counted by verdict, its headline figures."""

    roadmap: Roadmap
    targets: list[TargetView]
    counts: list[Count]
    goal_count: int
    action_count: int

    @property
    def segments(self) -> list[Segment]:
        return bar(self.counts)

    @property
    def headlines(self) -> list[TargetView]:
        """The targets of the first page; without one, the first that has a verdict."""
        chosen = [view for view in self.targets if view.target.is_headline]
        return chosen or [view for view in self.targets if view.judged][:1]


def roadmaps() -> QuerySet[Roadmap]:
    return (
        Roadmap.objects.select_related("owner")
        .annotate(
            goal_count=Number("goals", distinct=True),
            action_count=Number("goals__actions", distinct=True),
        )
        .order_by("position", "slug")
    )


def roadmaps_at_a_glance(today: date) -> list[RoadmapView]:
    """Every roadmap with its verdicts; the number of queries does not grow with them."""
    rows = attach(roadmaps())
    by_roadmap: dict[int | None, list[TargetView]] = defaultdict(list)
    for view in target_verdicts(all_targets().filter(goal__roadmap__in=rows), today):
        by_roadmap[view.target.goal.roadmap_id].append(view)
    return [_roadmap_view(row, by_roadmap[row.pk]) for row in rows]


def roadmap_by_slug(slug: str) -> Roadmap:
    """Raises Roadmap.DoesNotExist."""
    return roadmaps().get(slug=slug)


def roadmap_view(roadmap: Roadmap, goals: Iterable[GoalView]) -> RoadmapView:
    """The roadmap with the targets of its goals, which were judged already."""
    return _roadmap_view(roadmap, [view for goal in goals for view in goal.targets])


def goals_of(goals: QuerySet[Goal], today: date) -> list[GoalView]:
    """Give goals with targets and actions; the number of queries does not grow with them."""
    rows = attach(goals.select_related("roadmap", "chapter__story").order_by("position", "pk"))
    targets: dict[int, list[TargetView]] = defaultdict(list)
    for view in target_verdicts(all_targets().filter(goal__in=rows), today):
        targets[view.target.goal_id].append(view)
    actions: dict[int, list[Action]] = defaultdict(list)
    for action in attach(_actions_below(rows)):
        actions[action.goal_id].append(action)
    return [GoalView(row, targets[row.pk], actions[row.pk]) for row in rows]


def public_goals(roadmap: str = "") -> QuerySet[Goal]:
    """Every goal, or those of the roadmap with this slug."""
    rows = Goal.objects.select_related("roadmap", "chapter").order_by(
        F("roadmap__position").asc(nulls_last=True), "position", "pk"
    )
    return rows.filter(roadmap__slug=roadmap) if roadmap else rows


def goal_by_slug(slug: str) -> Goal:
    """Raises Goal.DoesNotExist."""
    return Goal.objects.select_related("roadmap__owner", "chapter__story", "chapter__owner").get(
        slug=slug
    )


def goal_view(goal: Goal, today: date) -> GoalView:
    return goals_of(Goal.objects.filter(pk=goal.pk), today)[0]


def impact_maps(roadmap: Roadmap | None = None) -> QuerySet[ImpactMap]:
    found = ImpactMap.objects.select_related("roadmap").order_by(
        F("roadmap__position").asc(nulls_last=True), "slug"
    )
    return found if roadmap is None else found.filter(roadmap=roadmap)


def _actions_below(goals: list[Goal]) -> QuerySet[Action]:
    return (
        Action.objects.filter(goal__in=goals).select_related("owner", "goal").order_by("code", "pk")
    )


def _roadmap_view(roadmap: Roadmap, views: list[TargetView]) -> RoadmapView:
    return RoadmapView(
        roadmap,
        views,
        tally(views),
        getattr(roadmap, "goal_count", 0),
        getattr(roadmap, "action_count", 0),
    )
