"""The pages of the strategy."""

from vuoksi.strategy.views.aims import (
    create_goal,
    create_roadmap,
    edit_goal,
    edit_roadmap,
    edit_target,
    goal,
    overview,
    remove_target,
    roadmap,
    set_target,
)
from vuoksi.strategy.views.maps import (
    add_step,
    create_impact_map,
    edit_impact_map,
    edit_step,
    impact_map,
    remove_step,
)
from vuoksi.strategy.views.story import edit_chapter, feedback, story
from vuoksi.strategy.views.works import (
    action,
    actions_list,
    edit_action,
    open_action,
    post_update,
)

__all__ = [
    "action",
    "actions_list",
    "add_step",
    "create_goal",
    "create_impact_map",
    "create_roadmap",
    "edit_action",
    "edit_chapter",
    "edit_goal",
    "edit_impact_map",
    "edit_roadmap",
    "edit_step",
    "edit_target",
    "feedback",
    "goal",
    "impact_map",
    "open_action",
    "overview",
    "post_update",
    "remove_step",
    "remove_target",
    "roadmap",
    "set_target",
    "story",
]
