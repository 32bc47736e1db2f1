"""System checks: what is wrong with the registered indicators is said when the program starts."""

from collections import Counter
from typing import Any

from django.core.checks import CheckMessage, Error, register

from vuoksi.indicators.models import Indicator
from vuoksi.indicators.registry import REGISTERED, Registered
from vuoksi.lib.units import UNITS


@register()
def registered_indicators(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    counts = Counter(entry.key for entry in REGISTERED)
    twice = [
        Error(f"The indicator {key!r} is registered twice.", id="indicators.E001")
        for key, n in counts.items()
        if n > 1
    ]
    return [*twice, *(error for entry in REGISTERED for error in _faults(entry))]


def _faults(entry: Registered) -> list[CheckMessage]:
    faults: list[CheckMessage] = []
    if entry.unit not in UNITS:
        faults.append(
            Error(f"{entry.key!r}: {entry.unit!r} is not a known unit.", id="indicators.E002")
        )
    if entry.better not in Indicator.Better.values:
        faults.append(Error(f"{entry.key!r}: better is up, down or neutral.", id="indicators.E003"))
    system, _dot, name = entry.key.partition(".")
    if not (system.isidentifier() and name.isidentifier()):
        faults.append(Error(f"{entry.key!r} must read <system>.<name>.", id="indicators.E004"))
    return faults
