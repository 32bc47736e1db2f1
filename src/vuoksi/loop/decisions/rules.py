from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.rules import (
    Person,
    is_city_staff,
    is_signed_in,
    is_steering,
    permission,
    predicate,
)
from vuoksi.loop.decisions.models import Decision


@predicate
def is_draft(user: Person, decision: Decision) -> bool:
    return decision.state == Decision.State.DRAFT


@predicate
def is_in_force(user: Person, decision: Decision) -> bool:
    return decision.state == Decision.State.PUBLISHED


@predicate
def is_public(user: Person, decision: Decision) -> bool:
    return decision.state != Decision.State.DRAFT


may_read_decision, check_read_decision = permission(
    "decisions.read_decision",
    is_public | is_city_staff,
    reason=_("This decision is not published yet."),
)
may_draft_decision, check_draft_decision = permission(
    "decisions.draft_decision", is_steering, reason=_("Only a coordinator can record a decision.")
)
may_edit_decision, check_edit_decision = permission(
    "decisions.edit_decision",
    is_steering & is_draft,
    reason=_("Only a coordinator can change a decision, and only before it is published."),
)
may_publish_decision, check_publish_decision = permission(
    "decisions.publish_decision",
    is_steering,
    reason=_("Only a coordinator can publish a decision."),
)
may_discuss, check_discuss = permission(
    "decisions.discuss",
    is_public,
    reason=_("A decision is discussed once it is published."),
)
may_comment, check_comment = permission(
    "decisions.comment",
    is_in_force & is_signed_in,
    reason=_("Sign in to comment on a decision; one that was replaced is no longer discussed."),
)
may_answer, check_answer = permission(
    "decisions.answer",
    is_in_force & is_steering,
    reason=_("Only a coordinator can answer for the city."),
)
may_follow_decision, check_follow_decision = permission(
    "decisions.follow_decision",
    is_steering,
    reason=_("Only a coordinator can record next steps and what a follow-up found."),
)
may_record_money, check_record_money = permission(
    "decisions.record_money",
    is_steering,
    reason=_("Only a coordinator can record money."),
)
may_read_plans, check_read_plans = permission(
    "decisions.read_plans",
    is_city_staff,
    reason=_("Only city staff can see what is still being planned."),
)
