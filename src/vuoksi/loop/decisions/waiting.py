"""What waits for an answer after an idea was accepted: a plan, an end, evidence, a decision, a step, a follow-up."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.waiting import MOST, Waiting, waiting_for
from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.decisions.models import Decision, NextStep
from vuoksi.loop.decisions.queries.board import accepted_without_experiment
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment

# So long may a plan take after an idea was accepted, evidence after the end, and a decision after the evidence.
PLAN_WITHIN = timedelta(days=60)
EVIDENCE_WITHIN = timedelta(days=30)
DECISION_WITHIN = timedelta(days=30)
HAS_EVIDENCE = Exists(Evidence.objects.filter(experiment=OuterRef("pk")))

PLAN = _("Accepted idea without an experiment")
END = _("Experiment past its end")
EVIDENCE = _("Experiment ended, no evidence")
DECISION = _("Evidence without a decision")
STEP = _("Next step not done")
FOLLOW_UP = _("Follow-up due")


@waiting_for("decisions.plan", PLAN)
def without_experiment(user: User, today: date) -> Iterable[Waiting]:
    answered = Max("answers__at", filter=Q(answers__is_current=True))
    rows = (
        accepted_without_experiment()
        .annotate(accepted_at=Coalesce(answered, "submitted_at"))
        .select_related("call__owner")
        .order_by("accepted_at")
    )
    return _all(
        rows, PLAN, today, lambda row: (row.accepted_at, PLAN_WITHIN), lambda row: row.call.owner
    )


@waiting_for("decisions.end", END)
def past_their_end(user: User, today: date) -> Iterable[Waiting]:
    rows = _experiments(Experiment.State.RUNNING).filter(ends_on__lt=today).order_by("ends_on")
    return _all(rows, END, today, lambda row: (row.ends_on, timedelta()), lambda row: row.owner)


@waiting_for("decisions.evidence", EVIDENCE)
def without_evidence(user: User, today: date) -> Iterable[Waiting]:
    rows = _experiments(Experiment.State.ENDED).filter(~HAS_EVIDENCE).order_by("ended_at")
    return _all(
        rows, EVIDENCE, today, lambda row: (row.ended_at, EVIDENCE_WITHIN), lambda row: row.owner
    )


@waiting_for("decisions.decision", DECISION)
def without_decision(user: User, today: date) -> Iterable[Waiting]:
    rows = (
        _experiments(Experiment.State.ENDED)
        .annotate(shown_at=Max("evidence__published_at"))
        .filter(shown_at__isnull=False)
        .order_by("shown_at")
    )
    return _all(
        rows, DECISION, today, lambda row: (row.shown_at, DECISION_WITHIN), lambda row: row.owner
    )


@waiting_for("decisions.step", STEP)
def steps_not_done(user: User, today: date) -> Iterable[Waiting]:
    rows = (
        NextStep.objects.filter(
            state=NextStep.State.OPEN,
            due_on__lt=today,
            decision__state=Decision.State.PUBLISHED,
        )
        .select_related("owner", "decision")
        .order_by("due_on")
    )
    return _all(rows, STEP, today, lambda row: (row.due_on, timedelta()), lambda row: row.owner)


@waiting_for("decisions.follow_up", FOLLOW_UP)
def follow_ups_not_done(user: User, today: date) -> Iterable[Waiting]:
    rows = (
        Decision.objects.filter(state=Decision.State.PUBLISHED, follow_up_on__lte=today)
        .select_related("organisation")
        .order_by("follow_up_on")
    )
    return _all(
        rows,
        FOLLOW_UP,
        today,
        lambda row: (row.follow_up_on, timedelta()),
        lambda row: row.organisation,
    )


def _experiments(state: str) -> QuerySet[Any]:
    return Experiment.objects.filter(state=state).select_related("owner")


def _all(
    rows: QuerySet[Any],
    kind: Any,
    today: date,
    when: Callable[[Any], tuple[Any, timedelta]],
    whom: Callable[[Any], Any],
) -> Iterator[Waiting]:
    """Each row with the day since which it waits, and the day by which somebody should have acted."""
    for row in attach(rows[:MOST]):
        moment, within = when(row)
        since = localtime(moment).date() if isinstance(moment, datetime) else moment
        owner = whom(row)
        thing = row.decision if isinstance(row, NextStep) else row
        yield Waiting(
            kind=kind,
            name=in_language(row, "title"),
            url=thing.get_absolute_url(),
            whom=owner.name if owner is not None else gettext("a unit that is not named yet"),
            since=since,
            due=since + within,
            is_late=since + within < today,
        )
