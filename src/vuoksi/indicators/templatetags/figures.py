"""`{{ observation.value|figure:indicator.unit }}`: a figure in the reader's way of writing, with its unit."""

from django import template

from vuoksi.indicators.words import figure as in_words
from vuoksi.indicators.words import number as plain_number
from vuoksi.indicators.words import unit_words as words_for

register = template.Library()


@register.filter
def figure(value: float | None, unit: str) -> str:
    return "" if value is None else in_words(value, unit)


@register.filter
def number(value: float | None) -> str:
    return "" if value is None else plain_number(value)


@register.filter
def unit_words(code: str) -> str:
    return words_for(code)
