"""System checks: a target on an indicator that nobody measures, or in a unit that nobody knows, is said at the start."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from vuoksi.strategy import queries
from vuoksi.strategy.models import Target

_FAULTS = {
    "unknown_unit": (
        "{key!r} has a target but its unit, {unit!r}, is not a known one.",
        "strategy.E001",
    ),
    "unknown_key": ("{key!r} has a target but no system registers it any more.", "strategy.E002"),
}


@register(Tags.database)
def targets_on_known_indicators(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse targets on unknown keys and units. Runs where the database is asked: `migrate`, `check --database`."""
    # The check comes before the first migration too, when there is nothing to look at.
    if not databases or Target._meta.db_table not in connection.introspection.table_names():
        return []
    indicators = {target.indicator_id: target.indicator for target in queries.all_targets()}
    found: list[CheckMessage] = []
    for indicator in indicators.values():
        code = queries.indicator_fault(indicator)
        if code:
            text, number = _FAULTS[code]
            found.append(
                Error(text.format(key=indicator.key, unit=indicator.unit), obj=indicator, id=number)
            )
    return found
