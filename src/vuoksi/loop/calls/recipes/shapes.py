"""What a kind of call begins with: texts in several languages, dates counted from the day it opens, questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

# A text by language. Each recipe has all of LANGUAGES.
Text = Mapping[str, str]
LANGUAGES = ("en", "fi", "sv")


@dataclass(frozen=True, slots=True)
class Span:
    """A phase: days from the first day of sending on which it opens (at nine) and closes (at four)."""

    kind: str
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One question; `low` and `high` limit numbers, sums of money in euros and lengths in months; `file_kinds` files."""

    kind: str
    label: Text
    hint: Text | None = None
    choices: Text | None = None
    is_required: bool = True
    max_length: int = 2000
    low: int | None = None
    high: int | None = None
    file_kinds: str = "any"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A kind of call. `answers_after_days` counts from the first day too; `purpose` says what the kind is for."""

    kind: str
    purpose: "str | Promise"
    title: Text
    summary: Text
    need: Text
    offer: Text
    entrants: str
    phases: tuple[Span, ...]
    answers_after_days: int
    questions: tuple[Ask, ...] = ()
    categories: Mapping[str, Text] = field(default_factory=dict)
    is_sealed: bool = False
    is_joint: bool = False
