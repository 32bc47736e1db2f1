"""Whose words may be translated: everybody may read an indicator."""

from vuoksi.base.people.rules import Person
from vuoksi.base.texts.registry import translatable
from vuoksi.indicators.models import Indicator


@translatable(Indicator)
def may_read_indicator(user: Person, indicator: Indicator) -> bool:
    return True
