"""Actions, their updates and dates."""

from django.db.models import Max, QuerySet

from vuoksi.strategy.models import Action, ActionUpdate


def public_actions() -> QuerySet[Action]:
    """Every action with what its line in a list shows."""
    return (
        Action.objects.select_related("goal__roadmap", "owner")
        .annotate(updated_at=Max("updates__at"))
        .order_by("goal__roadmap__position", "goal__position", "code", "pk")
    )


def action_by_slug(slug: str) -> Action:
    """Raises Action.DoesNotExist."""
    return (
        Action.objects.select_related("goal__roadmap", "goal__chapter__story", "owner")
        .prefetch_related("partners")
        .get(slug=slug)
    )


def updates(action: Action | None = None) -> QuerySet[ActionUpdate]:
    """What was told of an action, or of all actions, newest first."""
    found = ActionUpdate.objects.select_related("author", "action__goal").order_by("-at", "-pk")
    return found if action is None else found.filter(action=action)


def dated_actions() -> QuerySet[Action]:
    """The actions that have a last day."""
    return (
        Action.objects.filter(ends_on__isnull=False)
        .select_related("goal")
        .order_by("ends_on", "pk")
    )
