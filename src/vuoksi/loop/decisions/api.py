"""Decisions and the portfolio for programs: public, no key needed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS, one_of
from vuoksi.base.lists.paging import paginated
from vuoksi.loop.decisions import queries
from vuoksi.loop.decisions.engine import Share
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.decisions.queries import figures
from vuoksi.loop.decisions.queries.pilots import finding_is, pilots, reached_use, with_outcomes
from vuoksi.loop.decisions.words import Stage
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.strategy.models import Goal

router = Router(tags=["decisions"])
portfolio_router = Router(tags=["portfolio"])


class DeciderOut(Schema):
    name: str
    role: str


class DissentOut(Schema):
    """Another opinion; without a name it is that of a member."""

    name: str
    language: str
    words: str


class StepOut(Schema):
    title: str
    due_on: date
    owner: str = Field(alias="owner.name")
    state: str
    settled_on: date | None


class FollowUpOut(Schema):
    """What somebody found who looked whether it is in use; `value` counts what `counts` says."""

    found_on: date
    use: Decision.Use
    language: str
    text: str
    value: float | None
    counts: str
    source: str


class DecisionOut(Schema):
    """A published decision. `state` says whether it is in force or was replaced by a later one."""

    slug: str
    kind: str
    language: str
    title: str
    reasons: str
    experiment: str = Field(alias="experiment.slug")
    action: str | None = Field(None, alias="action.slug")
    organisation: str | None = Field(None, alias="organisation.name")
    decided_by: str
    decided_on: date
    # What the rule of the frozen plan said; empty if there was no evidence to ask it about.
    rule_outcome: str
    goes_against_rule: bool
    against_why: str
    learned: str
    follow_up_on: date | None
    use: str
    use_on: date | None
    state: str
    published_at: datetime | None
    is_demo: bool
    deciders: list[DeciderOut]
    dissents: list[DissentOut]
    steps: list[StepOut]
    follow_ups: list[FollowUpOut]


class DecisionFilter(Schema):
    kind: Annotated[Decision.Kind, one_of(Decision.Kind)] | None = None
    goes_against_rule: bool | None = None
    use: Decision.Use | None = None
    experiment: str | None = Field(None, max_length=60, pattern=r"^[-\w]+$")


@router.get("/", response={200: list[DecisionOut], **READ_REFUSALS})
@paginated
def list_decisions(request: HttpRequest, wanted: Query[DecisionFilter]) -> QuerySet[Decision]:
    rows = queries.whole_decisions(queries.public_decisions()).order_by("-decided_on", "-pk")
    for name in ("kind", "goes_against_rule", "use"):
        value = getattr(wanted, name)
        if value is not None:
            rows = rows.filter(**{name: value})
    if wanted.experiment is not None:
        rows = rows.filter(experiment__slug=wanted.experiment)
    return rows


@router.get("/{slug:slug}/", response={200: DecisionOut, **READ_REFUSALS})
def get_decision(request: HttpRequest, slug: str) -> Decision:
    return get_object_or_404(queries.whole_decisions(queries.public_decisions()), slug=slug)


class ShareOut(Schema):
    """`part` of `whole`; the share and Wilson's 95 % interval are null without a whole."""

    part: int
    whole: int
    share: float | None
    low: float | None
    high: float | None


class MoneyOut(Schema):
    """A sum in EUR, and for how many experiments an amount is known."""

    eur: Decimal
    experiments: int
    years: dict[int, Decimal]


class FiguresOut(Schema):
    """What became of all pilots (docs/explanation/portfolio.md says what each figure means)."""

    started: int
    running: int
    waiting_for_a_decision: int
    cancelled: int
    settled: int
    reached_use: ShareOut
    reached_use_of_started: ShareOut
    in_use_now: int
    decisions: dict[str, int]
    against_the_rule: int
    money: dict[str, MoneyOut]
    goals_without_experiment: int
    has_demo_data: bool
    counted_at: datetime


class StepCount(Schema):
    total: int
    years: dict[int, int]


class FunnelRowOut(Schema):
    """The steps of one goal; `goal` is null for what names no goal."""

    goal: str | None
    calls: StepCount
    entries: StepCount
    accepted: StepCount
    experiments: StepCount
    decisions: StepCount
    in_use: StepCount


