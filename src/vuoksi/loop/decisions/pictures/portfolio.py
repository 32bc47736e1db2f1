"""Figures of the portfolio as rows of tables, bars and a map."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from vuoksi.base.texts.queries import attach, in_language
from vuoksi.base.ui.maps import Feature, Map
from vuoksi.loop.decisions.models import Decision, Money
from vuoksi.loop.decisions.queries.figures import STEPS, Funnel, Step, Total
from vuoksi.loop.decisions.words import KIND_TONES
from vuoksi.strategy.models import Goal

STEP_LABELS: Mapping[str, "str | Promise"] = {
    "calls": _("Calls"),
    "entries": _("Ideas"),
    "accepted": _("Accepted ideas"),
    "experiments": _("Experiments started"),
    "decisions": _("Decisions"),
    "in_use": _("Reached use"),
}
# A bar shorter than this share of the longest is not seen.
SHORTEST = 1


@dataclass(frozen=True, slots=True)
class FunnelRow:
    """One step: its number, and the length of its bar in hundredths of the longest."""

    label: "str | Promise"
    count: int
    length: int
    years: Sequence[int]


@dataclass(frozen=True, slots=True)
class GoalRow:
    """The steps of one goal in the order of the funnel, and its money."""

    goal: Goal | None
    counts: Sequence[int]
    money: Sequence[Decimal | None]


def funnel_rows(funnel: Funnel) -> list[FunnelRow]:
    totals = {step: funnel.total(step) for step in STEPS}
    longest = max(totals.values(), default=0) or 1
    return [
        FunnelRow(
            STEP_LABELS[step],
            totals[step],
            max(SHORTEST, round(100 * totals[step] / longest)) if totals[step] else 0,
            [funnel.in_year(step, year) for year in funnel.years],
        )
        for step in STEPS
    ]


def year_rows(funnel: Funnel) -> list[tuple[int, list[int]]]:
    """Each year with the number of each step, the newest first."""
    return [
        (year, [funnel.in_year(step, year) for step in STEPS]) for year in reversed(funnel.years)
    ]


def goal_rows(
    funnel: Mapping[int | None, Mapping[str, Step]],
    money: Mapping[tuple[int | None, str], Decimal],
) -> list[GoalRow]:
    """Goals with anything in the funnel, those with most experiments first; what names no goal comes last."""
    goals = {row.pk: row for row in attach(Goal.objects.filter(pk__in=[k for k in funnel if k]))}
    rows = [
        GoalRow(
            goals.get(key) if key is not None else None,
            [found.get(step, Step()).total for step in STEPS],
            [money.get((key, kind)) for kind in Money.Kind.values],
        )
        for key, found in funnel.items()
    ]
    return sorted(rows, key=lambda row: (row.goal is None, [-n for n in reversed(row.counts)]))


def money_rows(
    money: Mapping[str, Total], years: Sequence[int]
) -> list[tuple["str | Promise", Total, list[Decimal]]]:
    return [
        (Money.Kind(kind).label, total, [total.years[year] for year in reversed(years)])
        for kind, total in money.items()
    ]


def year_money(money: Mapping[str, Decimal]) -> list[tuple["str | Promise", Decimal]]:
    return [(Money.Kind(kind).label, total) for kind, total in money.items()]


def kind_rows(kinds: Mapping[str, int]) -> list[tuple["str | Promise", int, str]]:
    return [
        (Decision.Kind(kind).label, count, KIND_TONES.get(kind, "decide"))
        for kind, count in kinds.items()
    ]


def map_of_pilots(rows: Iterable[Any]) -> Map:
    """Places with the number of their pilots; the place's page leads on."""
    return Map(
        _("Where the city experiments"),
        [
            Feature(
                id=row.slug,
                label=in_language(row, "name").text,
                url=row.get_absolute_url(),
                geometry=row.geometry,
                kind=row.get_kind_display(),
                summary=_summary(row),
            )
            for row in rows
        ],
    )


def _summary(row: Any) -> str:
    parts = [
        ngettext("%(n)s pilot", "%(n)s pilots", row.started) % {"n": row.started},
        ngettext("%(n)s running", "%(n)s running", row.running) % {"n": row.running},
        ngettext("%(n)s in use", "%(n)s in use", row.in_use) % {"n": row.in_use},
    ]
    return ", ".join(parts)
