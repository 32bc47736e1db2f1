"""The effect with its interval, and the values it comes from."""

from django.utils.translation import gettext

from vuoksi.base.ui import specs
from vuoksi.base.ui.charts import Chart, ChartTable, Effect, interval_chart
from vuoksi.base.ui.specs import Spec
from vuoksi.indicators.words import unit_words
from vuoksi.loop.experiments.analyses.engine import Problem, Result
from vuoksi.loop.experiments.measurements.models import Measurement

Row = tuple[str, float]


def effect_chart(title: str, result: Result, unit: str) -> Chart:
    """Draw the effect with its 95 % interval, and the interval of the second method below it."""
    effects = [Effect(gettext("Effect"), result.effect, result.interval.low, result.interval.high)]
    if result.bootstrap is not None:
        second = result.bootstrap
        effects.append(Effect(gettext("Second method"), result.effect, second.low, second.high))
    return interval_chart(title, effects, unit=unit_words(unit), source=gettext("Measurements"))


def values_chart(title: str, problem: Problem, arms: tuple[str, ...], unit: str) -> Chart:
    """Draw one dot a unit on each side, with the mean as a tick; pairs stand in one row of the table."""
    labels = [str(Measurement.Arm(arm).label) for arm in arms]
    sides = list(zip(labels, (problem.reference, problem.treatment), strict=True))
    rows = [(label, value) for label, values in sides for value in values]
    if problem.paired:
        pairs = zip(problem.reference, problem.treatment, strict=True)
        numbered = [(n, *pair) for n, pair in enumerate(pairs, 1)]
        table = ChartTable((gettext("Pair"), *labels), numbered)
    else:
        table = ChartTable((gettext("Group"), unit_words(unit) or gettext("Value")), rows)
    source = gettext("Measurements")
    return Chart(title, lambda width: _dots(rows, width), table, source, unit_words(unit), "dot")


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
