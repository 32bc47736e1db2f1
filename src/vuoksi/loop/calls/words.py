"""Answers to typed questions in the reader's manner, and the limits of a question in words."""

from babel import Locale
from babel.numbers import format_currency
from django.utils.translation import get_language, ngettext, to_locale
from django.utils.translation import gettext as _

from vuoksi.base.ui.templatetags.ui import figure
from vuoksi.loop.calls.engine.answers import FILE_ENDINGS, number
from vuoksi.loop.calls.models import Question


def money(value: float, currency: str = "EUR") -> str:
    """A sum as it is written in the reader's language; cents only if there are any."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    pattern = locale.currency_formats["standard"].pattern
    if float(value).is_integer():
        pattern = pattern.replace(".00", "")
    return str(format_currency(value, currency, pattern, locale=locale, currency_digits=False))


def months(count: int) -> str:
    return ngettext("%(n)s month", "%(n)s months", count) % {"n": count}


def shown_answer(question: Question, text: str) -> str:
    """A number, a sum of money or a length as such; empty for an answer that is shown as it was written."""
    value = number(text.strip().removesuffix("€"))
    return "" if value is None else _shown(question, value)


def limits(question: Question) -> str:
    """Say between what an answer must be; empty when nothing is asked."""
    if question.kind == Question.Kind.FILE:
        return _file_limits(question)
    low, high = question.low, question.high
    if low is not None and high is not None:
        return _("between %(low)s and %(high)s") % {
            "low": _shown(question, low),
            "high": _shown(question, high),
        }
    if low is not None:
        return _("at least %(low)s") % {"low": _shown(question, low)}
    return _("at most %(high)s") % {"high": _shown(question, high)} if high is not None else ""


def _file_limits(question: Question) -> str:
    endings = ", ".join(ending.upper() for ending in FILE_ENDINGS[question.file_kinds])
    return _("%(kinds)s, at most %(most)s MB") % {"kinds": endings, "most": question.most_mb}


def _shown(question: Question, value: float) -> str:
    if question.kind == Question.Kind.MONEY:
        return money(value, question.currency)
    if question.kind == Question.Kind.MONTHS:
        return months(int(value))
    return figure(value) if question.kind == Question.Kind.NUMBER else ""
