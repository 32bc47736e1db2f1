"""The effect with its interval, what it comes from, power by number, and several experiments beside each other."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from vuoksi.base.ui import specs
from vuoksi.base.ui.charts import (
    Chart,
    ChartTable,
    Effect,
    Point,
    Series,
    interval_chart,
    line_chart,
)
from vuoksi.base.ui.specs import Spec
from vuoksi.indicators.words import unit_words
from vuoksi.loop.experiments.analyses.engine import Interval, Result
from vuoksi.loop.experiments.measurements.models import Measurement

Row = tuple[str, float]


def effect_chart(
    title: str, result: Result, unit: str, valid: Mapping[str, Any] | None = None
) -> Chart:
    """Draw the effect with its interval, and below it those of other methods that have one."""
    rows: list[tuple[str, float, Interval]] = [
        (gettext("Effect"), result.effect, result.interval),
    ]
    if valid is not None:
        low, high = valid["low"], valid["high"]
        rows.append((gettext("Always-valid"), result.effect, Interval(low, high)))
    if result.bootstrap is not None:
        rows.append((gettext("Second method"), result.effect, result.bootstrap))
    placebos = [one for one in result.variants if one.code == "placebo" and one.interval]
    rows += [
        (gettext("Placebo test"), one.effect, one.interval) for one in placebos if one.interval
    ]
    effects = [Effect(label, effect, each.low, each.high) for label, effect, each in rows]
    return interval_chart(title, effects, unit=unit_words(unit), source=gettext("Measurements"))


def look_chart(title: str, effect: float, low: float, high: float, unit: str) -> Chart:
    """Draw the interval of a look on the way."""
    effects = [Effect(gettext("Until now"), effect, low, high)]
    return interval_chart(title, effects, unit=unit_words(unit), source=gettext("Measurements"))


def forest_chart(title: str, studies: Sequence[Effect], whole: Effect, unit: str) -> Chart:
    """Draw each experiment's effect with its interval, and the average of all as the last one."""
    source = gettext("Evidence of the experiments")
    return interval_chart(title, [*studies, whole], unit=unit, source=source)


def values_chart(title: str, drawn: Mapping[str, Any], arms: Sequence[str], unit: str) -> Chart:
    """Draw what was measured: dots on both sides with their mean, or lines over time."""
    if drawn["kind"] == "lines":
        return _lines(title, drawn["lines"], unit)
    labels = [str(Measurement.Arm(arm).label) for arm in arms]
    sides = list(zip(labels, drawn["sides"], strict=True))
    rows = [(label, value) for label, values in sides for value in values]
    if drawn["paired"]:
        pairs = zip(*drawn["sides"], strict=True)
        numbered = [(n, *pair) for n, pair in enumerate(pairs, 1)]
        table = ChartTable((gettext("Pair"), *labels), numbered)
    else:
        table = ChartTable((gettext("Group"), unit_words(unit) or gettext("Value")), rows)
    source = gettext("Measurements")
    return Chart(title, lambda width: _dots(rows, width), table, source, unit_words(unit), "dot")


def power_chart(
    title: str, rows: Sequence[tuple[int, float]], counted: str, wished: float
) -> Chart:
    """Draw the chance to find the effect by the number in all, and the wished chance across; both in percent."""
    table = ChartTable((counted, gettext("Chance to find the effect, %")), list(rows))
    source = gettext("Computed from what was entered")
    return Chart(
        title, lambda width: _power(rows, counted, wished, width), table, source, "%", "curve"
    )


def _lines(title: str, lines: Mapping[str, Sequence[tuple[str, float]]], unit: str) -> Chart:
    names = dict(Measurement.Arm.choices)
    series = [
        Series(str(names[code]), [Point(date.fromisoformat(day), value) for day, value in points])
        for code, points in lines.items()
    ]
    return line_chart(title, series, unit=unit_words(unit), source=gettext("Measurements"))


def _power(rows: Sequence[tuple[int, float]], counted: str, wished: float, width: int) -> Spec:
    across = {"field": "n", "type": "quantitative", "title": counted, "axis": {"tickCount": 5}}
    height = {
        "field": "power",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 100]},
        "axis": {"values": [0, 20, 40, 60, 80, 100]},
    }
    wanted = {"data": {"values": [{"power": wished}]}, "mark": {"type": "rule", "strokeDash": [6, 4], "color": specs.TARGET}}  # fmt: skip
    dot = {"color": specs.COLOURS[0], "size": 45}
    line = {"type": "line", "point": dot, "color": specs.COLOURS[0], "strokeWidth": 2}
    return {
        **specs.frame(width, 260),
        "data": {"values": [{"n": n, "power": power} for n, power in rows]},
        "layer": [
            {**wanted, "encoding": {"y": height}},
            {"mark": line, "encoding": {"x": across, "y": height}},
        ],
    }


def _dots(rows: list[Row], width: int) -> Spec:
    label = {
        "field": "label",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelColor": specs.INK, "labelLimit": width // 2 - 20},
    }
    across = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": False, "nice": True},
        "axis": {"tickCount": 5},
    }
    dot = {"type": "point", "filled": True, "size": 70, "opacity": 0.45, "color": specs.COLOURS[0]}
    mean = {"type": "tick", "thickness": 3, "size": 34, "color": specs.TARGET}
    return {
        **specs.frame(width, {"step": 56}),
        "data": {"values": [{"label": name, "value": value} for name, value in rows]},
        "layer": [
            {"mark": dot, "encoding": {"y": label, "x": across}},
            {"mark": mean, "encoding": {"y": label, "x": {**across, "aggregate": "mean"}}},
        ],
    }
