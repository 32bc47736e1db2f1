"""The closed table of units that the city measures in.

Closed, because two indicators in "t" and "tonnes" could not be compared; a new unit is a new row.
`display` is English source text: whoever shows it translates it. SI symbols follow the SI Brochure
(9th edition, doi:10.59161/AUEZ1291); CO2e is the mass of carbon dioxide with the same warming effect.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


class UnknownUnit(ValueError):
    """A unit code that is not in the table; `code` holds it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return f"'{self.code}' is not a known unit."


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its stable code, how it is shown after a number, and which values make sense."""

    code: str
    display: str
    minimum: float | None = 0.0
    maximum: float | None = None
    whole: bool = False

    def check(self, value: float) -> str | None:
        """Why `value` cannot be in this unit, as a stable code, or None if it can.

        Codes: ``not_finite``, ``below_minimum``, ``above_maximum``, ``not_whole``.
        """
        if not math.isfinite(value):
            return "not_finite"
        if self.minimum is not None and value < self.minimum:
            return "below_minimum"
        if self.maximum is not None and value > self.maximum:
            return "above_maximum"
        if self.whole and value != math.floor(value):
            return "not_whole"
        return None


_TABLE = (
    Unit("number", "", minimum=None),
    Unit("count", "", whole=True),
    Unit("persons", "persons", whole=True),
    Unit("points", "points", minimum=None),
    Unit("index", "index", minimum=None),
    Unit("percent", "%", maximum=100.0),
    Unit("percent_change", "% change", minimum=None),
    Unit("percentage_points", "percentage points", minimum=-100.0, maximum=100.0),
    Unit("per_1000_persons", "per 1,000 persons"),
    Unit("kW", "kW", minimum=None),
    Unit("kWh", "kWh", minimum=None),
    Unit("MWh", "MWh", minimum=None),
    Unit("GWh", "GWh", minimum=None),
    Unit("kwh_per_m2", "kWh/m²"),
    Unit("degrees_c", "°C", minimum=-273.15),
    # Emissions may be negative: sinks are counted with the same units.
    Unit("kg_co2e", "kg CO2e", minimum=None),
    Unit("t_co2e", "t CO2e", minimum=None),
    Unit("kt_co2e", "kt CO2e", minimum=None),
    Unit("t_co2e_per_person", "t CO2e per person", minimum=None),
    Unit("g_co2e_per_kwh", "g CO2e/kWh", minimum=None),
    Unit("kg", "kg"),
    Unit("t", "t"),
    Unit("kg_per_person", "kg per person"),
    Unit("l_per_day_per_person", "l/day per person"),
    Unit("m3", "m³"),
    Unit("m", "m"),
    Unit("km", "km"),
    Unit("m2", "m²"),
    Unit("ha", "ha"),
    Unit("km2", "km²"),
    Unit("minutes", "minutes"),
    Unit("hours", "hours"),
    Unit("days", "days"),
    Unit("eur", "€", minimum=None),
    Unit("million_eur", "million €", minimum=None),
    Unit("eur_per_person", "€ per person", minimum=None),
)

UNITS: Mapping[str, Unit] = MappingProxyType({row.code: row for row in _TABLE})


def unit(code: str) -> Unit:
    """The unit with this code; `UnknownUnit` if the table has none."""
    try:
        return UNITS[code]
    except KeyError:
        raise UnknownUnit(code) from None
