"""Indicators that the platform's own systems measure. Each system registers its own in `indicators.py`.

@indicator("charging.energy_kwh", label=_("Energy charged"), unit="kWh", better="up", source="OCPP transactions")
def energy_kwh(period: Period) -> Reading | None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from vuoksi.lib.periods import Period


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured in a period, in the indicator's unit; low and high bound it where known."""

    value: float
    method: str
    low: float | None = None
    high: float | None = None


Measure = Callable[[Period], Reading | None]


@dataclass(frozen=True, slots=True)
class Registered:
    """`key` is `<system>.<name>`; `measure` gives None where there is nothing to measure yet."""

    key: str
    label: "str | Promise"
    unit: str
    better: str
    source: str
    measure: Measure
    description: "str | Promise" = ""


REGISTERED: list[Registered] = []


def indicator(
    key: str,
    *,
    label: "str | Promise",
    unit: str,
    better: str,
    source: str,
    description: "str | Promise" = "",
) -> Callable[[Measure], Measure]:
    """Register the function below as an indicator. The system check refuses wrong keys and units."""

    def register(measure: Measure) -> Measure:
        REGISTERED.append(Registered(key, label, unit, better, source, measure, description))
        return measure

    return register
