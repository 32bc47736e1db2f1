from collections.abc import Iterable
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet

from vuoksi.base.people.models import User
from vuoksi.base.people.queries import people_who_steer
from vuoksi.base.people.rules import Person, is_city_staff
from vuoksi.loop.decisions.models import Decision, FollowUp, Money, NextStep
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Action


def public_decisions(user: Person | None = None) -> QuerySet[Decision]:
    """Published decisions, replaced ones too; city staff also see the drafts."""
    rows = Decision.objects.select_related("experiment", "organisation", "action").defer(
        "experiment__frozen_text"
    )
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


def decision_page(slug: str) -> Decision | None:
    """One decision, a draft too, with what its page shows."""
    return whole_decisions(Decision.objects.all()).filter(slug=slug).first()


def whole_decisions(rows: QuerySet[Decision]) -> QuerySet[Decision]:
    """Decisions with the people, steps and follow-ups that belong to them."""
    steps = NextStep.objects.select_related("owner").order_by("due_on", "pk")
    return rows.select_related("experiment__goal", "organisation", "action").prefetch_related(
        "deciders",
        "dissents",
        Prefetch("steps", steps),
        Prefetch("follow_ups", FollowUp.objects.order_by("-found_on", "-pk")),
    )


def history_of(decision: Decision) -> list[Decision]:
    """All published decisions on the same experiment, the oldest first."""
    return list(
        Decision.objects.filter(experiment=decision.experiment_id)
        .exclude(state=Decision.State.DRAFT)
        .order_by("published_at", "pk")
    )


def rule_outcome_of(experiment: Experiment) -> str:
    """What the rule of the frozen plan says about the newest evidence; empty where there is none to ask about."""
    newest = experiment.evidence.select_related("analysis").order_by("-published_at", "-pk").first()
    said = str(newest.analysis.result.get("rule_outcome", "")) if newest is not None else ""
    return said if said in Decision.Outcome.values else ""


def newest_follow_up(decision: Decision) -> FollowUp | None:
    return decision.follow_ups.order_by("-found_on", "-pk").first()


def follow_ups_due(today: date) -> QuerySet[Decision]:
    """Decisions in force whose follow-up is due and of which nobody was reminded yet."""
    return Decision.objects.filter(
        ~Q(reminded_of=F("follow_up_on")) | Q(reminded_of=None),
        state=Decision.State.PUBLISHED,
        follow_up_on__lte=today,
    ).order_by("pk")


def people_in_charge(decision: Decision) -> list[User]:
    """Who recorded the decision; when they have left, the coordinators of its unit, and if it has none, all of them."""
    recorder = decision.recorded_by
    if recorder is not None and recorder.is_active:
        return [recorder]
    steering = people_who_steer()
    of_the_unit = steering.filter(memberships__organisation=decision.organisation_id)
    return list(of_the_unit) or list(steering)


def money_of(experiment: Experiment) -> QuerySet[Money]:
    """All amounts of an experiment, those taken back too, newest first."""
    return experiment.money.order_by("-dated_on", "-pk")
