"""An indicator as a chart: one line a method, forecasts apart, targets as a line across."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext

from vuoksi.base.ui.charts import Chart, Point, Series, line_chart
from vuoksi.indicators.models import Observation
from vuoksi.indicators.words import unit_words


def chart_of(title: str, unit: str, rows: Iterable[Observation]) -> Chart:
    """Draw current figures. Two methods are two series: no line joins them."""
    by_method: dict[tuple[str, bool], list[Point]] = defaultdict(list)
    sources: dict[str, None] = {}
    for row in rows:
        is_forecast = row.kind == Observation.Kind.FORECAST
        by_method[row.method, is_forecast].append(_point(row))
        sources.setdefault(row.source)
    series = [
        Series(_name(method, is_forecast), points, method)
        for (method, is_forecast), points in by_method.items()
    ]
    return line_chart(title, series, unit=unit_words(unit), source="; ".join(sources))


def _point(row: Observation) -> Point:
    note = "" if row.kind == Observation.Kind.MEASURED else row.get_kind_display()
    return Point(row.start, row.value, row.low, row.high, note)


def _name(method: str, is_forecast: bool) -> str:
    return gettext("%(method)s (forecast)") % {"method": method} if is_forecast else method
