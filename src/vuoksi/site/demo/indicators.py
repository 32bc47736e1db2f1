"""What Espoo measures: the roadmap's indicators, emissions, population, languages."""

from datetime import UTC, datetime

from vuoksi.base.people.models import User
from vuoksi.indicators.actions import create_indicator, publish_figures
from vuoksi.indicators.models import Indicator
from vuoksi.indicators.queries import Figure
from vuoksi.lib import periods
from vuoksi.site.demo.words import add_translations
from vuoksi.site.demo_data import read, shapes

PUBLISHED = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)

UNITS = {
    "%": "percent",
    "kg per person": "kg_per_person",
    "kt CO2e": "kt_co2e",
    "l/day per person": "l_per_day_per_person",
    "number": "count",
    "persons": "persons",
    "t CO2e per person": "t_co2e_per_person",
}
BETTER = {"up": "up", "down": "down", "none": "neutral"}
KINDS = {"published": "measured"}


def load(by: User) -> dict[str, Indicator]:
    """Give the indicators by their key, each with its figures published."""
    known = {row.key: row for row in Indicator.objects.all()}
    for row in read.indicators():
        if row.key not in known:
            known[row.key] = _create(row, by)
    for key, indicator in known.items():
        figures = [_figure(row) for row in read.observations() if row.indicator == key]
        if figures:
            publish_figures(indicator=indicator, figures=figures, by=by, at=PUBLISHED)
    return known


def _create(row: shapes.Indicator, by: User) -> Indicator:
    indicator = create_indicator(
        key=row.key,
        title=row.title_en,
        language="en",
        description=row.note,
        unit=UNITS[row.unit],
        better=BETTER[row.better],
        data_owner=row.data_owner,
        interval=_interval(row.interval_years),
        source=row.source,
        by=by,
        at=PUBLISHED,
    )
    title = {"en": row.title_en, "fi": row.title_fi, "sv": row.title_sv, "ar": row.title_ar}
    words = {language: text for language, text in title.items() if text}
    add_translations(indicator, {"title": shapes.Text(words)}, by, PUBLISHED)
    return indicator


def _figure(row: shapes.Observation) -> Figure:
    period = periods.year(row.period)
    return Figure(
        period.start,
        period.end,
        row.value,
        row.method,
        row.source,
        row.low,
        row.high,
        KINDS.get(row.kind, row.kind),
        row.note,
    )


def _interval(years: int | None) -> str:
    if years is None:
        return ""
    return "every year" if years == 1 else f"every {years} years"