class PilotOut(Schema):
    """One started experiment: stage, finding with its effect, decision, and whether it ever reached use."""

    slug: str
    title: str
    language: str
    stage: str
    goal: str | None = Field(None, alias="goal.slug")
    place: str | None = Field(None, alias="testbed.slug")
    owner: str | None = Field(None, alias="owner.name")
    started_at: datetime = Field(alias="frozen_at")
    ended_at: datetime | None
    finding: str | None = Field(None, alias="evidence_shown.finding")
    effect: float | None = Field(None, alias="evidence_shown.effect")
    low: float | None = Field(None, alias="evidence_shown.low")
    high: float | None = Field(None, alias="evidence_shown.high")
    effect_unit: str | None = Field(None, alias="evidence_shown.unit")
    decision: str | None = Field(None, alias="decision.slug")
    decision_kind: str | None = Field(None, alias="decision.kind")
    decided_on: date | None
    goes_against_rule: bool | None = Field(None, alias="decision.goes_against_rule")
    has_reached_use: bool
    learned: str | None = Field(None, alias="decision.learned")
    asked_eur: Decimal | None
    granted_eur: Decimal | None
    spent_eur: Decimal | None
    is_demo: bool


class PilotFilter(Schema):
    stage: Stage | None = None
    finding: Evidence.Finding | None = None
    reached_use: bool | None = None
    goal: str | None = Field(None, max_length=60, pattern=r"^[-\w]+$")


@portfolio_router.get(
    "/figures/", response={200: FiguresOut, **READ_REFUSALS}, url_name="portfolio_figures"
)
def read_figures(request: HttpRequest) -> dict[str, Any]:
    """The figures of the portfolio, counted now."""
    now = timezone.now()
    found = figures.outcomes()
    return {
        "started": found.started,
        "running": found.running,
        "waiting_for_a_decision": found.waiting,
        "cancelled": found.cancelled,
        "settled": found.settled,
        "reached_use": _share(found.of_settled),
        "reached_use_of_started": _share(found.of_started),
        "in_use_now": found.in_use_now,
        "decisions": found.kinds,
        "against_the_rule": found.against_rule,
        "money": {
            kind: _total(row) for kind, row in figures.money(timezone.localdate(now)).items()
        },
        "goals_without_experiment": figures.untried_goals().count(),
        "has_demo_data": found.has_demo,
        "counted_at": now,
    }


@portfolio_router.get(
    "/funnel/", response={200: list[FunnelRowOut], **READ_REFUSALS}, url_name="portfolio_funnel"
)
def read_funnel(request: HttpRequest) -> list[dict[str, Any]]:
    """Calls, ideas, experiments, decisions and use by goal, each step by the year in which it happened."""
    found = figures.funnel_by_goal(timezone.localdate())
    slugs = dict(Goal.objects.filter(pk__in=[k for k in found if k]).values_list("pk", "slug"))
    return [
        {"goal": slugs.get(key or 0), **{step: _step(row.get(step)) for step in figures.STEPS}}
        for key, row in found.items()
    ]


@portfolio_router.get("/pilots/", response={200: list[PilotOut], **READ_REFUSALS})
@paginated(prepare=with_outcomes)
def list_pilots(request: HttpRequest, wanted: Query[PilotFilter]) -> QuerySet[Any]:
    """Every experiment that was started, newest first."""
    rows = pilots().order_by("-frozen_at", "-pk")
    if wanted.stage is not None:
        rows = rows.filter(stage=wanted.stage)
    if wanted.goal is not None:
        rows = rows.filter(goal__slug=wanted.goal)
    if wanted.finding is not None:
        rows = rows.filter(finding_is(wanted.finding))
    if wanted.reached_use is not None:
        reached = Q(pk__in=reached_use())
        rows = rows.filter(reached if wanted.reached_use else ~reached)
    return rows


def _share(found: Share) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("part", "whole", "share", "low", "high")}


def _total(found: figures.Total) -> dict[str, Any]:
    return {"eur": found.eur, "experiments": found.experiments, "years": found.years}


def _step(found: figures.Step | None) -> dict[str, Any]:
    step = found or figures.Step()
    return {"total": step.total, "years": step.years}
