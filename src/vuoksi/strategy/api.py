"""The strategy for programs: story, roadmaps, goals, targets with their verdicts, actions."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS
from vuoksi.base.lists.paging import paginated
from vuoksi.strategy import engine, queries
from vuoksi.strategy.models import Action, Goal, Roadmap, Story

router = Router(tags=["strategy"])


class ParagraphOut(Schema):
    anchor: str
    text: str


class ChapterOut(Schema):
    slug: str
    number: str
    language: str
    title: str
    paragraphs: list[ParagraphOut]
    source: str

    @staticmethod
    def resolve_paragraphs(chapter: Any) -> list[engine.Paragraph]:
        return list(engine.split(chapter.body))


class StoryOut(Schema):
    slug: str
    language: str
    title: str
    summary: str
    starts_on: date
    ends_on: date
    source: str


class StoryWhole(StoryOut):
    chapters: list[ChapterOut]

    @staticmethod
    def resolve_chapters(story: Any) -> list[Any]:
        return list(story.chapters.order_by("position"))


class RoadmapOut(Schema):
    slug: str
    language: str
    title: str
    summary: str
    owner: str | None = None
    due_on: date | None
    source: str
    goal_count: int
    action_count: int

    @staticmethod
    def resolve_owner(row: Any) -> str | None:
        return row.owner.name if row.owner else None


class GoalOut(Schema):
    slug: str
    roadmap: str | None = None
    chapter: str | None = None
    language: str
    title: str
    summary: str
    source: str

    @staticmethod
    def resolve_roadmap(row: Any) -> str | None:
        return row.roadmap.slug if row.roadmap else None

    @staticmethod
    def resolve_chapter(row: Any) -> str | None:
        return row.chapter.slug if row.chapter else None


class FigureOut(Schema):
    """The newest figure; the period is half-open."""

    start: date
    end: date
    value: float
    low: float | None
    high: float | None
    method: str
    kind: str
    source: str


class TargetOut(Schema):
    """A target in its indicator's unit. `verdict` is explained by `reason` (a code) and `why` (sentences)."""

    id: int
    goal: str
    indicator: str
    unit: str
    operator: str
    value: float | None
    due_on: date | None
    baseline_value: float | None
    baseline_on: date | None
    latest: FigureOut | None
    verdict: str
    reason: str
    certain: bool
    why: list[str]


class ActionOut(Schema):
    slug: str
    code: str
    goal: str
    language: str
    title: str
    summary: str
    owner: str | None = None
    responsible: str
    starts_on: date | None
    ends_on: date | None
    budget_eur: float | None
    expected_effect: str
    is_decided: bool
    state: str
    updated_at: datetime | None
    is_demo: bool
    source: str

    @staticmethod
    def resolve_goal(row: Any) -> str:
        return str(row.goal.slug)

    @staticmethod
    def resolve_owner(row: Any) -> str | None:
        return row.owner.name if row.owner else None


@router.get("/stories", response={200: list[StoryOut], **READ_REFUSALS}, auth=None)
@paginated
def stories(request: HttpRequest) -> QuerySet[Story]:
    """Every story, the newest term first."""
    return queries.public_stories()


@router.get("/stories/{slug}", response={200: StoryWhole, **READ_REFUSALS}, auth=None)
def story(request: HttpRequest, slug: str) -> Story:
    """One story with its chapters, as they were written."""
    return get_object_or_404(queries.public_stories(), slug=slug)


@router.get("/roadmaps", response={200: list[RoadmapOut], **READ_REFUSALS}, auth=None)
@paginated
def roadmaps(request: HttpRequest) -> QuerySet[Roadmap]:
    """Every roadmap."""
    return queries.roadmaps()


@router.get("/goals", response={200: list[GoalOut], **READ_REFUSALS}, auth=None)
@paginated
def goals(request: HttpRequest, roadmap: str = "") -> QuerySet[Goal]:
    """Every goal, or those of one roadmap."""
    return queries.public_goals(roadmap)


@router.get("/targets", response={200: list[TargetOut], **READ_REFUSALS}, auth=None)
@paginated
def targets(
    request: HttpRequest, goal: str = "", headline: bool | None = None
) -> list[dict[str, Any]]:
    """Targets with their verdicts as of today: all of them, those of one goal, or those of the first page."""
    rows = queries.all_targets()
    if goal:
        rows = rows.filter(goal__slug=goal)
    if headline is not None:
        rows = rows.filter(is_headline=headline)
    return [_target_out(view) for view in queries.target_verdicts(rows, timezone.localdate())]


@router.get("/actions", response={200: list[ActionOut], **READ_REFUSALS}, auth=None)
@paginated
def actions(request: HttpRequest, goal: str = "", state: str = "") -> QuerySet[Action]:
    """Every action, or those of one goal or in one state."""
    rows = queries.public_actions()
    if goal:
        rows = rows.filter(goal__slug=goal)
    return rows.filter(state=state) if state else rows


def _target_out(view: queries.TargetView) -> dict[str, Any]:
    target = view.target
    return {
        "id": target.pk,
        "goal": target.goal.slug,
        "indicator": view.indicator.key,
        "unit": view.indicator.unit,
        "operator": target.operator,
        "value": target.value,
        "due_on": target.due_on,
        "baseline_value": target.baseline_value,
        "baseline_on": target.baseline_on,
        "latest": view.latest,
        "verdict": view.verdict.state,
        "reason": view.verdict.reason,
        "certain": view.verdict.certain,
        "why": view.why,
    }
