"""Everybody may read an indicator, follow it, and translate its words."""

from vuoksi.base.people.rules import Person
from vuoksi.base.talk.about import About, discussable, to_follow
from vuoksi.base.texts.registry import translatable
from vuoksi.indicators.models import Indicator


@discussable(Indicator)
def about_indicator(indicator: Indicator) -> About:
    return to_follow(indicator.get_absolute_url())


@translatable(Indicator)
def may_read_indicator(user: Person, indicator: Indicator) -> bool:
    return True
