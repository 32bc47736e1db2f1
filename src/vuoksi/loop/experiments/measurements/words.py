"""Words of this app that are made of counts."""

from collections.abc import Callable

from django.utils.translation import ngettext


def _not_listed(count: int) -> str:
    words = ngettext(
        "%(count)s score is left out: its code stands in none of the groups.",
        "%(count)s scores are left out: their codes stand in none of the groups.",
        count,
    )
    return words % {"count": count}


def _no_place(count: int) -> str:
    words = ngettext(
        "%(count)s score is left out: the design of the plan has no place for answers of this survey.",
        "%(count)s scores are left out: the design of the plan has no place for answers of this survey.",
        count,
    )
    return words % {"count": count}


def _wrong_side(count: int) -> str:
    words = ngettext(
        "%(count)s score is left out: the survey before was answered after the trial had begun, or the one after before it.",
        "%(count)s scores are left out: the survey before was answered after the trial had begun, or the one after before it.",
        count,
    )
    return words % {"count": count}


# Why scores of surveys have no place among the measurements, by the reason (queries.scores).
LEFT_OUT: dict[str, Callable[[int], str]] = {
    "not_listed": _not_listed,
    "no_place": _no_place,
    "wrong_side": _wrong_side,
}
