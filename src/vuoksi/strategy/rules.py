"""Who may write the strategy. Reading it is open to everybody."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import (
    Person,
    is_city_staff,
    is_signed_in,
    is_steering,
    permission,
    predicate,
)


@predicate
def is_of_owner(user: Person, thing: Any) -> bool:
    """Whether the person is a member of the unit that owns the thing."""
    owner_id = getattr(thing, "owner_id", None)
    if owner_id is None or not user.is_authenticated:
        return False
    return user.memberships.filter(organisation_id=owner_id).exists()


owns_it = is_steering | (is_city_staff & is_of_owner)

may_write_story, check_write_story = permission(
    "strategy.write_story", is_steering, reason=_("Only a coordinator can start a story.")
)
may_edit_chapter, check_edit_chapter = permission(
    "strategy.edit_chapter",
    owns_it,
    reason=_("Only a coordinator or the unit that owns the chapter can edit it."),
)
may_give_feedback, check_give_feedback = permission(
    "strategy.give_feedback", is_signed_in, reason=_("Sign in to comment on a paragraph.")
)
may_answer_feedback, check_answer_feedback = permission(
    "strategy.answer_feedback",
    owns_it,
    reason=_("Only a coordinator or the unit that owns the chapter can answer."),
)
may_write_roadmap, check_write_roadmap = permission(
    "strategy.write_roadmap",
    is_steering,
    reason=_("Only a coordinator can write roadmaps, goals and targets."),
)
may_open_action, check_open_action = permission(
    "strategy.open_action", is_steering, reason=_("Only a coordinator can open an action.")
)
may_update_action, check_update_action = permission(
    "strategy.update_action",
    owns_it,
    reason=_("Only a coordinator or the unit that owns the action can change it."),
)
may_write_impact_map, check_write_impact_map = permission(
    "strategy.write_impact_map",
    is_city_staff,
    reason=_("Only city staff can draw impact maps."),
)
