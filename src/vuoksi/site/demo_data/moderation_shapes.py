"""What moderation.json holds: comments that somebody reported, and what became of each, step by step."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Report:
    by: str
    language: str
    reason: str
    note: str
    day: date


@dataclass(frozen=True)
class Ruling:
    """What a moderator decided; `reason` is the rule, "fine" where none is broken."""

    by: str
    outcome: str
    reason: str
    words: str
    language: str
    day: date


@dataclass(frozen=True)
class Appeal:
    """The author's appeal, and what another moderator than the first decided."""

    text: str
    day: date
    ruling: Ruling


@dataclass(frozen=True)
class Mending:
    """The comment as its author wrote it anew, and the look at it before it showed again."""

    text: str
    day: date
    ruling: Ruling


@dataclass(frozen=True)
class Case:
    """`entry` is a key of calls.json; the comment stands under it."""

    key: str
    entry: str
    author: str
    language: str
    text: str
    written: date
    report: Report
    ruling: Ruling
    appeal: Appeal | None
    mending: Mending | None
