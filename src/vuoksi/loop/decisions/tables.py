from collections.abc import Callable
from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.texts.queries import as_read, attach, attach_with, in_language, text_of
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.decisions.queries import public_decisions
from vuoksi.loop.decisions.queries.figures import within, year_range
from vuoksi.loop.decisions.queries.pilots import (
    OPEN,
    SETTLED,
    STARTED,
    finding_is,
    reached_use,
    with_outcomes,
)
from vuoksi.loop.decisions.queries.report import years_of, years_of_starts
from vuoksi.loop.decisions.words import FINDING_TONES, STAGE_TONES, Stage
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Goal


def prepare_decisions(rows: list[Any]) -> list[Any]:
    return attach_with(rows, "experiment", "action")


DECISIONS = Table(
    "decisions",
    _("Decisions"),
    columns=(
        Column("decided_on", _("Decided"), lambda row: row.decided_on, sort="decided_on"),
        Column("title", _("Decision"), text_of("title"), sort="title"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column(
            "experiment",
            _("Experiment"),
            text_of("experiment__title"),
            sort="experiment__title",
        ),
        Column("decided_by", _("Decided by"), text_of("decided_by")),
        Column("action", _("Strategy action"), text_of("action__title")),
        Column("state", _("State"), lambda row: row.get_state_display()),
        Column("url", _("Address"), lambda row: row.get_absolute_url()),
    ),
    filters=(
        Filter(
            "kind",
            _("Kind"),
            lambda: list(Decision.Kind.choices),
            lambda rows, kind: rows.filter(kind=kind),
        ),
        Filter(
            "state",
            _("State"),
            lambda: [
                (state.value, state.label)
                for state in (Decision.State.PUBLISHED, Decision.State.REPLACED)
            ],
            lambda rows, state: rows.filter(state=state),
        ),
        Filter(
            "year",
            _("Decided in"),
            lambda: _years(years_of(public_decisions(), "decided_on")),
            lambda rows, year: rows.filter(within("decided_on", year_range(int(year)))),
        ),
    ),
    search=("title", "reasons", "experiment__title"),
    reading=as_read("title", "reasons", "experiment__title"),
    default_sort="-decided_on",
    prepare=prepare_decisions,
)


def _stages() -> Choices:
    return [
        (stage.value, stage.label)
        for stage in Stage
        if stage not in {Stage.CALL, Stage.ACCEPTED, Stage.PLANNED}
    ]


def _by_use(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    # Told by one value, so that a page is read in its order and ends when it is full.
    outcome = Case(
        When(pk__in=reached_use(), then=Value("reached")),
        When(SETTLED, then=Value("not_reached")),
        When(OPEN, then=Value("open")),
    )
    found: QuerySet[Any] = rows.alias(outcome=outcome).filter(outcome=value)
    return found


def _by_finding(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(finding_is("" if value == "no_evidence" else value))


def _goals() -> Choices:
    started = Experiment.objects.filter(STARTED, goal=OuterRef("pk"))
    goals = Goal.objects.filter(Exists(started)).order_by("title", "pk")
    return [(str(row.pk), in_language(row, "title").text) for row in attach(goals)]


def _years(years: list[int]) -> Choices:
    return [(str(year), str(year)) for year in years]


def prepare_pilots(rows: list[Any]) -> list[Any]:
    """Give pilots their texts, the words of their newest evidence and decision, and labels."""
    attach_with(with_outcomes(rows), "goal", "testbed")
    for row in rows:
        row.stage_label, row.stage_tone = Stage(row.stage).label, STAGE_TONES[Stage(row.stage)]
        found = row.evidence_shown
        row.finding_label = found.get_finding_display() if found is not None else ""
        row.finding_tone = FINDING_TONES.get(found.finding, "neutral") if found is not None else ""
    return rows


def _of(name: str, field: str) -> Callable[[Any], Any]:
    """Read a field of what belongs to a row and may be missing."""

    def read(row: Any) -> Any:
        other = getattr(row, name)
        return getattr(other, field) if other is not None else None

    return read


def _learned(row: Any) -> str:
    return str(row.decision.learned if row.decision is not None else row.cancel_reason)


PILOTS = Table(
    "pilots",
    _("Pilots"),
    columns=(
        Column(
            "started",
            _("Started"),
            lambda row: localtime(row.frozen_at).date(),
            sort="frozen_at",
            never_empty=True,
        ),
        Column("title", _("Pilot"), text_of("title"), sort="title"),
        Column("stage", _("Stage"), lambda row: row.stage_label, sort="stage"),
        Column("goal", _("Goal"), text_of("goal__title")),
        Column("place", _("Place"), text_of("testbed__name")),
        Column("owner", _("Unit in charge"), lambda row: row.owner.name if row.owner else ""),
        Column("finding", _("Finding"), lambda row: row.finding_label),
        Column("effect", _("Effect"), _of("evidence_shown", "effect"), numeric=True),
        Column("low", _("Low"), _of("evidence_shown", "low"), numeric=True),
        Column("high", _("High"), _of("evidence_shown", "high"), numeric=True),
        Column("unit", _("Unit"), _of("evidence_shown", "unit")),
        Column(
            "decision",
            _("Decision"),
            lambda row: row.decision.get_kind_display() if row.decision else "",
        ),
        Column("decided_on", _("Decided"), lambda row: row.decided_on, sort="decided_on"),
        Column("against_rule", _("Against the rule"), _of("decision", "goes_against_rule")),
        Column("reached_use", _("Reached use"), lambda row: row.has_reached_use),
        Column("used_on", _("Last looked"), _of("decision", "use_on")),
        Column("learned", _("What the city learned"), _learned),
        Column("asked_eur", _("Asked for, EUR"), lambda row: row.asked_eur, numeric=True),
        Column("granted_eur", _("Granted, EUR"), lambda row: row.granted_eur, numeric=True),
        Column("spent_eur", _("Spent, EUR"), lambda row: row.spent_eur, numeric=True),
        Column("is_demo", _("Demo data"), lambda row: row.is_demo),
        Column("url", _("Address"), lambda row: row.get_absolute_url()),
    ),
    filters=(
        Filter("stage", _("Stage"), _stages, lambda rows, stage: rows.filter(stage=stage)),
        Filter(
            "use",
            _("Use"),
            lambda: [
                ("reached", _("reached use")),
                ("not_reached", _("settled, did not reach use")),
                ("open", _("still open")),
            ],
            _by_use,
        ),
        Filter(
            "finding",
            _("Finding"),
            lambda: [*Evidence.Finding.choices, ("no_evidence", _("no evidence"))],
            _by_finding,
        ),
        Filter("goal", _("Goal"), _goals, lambda rows, goal: rows.filter(goal=goal)),
        Filter(
            "year",
            _("Started in"),
            lambda: _years(years_of_starts()),
            lambda rows, year: rows.filter(within("frozen_at", year_range(int(year)))),
        ),
    ),
    search=("title", "summary"),
    reading=as_read("title", "summary"),
    page_size=12,
    default_sort="-started",
    prepare=prepare_pilots,
)
