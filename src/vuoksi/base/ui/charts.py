"""Charts: a picture, the table behind it, and where the figures come from.

Each builder gives a `Chart`; "ui/chart.html" shows it. Nothing is drawn until a template asks (`drawing.py`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from vuoksi.base.ui import specs

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """One figure. `low` and `high` bound its uncertainty; `note` says what is unusual ("preliminary")."""

    x: date
    y: float
    low: float | None = None
    high: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one method: they are joined by a line, and by no line with those of another."""

    name: str
    points: Sequence[Point]
    method: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A line across a chart, e.g. a target."""

    label: str
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its interval."""

    label: str
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures as rows. Figures stay figures and dates dates, so that a reader's program can use them."""

    header: Sequence[str]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Chart:
    """`spec` gives the Vega-Lite specification for a width in pixels; it depends on nothing but the other fields."""

    title: str
    spec: Callable[[int], Spec]
    table: ChartTable
    source: str
    unit: str = ""
    kind: str = ""


def line_chart(
    title: str,
    series: Sequence[Series],
    *,
    unit: str,
    source: str,
    target_lines: Sequence[Level] = (),
) -> Chart:
    """Draw figures over time, one line a series, in the unit `unit`."""
    header = (gettext("Series"), gettext("Date"), unit or gettext("Value"), *_interval(series))
    rows = [
        (one.name, point.x, point.y, *_bounds(point, header), point.note)
        for one in series
        for point in one.points
    ]
    levels = [(level.label, "", level.y, *[""] * (len(header) - 3), "") for level in target_lines]
    table = ChartTable((*header, gettext("Note")), [*rows, *levels])
    points = [
        specs.Dot(one.name, point.x.isoformat(), point.y, point.low, point.high, bool(point.note))
        for one in series
        for point in one.points
    ]
    lines = [(level.label, level.y) for level in target_lines]
    return Chart(
        title, lambda width: specs.lines(points, lines, width), table, source, unit, "line"
    )


def bar_chart(title: str, rows: Sequence[Bar], *, unit: str, source: str) -> Chart:
    """Draw one bar a row, in the order given."""
    table = ChartTable(
        ("", unit or gettext("Value"), gettext("Note")),
        [(bar.label, bar.value, bar.note) for bar in rows],
    )
    bars = [(bar.label, bar.value) for bar in rows]
    return Chart(title, lambda width: specs.bars(bars, width), table, source, unit, "bar")


def interval_chart(title: str, effects: Sequence[Effect], *, unit: str, source: str) -> Chart:
    """Draw estimates with their intervals against nothing at all (zero)."""
    header = ("", gettext("Estimate"), gettext("Low"), gettext("High"))
    rows = [(effect.label, effect.estimate, effect.low, effect.high) for effect in effects]
    table = ChartTable(header, rows)
    return Chart(title, lambda width: specs.intervals(rows, width), table, source, unit, "interval")


def description(chart: Chart) -> str:
    """Say in a sentence what the picture shows, for those who do not see it."""
    kinds = {
        "line": gettext("Line chart"),
        # A line that is no series over time: its table has a figure in the first column, not a name.
        "curve": gettext("Line chart"),
        "bar": gettext("Bar chart"),
        "interval": gettext("Estimates with intervals"),
    }
    words = kinds.get(chart.kind, gettext("Chart"))
    return gettext(
        "%(kind)s with %(count)s figures. The same figures stand in the table below."
    ) % {
        "kind": words,
        "count": len(chart.table.rows),
    }


def day(value: date) -> str:
    """Write a date; the first day of a year stands for the year."""
    if (value.month, value.day) == (1, 1):
        return str(value.year)
    return date_format(value, "SHORT_DATE_FORMAT")


def _interval(series: Iterable[Series]) -> tuple[str, ...]:
    bounded = any(point.low is not None for one in series for point in one.points)
    return (gettext("Low"), gettext("High")) if bounded else ()


def _bounds(point: Point, header: Sequence[str]) -> tuple[Any, ...]:
    return (point.low, point.high) if len(header) > 3 else ()
