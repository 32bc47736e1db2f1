"""Every read of the strategy that has a name."""

from vuoksi.strategy.queries.aims import (
    GoalView,
    RoadmapView,
    goal_by_slug,
    goal_view,
    goals_of,
    impact_maps,
    roadmap_by_slug,
    roadmap_view,
    roadmaps,
    roadmaps_at_a_glance,
    targets_of_goals,
)
from vuoksi.strategy.queries.maps import Step, impact_map_by_slug, steps_of
from vuoksi.strategy.queries.slugs import free_slug
from vuoksi.strategy.queries.story import (
    ChapterView,
    Feedback,
    ParagraphView,
    chapter_view,
    present_story,
    public_stories,
    read_story,
)
from vuoksi.strategy.queries.targets import (
    Count,
    TargetView,
    all_targets,
    engine_target,
    headline_targets,
    indicator_fault,
    tally,
    target_verdicts,
)
from vuoksi.strategy.queries.works import (
    action_by_slug,
    dated_actions,
    public_actions,
    updates,
)

__all__ = [
    "ChapterView",
    "Count",
    "Feedback",
    "GoalView",
    "ParagraphView",
    "RoadmapView",
    "Step",
    "TargetView",
    "action_by_slug",
    "all_targets",
    "chapter_view",
    "dated_actions",
    "engine_target",
    "free_slug",
    "goal_by_slug",
    "goal_view",
    "goals_of",
    "headline_targets",
    "impact_map_by_slug",
    "impact_maps",
    "indicator_fault",
    "present_story",
    "public_actions",
    "public_stories",
    "read_story",
    "roadmap_by_slug",
    "roadmap_view",
    "roadmaps",
    "roadmaps_at_a_glance",
    "steps_of",
    "tally",
    "target_verdicts",
    "targets_of_goals",
    "updates",
]
