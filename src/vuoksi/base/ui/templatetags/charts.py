"""What "ui/chart.html" needs of a chart."""

from datetime import date
from typing import Any

from django import template
from django.utils.safestring import SafeString

from vuoksi.base.ui import drawing
from vuoksi.base.ui.charts import Chart, day
from vuoksi.base.ui.specs import styles
from vuoksi.base.ui.templatetags.ui import shown

register = template.Library()


@register.filter
def chart_key(chart: Chart) -> str:
    return drawing.key_of(chart)


@register.filter
def chart_pictures(chart: Chart) -> SafeString:
    return drawing.pictures(chart)


@register.filter
def chart_parcel(chart: Chart) -> str:
    return drawing.drawn(chart).parcel


@register.filter
def chart_names(chart: Chart) -> list[tuple[str, int, int]]:
    """Each line's name with the numbers of its colour and of its dash and shape."""
    if chart.kind != "line":
        return []
    names = dict.fromkeys(str(row[0]) for row in chart.table.rows if row[1] != "")
    return [(name, *styles(number)) for number, name in enumerate(names)]


@register.filter
def chart_cell(value: Any) -> Any:
    return day(value) if isinstance(value, date) else shown(value)


@register.filter
def is_figure(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@register.filter
def words(text: str) -> list[str]:
    return text.split()
