"""A datastream as a picture: the mean of each length of time as a line, in the band from its lowest to its highest."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from vuoksi.base.ui.charts import Chart, ChartTable
from vuoksi.base.ui.specs import COLOURS, Spec, frame
from vuoksi.loop.experiments.measurements.models import Datastream
from vuoksi.loop.experiments.measurements.queries.sensing import Drawn

Row = tuple[str, float, float, float]


def stream_chart(stream: Datastream, drawn: Drawn) -> Chart:
    """Draw what was observed; the table behind it has a row a length of time."""
    header = (
        gettext("From"), gettext("Observations"), gettext("Lowest"), gettext("Mean"), gettext("Highest"),
    )  # fmt: skip
    rows = [
        (
            date_format(timezone.localtime(one["at"]), "SHORT_DATETIME_FORMAT"),
            one["count"],
            *(float(f"{one[name]:.6g}") for name in ("low", "mean", "high")),
        )
        for one in drawn.buckets
    ]
    dots = [
        (timezone.localtime(one["at"]).replace(tzinfo=None).isoformat(), one["low"], one["mean"], one["high"])
        for one in drawn.buckets
    ]  # fmt: skip
    return Chart(
        stream.name,
        lambda width: _band(dots, width),
        ChartTable(header, rows),
        gettext("Observations by sensors, SensorThings API"),
        unit_of(stream),
        "curve",
    )


def unit_of(stream: Datastream) -> str:
    """The symbol of the unit, or its name, as the sender wrote it."""
    unit = stream.unit_of_measurement
    return str(unit.get("symbol") or unit.get("name") or "") if isinstance(unit, dict) else ""


def _band(dots: list[Row], width: int) -> Spec:
    time = {
        "field": "at",
        "type": "temporal",
        "title": None,
        "axis": {"tickCount": 4, "labelOverlap": True},
    }
    height = {"field": "mean", "type": "quantitative", "title": None, "scale": {"zero": False}}
    area = {"type": "area", "color": COLOURS[0], "opacity": 0.25}
    line = {"type": "line", "color": COLOURS[0], "strokeWidth": 2, "strokeJoin": "round"}
    return {
        **frame(width, 300),
        "data": {
            "values": [dict(zip(("at", "low", "mean", "high"), dot, strict=True)) for dot in dots]
        },
        "encoding": {"x": time},
        "layer": [
            {"mark": area, "encoding": {"y": {**height, "field": "low"}, "y2": {"field": "high"}}},
            {"mark": line, "encoding": {"y": height}},
        ],
    }
