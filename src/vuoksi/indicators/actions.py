from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell_upstream
from vuoksi.base.people.models import User
from vuoksi.indicators import kinds, queries, rules
from vuoksi.indicators.models import Indicator, Observation
from vuoksi.indicators.queries import Figure
from vuoksi.indicators.registry import REGISTERED, Registered
from vuoksi.lib.periods import Period
from vuoksi.lib.units import unit as known_unit


@action
def create_indicator(
    *,
    key: str,
    title: str,
    language: str,
    unit: str,
    better: str,
    by: User,
    at: datetime,
    **more: Any,
) -> Indicator:
    """Create an indicator of staff's own; raises UnknownUnit."""
    rules.check_create_indicator(by)
    known_unit(unit)
    indicator = Indicator.objects.create(
        key=key, title=title, language=language, unit=unit, better=better, **more
    )
    record(actor=by, verb="indicators.create_indicator", thing=indicator, at=at, key=key)
    return indicator


@action
def edit_indicator(
    *, indicator: Indicator, version: int, by: User, at: datetime, **changes: Any
) -> None:
    """Change words and facts about an indicator; raises EditedMeanwhile."""
    rules.check_edit_indicator(by, indicator)
    save_if_unchanged(indicator, version=version, **changes)
    record(
        actor=by, verb="indicators.edit_indicator", thing=indicator, at=at, fields=sorted(changes)
    )
    tell_upstream(kind=kinds.INDICATOR_EDITED, thing=indicator, by=by, at=at)


@action
def publish_figures(
    *, indicator: Indicator, figures: Iterable[Figure], by: User, at: datetime
) -> int:
    """Publish figures; give the number of new rows.

    A figure for a period and method that has one already supersedes it; the same figure again changes nothing. Those
    who follow the indicator are told once, whatever the number of figures.
    """
    rules.check_publish(by, indicator)
    asked = [_publish(indicator, figure, by, at) for figure in figures]
    rows = [row for row in asked if row is not None]
    if not rows:
        nothing_to_do()
        return 0
    record(actor=by, verb="indicators.publish_figures", thing=indicator, at=at, count=len(rows))
    is_new = any(row.supersedes is None for row in rows)
    kind = kinds.FIGURES_PUBLISHED if is_new else kinds.FIGURES_CORRECTED
    tell_upstream(kind=kind, thing=indicator, by=by, at=at, count=len(rows))
    return len(rows)


@action
def synchronise_indicators(*, at: datetime) -> list[Indicator]:
    """Make the rows of the indicators that the platform measures itself agree with the code; give all of them."""
    nothing_to_do()
    return [_synchronise(entry, at) for entry in REGISTERED]


@action
def observe(*, period: Period, at: datetime, only_missing: bool = False) -> int:
    """Ask the registered indicators for their reading in `period`; give the number of new figures.

    A reading that was made before the period was over is superseded again and again: only the first is told. With
    `only_missing` those that have a figure for the period are not asked again.
    """
    nothing_to_do()
    rows = {row.key: row for row in Indicator.objects.filter(is_from_code=True)}
    known = queries.keys_with_figure(period) if only_missing else frozenset()
    asked = [entry for entry in REGISTERED if entry.key not in known]
    return sum(_observe(rows[entry.key], entry, period, at) for entry in asked)


def _observe(indicator: Indicator, entry: Registered, period: Period, at: datetime) -> bool:
    reading = entry.measure(period)
    if reading is None:
        return False
    figure = Figure(period.start, period.end, source=entry.source, **asdict(reading))
    row = _publish(indicator, figure, None, at)
    if row is not None:
        _tell_of_reading(row, period, at)
    return row is not None


def _tell_of_reading(row: Observation, period: Period, at: datetime) -> None:
    thing = row.indicator
    record(actor=None, verb="indicators.observe", thing=thing, at=at, period=period.label)
    if row.supersedes is None:
        tell_upstream(kind=kinds.FIGURES_PUBLISHED, thing=thing, by=None, at=at, count=1)


def _publish(indicator: Indicator, figure: Figure, by: Actor, at: datetime) -> Observation | None:
    """Write a figure into the ledger, unless it says exactly this already."""
    old = queries.figure_for(indicator, figure.start, figure.end, figure.method)
    if old is not None and queries.is_same(old, figure):
        return None
    if old is not None:
        Observation.objects.filter(pk=old.pk).update(is_current=False)
    return Observation.objects.create(
        indicator=indicator,
        published_by_id=by.pk if by is not None else None,
        published_at=at,
        supersedes=old,
        **asdict(figure),
    )


def _synchronise(entry: Registered, at: datetime) -> Indicator:
    said: dict[str, Any] = {
        "language": "en",
        "title": str(entry.label),
        "description": str(entry.description),
        "unit": entry.unit,
        "better": entry.better,
        "source": entry.source,
        "is_from_code": True,
    }
    row = Indicator.objects.filter(key=entry.key).first()
    if row is None or any(getattr(row, name) != value for name, value in said.items()):
        row, _is_new = Indicator.objects.update_or_create(key=entry.key, defaults=said)
        record(actor=None, verb="indicators.synchronise", thing=row, at=at)
    return row
