"""Figures in words that people read: a number in the reader's way of writing, and its unit."""

import math

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vuoksi.lib.units import UNITS

# One entry a unit of lib.units; a test holds the two together.
UNIT_WORDS: dict[str, "str | Promise"] = {
    "number": "",
    "count": "",
    "persons": pgettext_lazy("unit", "people"),
    "points": pgettext_lazy("unit", "points"),
    "index": pgettext_lazy("unit", "index"),
    "percent": "%",
    "percent_change": pgettext_lazy("unit", "% change"),
    "percentage_points": pgettext_lazy("unit", "percentage points"),
    "per_1000_persons": pgettext_lazy("unit", "per 1,000 people"),
    "kW": "kW",
    "kWh": "kWh",
    "MWh": "MWh",
    "GWh": "GWh",
    "kwh_per_m2": "kWh/m²",
    "degrees_c": "°C",
    "kg_co2e": pgettext_lazy("unit", "kg CO₂e"),
    "t_co2e": pgettext_lazy("unit", "t CO₂e"),
    "kt_co2e": pgettext_lazy("unit", "kt CO₂e"),
    "t_co2e_per_person": pgettext_lazy("unit", "t CO₂e a person"),
    "g_co2e_per_kwh": pgettext_lazy("unit", "g CO₂e/kWh"),
    "kg": "kg",
    "t": "t",
    "kg_per_person": pgettext_lazy("unit", "kg a person"),
    "l_per_day_per_person": pgettext_lazy("unit", "litres a day a person"),
    "m3": "m³",
    "m": "m",
    "km": "km",
    "m2": "m²",
    "ha": "ha",
    "km2": "km²",
    "minutes": pgettext_lazy("unit", "minutes"),
    "hours": pgettext_lazy("unit", "hours"),
    "days": pgettext_lazy("unit", "days"),
    "eur": "€",
    "million_eur": pgettext_lazy("unit", "million €"),
    "eur_per_person": pgettext_lazy("unit", "€ a person"),
}

OPERATOR_WORDS = {
    "at_least": _("at least %(value)s"),
    "at_most": _("at most %(value)s"),
    "above": _("more than %(value)s"),
    "below": _("less than %(value)s"),
}


def unit_words(code: str) -> str:
    """Give the unit in the reader's language; a unit that is not in the table is shown as it is written."""
    return str(UNIT_WORDS.get(code, code))


def number(value: float) -> str:
    """Write a figure with as many decimals as it carries, at most three significant ones below 100."""
    decimals = 0 if value == round(value) or abs(value) >= 1000 else _decimals(value)
    return number_format(
        round(value, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True
    )


def figure(value: float, unit: str) -> str:
    """Write a figure with its unit, kept on one line."""
    words = unit_words(unit)
    return f"{number(value)}\N{NO-BREAK SPACE}{words}" if words else number(value)


def unit_choices() -> list[tuple[str, str]]:
    return [(code, unit_words(code) or str(_("number without a unit"))) for code in UNITS]


def _decimals(value: float) -> int:
    if value == 0:
        return 0
    wanted = 2 - math.floor(math.log10(abs(value)))
    text = f"{value:.{max(wanted, 1)}f}".rstrip("0")
    return max(len(text.partition(".")[2]), 1)
