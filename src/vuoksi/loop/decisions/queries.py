from collections.abc import Iterable

from django.db.models import QuerySet

from vuoksi.base.people.rules import Person, is_city_staff
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Action


def public_decisions(user: Person | None = None) -> QuerySet[Decision]:
    """Published decisions, replaced ones too; city staff also see the drafts."""
    rows = Decision.objects.select_related("experiment", "organisation", "action")
    if user is not None and is_city_staff.test(user):
        return rows
    return rows.exclude(state=Decision.State.DRAFT)


def decision_in_force(experiment: Experiment) -> Decision | None:
    return experiment.decisions.filter(state=Decision.State.PUBLISHED).first()


def evidence_for(experiment: Experiment) -> QuerySet[Evidence]:
    return experiment.evidence.order_by("-published_at")


def decisions_on(experiments: Iterable[Experiment]) -> QuerySet[Decision]:
    """Public decisions on these experiments, newest first."""
    return (
        public_decisions().filter(experiment__in=list(experiments)).order_by("-decided_on", "-pk")
    )


def decisions_behind(action: Action) -> QuerySet[Decision]:
    """The decisions that opened or changed a strategy action."""
    return public_decisions().filter(action=action).order_by("-decided_on")
