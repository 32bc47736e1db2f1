"""Every write of the strategy."""

from vuoksi.strategy.actions.aims import (
    TargetRefused,
    create_goal,
    create_roadmap,
    edit_goal,
    edit_roadmap,
    edit_target,
    remove_target,
    set_target,
    tell_verdicts,
)
from vuoksi.strategy.actions.maps import (
    ArrowRefused,
    add_step,
    create_impact_map,
    edit_impact_map,
    edit_step,
    remove_step,
)
from vuoksi.strategy.actions.story import (
    add_chapter,
    answer_feedback,
    create_story,
    edit_chapter,
    give_feedback,
)
from vuoksi.strategy.actions.works import open_action, post_update, update_action

__all__ = [
    "ArrowRefused",
    "TargetRefused",
    "add_chapter",
    "add_step",
    "answer_feedback",
    "create_goal",
    "create_impact_map",
    "create_roadmap",
    "create_story",
    "edit_chapter",
    "edit_goal",
    "edit_impact_map",
    "edit_roadmap",
    "edit_step",
    "edit_target",
    "give_feedback",
    "open_action",
    "post_update",
    "remove_step",
    "remove_target",
    "set_target",
    "tell_verdicts",
    "update_action",
]
