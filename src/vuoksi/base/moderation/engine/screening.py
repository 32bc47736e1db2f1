"""Whether a text should be looked at before it shows. It is never refused, and never judged by its words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LINK = re.compile(r"\b(?:https?://|www\.)\S", re.IGNORECASE)


class Doubt(StrEnum):
    LINKS = "links"
    NEW_WITH_LINK = "new_with_link"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Limits:
    """From how many links on a text is held; how many hours an account is new; how many texts a day are usual."""

    links: int
    new_h: float
    a_day: int


@dataclass(frozen=True, slots=True)
class Written:
    """A text in numbers: its links, the age of the account (None: no account), what its writer sent before.

    `shown_before` counts texts that are shown today, `in_last_day` those sent within 24 hours before this one.
    """

    links: int
    account_age_h: float | None
    shown_before: int
    in_last_day: int


def links_in(texts: Iterable[str]) -> int:
    return sum(len(LINK.findall(text)) for text in texts)


def doubt_about(written: Written, limits: Limits) -> Doubt | None:
    """Give the first doubt; None for a text that shows at once."""
    if written.links >= limits.links:
        return Doubt.LINKS
    is_new = written.account_age_h is None or written.account_age_h < limits.new_h
    if is_new and written.shown_before == 0 and written.links > 0:
        return Doubt.NEW_WITH_LINK
    return Doubt.MANY if written.in_last_day >= limits.a_day else None
