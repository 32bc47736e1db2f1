"""The board: for each stage how many there are, and those that have waited longest, with who is waited for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.calls.models import Answer, Call, Entry
from vuoksi.loop.calls.rules import IS_PUBLIC, PUBLIC_CALLS
from vuoksi.loop.decisions.models import Decision, NextStep
from vuoksi.loop.decisions.queries.figures import Outcomes
from vuoksi.loop.decisions.words import STAGE_TONES, Stage
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Card:
    """One thing on the board: since when it stands here, who is waited for and for what."""

    thing: Model
    since: date | None
    days: int
    whom: str
    wait: str
    is_late: bool = False
    tag: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """One stage. `count` is all of it, `cards` those that have waited longest."""

    stage: Stage
    tone: str
    count: int
    cards: Sequence[Card]
    hidden: bool = False

    @property
    def more(self) -> int:
        return 0 if self.hidden else self.count - len(self.cards)


def board(at: datetime, outcomes: Outcomes, *, with_plans: bool) -> list[Lane]:
    """All lanes in their order. What is still being planned is named to those alone who may read plans."""
    today = localtime(at).date()
    counts = _counts(outcomes)
    plans = _planned(today) if with_plans else []
    lanes = [
        _lane(Stage.CALL, counts, _calls(today, at)),
        _lane(Stage.ACCEPTED, counts, _accepted(today)),
        Lane(
            Stage.PLANNED,
            STAGE_TONES[Stage.PLANNED],
            counts[Stage.PLANNED],
            plans,
            hidden=not with_plans,
        ),
        _lane(Stage.RUNNING, counts, _running(today)),
        _lane(Stage.MEASURED, counts, _measured(today)),
        _lane(Stage.DECIDED, counts, _cards(_decided_longest_ago(), today)),
        _lane(Stage.IN_USE, counts, _cards(_in_use_longest(), today)),
    ]
    _attach(lanes)
    return lanes


def accepted_without_experiment() -> QuerySet[Entry]:
    """Ideas that go forward, of which no experiment has been made; not those of calls that ran elsewhere."""
    made = Experiment.entries.through.objects.filter(entry=OuterRef("pk")).exclude(
        experiment__state=Experiment.State.CANCELLED
    )
    return Entry.objects.filter(
        ~Exists(made),
        IS_PUBLIC,
        state=Entry.State.ACCEPTED,
        call__state__in=PUBLIC_CALLS,
        # Nobody waits here for what was settled before this platform was there.
        call__published_entry_count=None,
    )


def _counts(outcomes: Outcomes) -> dict[str, int]:
    return {
        Stage.CALL: Call.objects.filter(state=Call.State.PUBLISHED).count(),
        Stage.ACCEPTED: accepted_without_experiment().count(),
        Stage.PLANNED: Experiment.objects.filter(state=Experiment.State.DRAFT).count(),
        Stage.RUNNING: outcomes.running,
        Stage.MEASURED: outcomes.waiting,
        Stage.DECIDED: outcomes.decided - outcomes.in_use_now,
        Stage.IN_USE: outcomes.in_use_now,
    }


def _lane(stage: Stage, counts: dict[str, int], cards: Sequence[Card]) -> Lane:
    return Lane(stage, STAGE_TONES[stage], counts[stage], cards)


def _calls(today: date, at: datetime) -> list[Card]:
    rows = list(
        Call.objects.filter(state=Call.State.PUBLISHED)
        .select_related("owner")
        .prefetch_related("phases")
        .order_by("published_at", "pk")[:SHOWN]
    )
    unanswered: dict[int, int] = dict(
        Entry.objects.filter(IS_PUBLIC, call__in=rows, state=Entry.State.SUBMITTED)
        .values_list("call")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [_call_card(row, unanswered.get(row.pk, 0), today, at) for row in rows]


def _call_card(row: Call, unanswered: int, today: date, at: datetime) -> Card:
    closes = [p.closes_at for p in row.phases.all() if p.kind == "entry" and p.opens_at <= at]
    if closes and closes[0] > at:
        wait = _("ideas, until %(day)s") % {"day": _day(localtime(closes[0]).date())}
        return _card(row, row.published_at, today, _("everybody"), wait)
    words = ngettext("answer to %(number)s idea", "answers to %(number)s ideas", unanswered)
    wait = words % {"number": unanswered} if unanswered else ""
    return _card(row, row.published_at, today, _unit(row.owner), wait)


def _accepted(today: date) -> list[Card]:
    answer = Answer.objects.filter(entry=OuterRef("pk"), is_current=True)
    rows = (
        accepted_without_experiment()
        .annotate(answered_at=Subquery(answer.values("at")[:1]))
        .select_related("call__owner")
        .order_by("submitted_at", "pk")[:SHOWN]
    )
    return [
        _card(
            row,
            row.answered_at or row.submitted_at,
            today,
            _unit(row.call.owner),
            _("a plan for an experiment"),
        )
        for row in rows
    ]


def _experiments(**wanted: Any) -> QuerySet[Any]:
    return Experiment.objects.filter(**wanted).select_related("owner").defer("frozen_text")


def _planned(today: date) -> list[Card]:
    rows = _experiments(state=Experiment.State.DRAFT).order_by("created_at", "pk")[:SHOWN]
    return [
        _card(
            row,
            row.created_at,
            today,
            _unit(row.owner),
            _("the start, planned for %(day)s") % {"day": _day(row.starts_on)}
            if row.starts_on
            else _("the start"),
            is_late=row.starts_on is not None and row.starts_on < today,
        )
        for row in rows
    ]


def _running(today: date) -> list[Card]:
    rows = _experiments(state=Experiment.State.RUNNING).order_by("frozen_at", "pk")[:SHOWN]
    return [
        _card(
            row,
            row.frozen_at,
            today,
            _unit(row.owner),
            _("the end, planned for %(day)s") % {"day": _day(row.ends_on)}
            if row.ends_on
            else _("the end"),
            is_late=row.ends_on is not None and row.ends_on < today,
        )
        for row in rows
    ]


def _measured(today: date) -> list[Card]:
    rows = (
        _experiments(state=Experiment.State.ENDED)
        .annotate(has_evidence=Exists(Evidence.objects.filter(experiment=OuterRef("pk"))))
        .order_by("ended_at", "pk")[:SHOWN]
    )
    return [
        _card(
            row,
            row.ended_at,
            today,
            _unit(row.owner),
            _("the decision") if row.has_evidence else _("the evidence"),
        )
        for row in rows
    ]


def _in_force() -> QuerySet[Decision]:
    return Decision.objects.filter(
        state=Decision.State.PUBLISHED, experiment__state=Experiment.State.DECIDED
    ).select_related("experiment__owner", "organisation")


def _in_use_longest() -> list[Decision]:
    return list(_in_force().filter(use=Decision.Use.IN_USE).order_by("use_on", "pk")[:SHOWN])


def _decided_longest_ago() -> list[Decision]:
    """What was stopped waits for nobody, so it comes last: read by itself, each from its index."""
    rows = _in_force().exclude(use=Decision.Use.IN_USE).order_by("published_at", "pk")
    waiting = list(rows.exclude(kind=Decision.Kind.STOP)[:SHOWN])
    return [*waiting, *rows.filter(kind=Decision.Kind.STOP)[: SHOWN - len(waiting)]]


def _cards(rows: list[Decision], today: date) -> list[Card]:
    steps = _next_steps(rows)
    return [_decision_card(row, steps.get(row.pk), today) for row in rows]


def _next_steps(rows: Iterable[Decision]) -> dict[int, NextStep]:
    """The open step that is due first of each decision."""
    found: dict[int, NextStep] = {}
    steps = (
        NextStep.objects.filter(decision__in=list(rows), state=NextStep.State.OPEN)
        .select_related("owner")
        .order_by("due_on", "pk")
    )
    for step in attach(steps):
        found.setdefault(step.decision_id, step)
    return found


def _decision_card(row: Decision, step: NextStep | None, today: date) -> Card:
    since = row.use_on if row.use == Decision.Use.IN_USE else row.published_at
    whom, wait, due = _unit(row.organisation or row.experiment.owner), "", None
    if step is not None:
        due, whom = step.due_on, step.owner.name
        wait = f"{in_language(step, 'title').text}, {_day(due)}"
    elif row.follow_up_on is not None:
        due = row.follow_up_on
        wait = _("a look whether it is in use, %(day)s") % {"day": _day(due)}
    elif row.kind == Decision.Kind.REPEAT:
        wait = _("the plan of the next round")
    elif row.kind == Decision.Kind.STOP:
        whom = ""
    tone = "good" if row.kind in {"scale", "procure"} else "bad" if row.kind == "stop" else "decide"
    return _card(
        row.experiment,
        since,
        today,
        whom if wait else "",
        wait,
        is_late=due is not None and due < today,
        tag=row.get_kind_display(),
        tone=tone,
    )


def _card(
    thing: Model,
    since: date | None,
    today: date,
    whom: str,
    wait: str,
    *,
    is_late: bool = False,
    tag: str = "",
    tone: str = "",
) -> Card:
    day = localtime(since).date() if isinstance(since, datetime) else since
    days = (today - day).days if day is not None else 0
    return Card(thing, day, days, whom, wait, is_late, tag, tone)


def _unit(organisation: Any) -> str:
    return organisation.name if organisation is not None else _("a unit that is not named yet")


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def _attach(lanes: Iterable[Lane]) -> None:
    """The texts of all things on the board, one query a kind."""
    things: dict[type[Model], list[Model]] = defaultdict(list)
    for lane in lanes:
        for card in lane.cards:
            things[type(card.thing)].append(card.thing)
    for rows in things.values():
        attach(rows)
