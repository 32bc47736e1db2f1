"""What every design's question has in common: direction, confidence, and the rule that was fixed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Design = Literal[
    "before_after_paired",
    "before_after",
    "two_groups",
    "matched_pairs",
    "difference_in_differences",
    "interrupted_time_series",
    "stepped_wedge",
]
Better = Literal["up", "down"]
DESIGNS: tuple[Design, ...] = get_args(Design)

MOST_VALUES = 1_000_000
LARGEST_VALUE = 1e60


class ProblemError(ValueError):
    """Data that cannot be analysed.

    `code` is stable: ``unknown_design``, ``unknown_direction``, ``bad_confidence``, ``bad_rule``,
    ``too_few``, ``too_many``, ``not_a_number``, ``unequal_pairs``, ``no_variation``, ``bad_choice``,
    ``bad_range``, ``unequal_lengths``, ``bad_share``, ``bad_count``, ``no_events``, ``bad_groups``, ``bad_start``,
    ``not_identified``; from `rows` also
    ``missing_period``; from `formats` also ``not_json``, ``unknown_field``, ``missing_field``,
    ``not_a_text``, ``not_a_flag`` and ``not_an_object``; from `tasks` ``unknown_task``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The part of a problem that does not depend on its design.

    Parameters
    ----------
    better
        Whether a rise (``up``) or a fall (``down``) of the measure is what is hoped for.
    confidence
        Confidence level of the interval, 0.5 to 0.999.
    minimum_effect
        The scale rule: the smallest improvement worth scaling, positive in the better direction
        (negative if a small loss is acceptable). None if no rule was set.
    stop_effect
        The stop rule: improvements below this are not worth going on; not above
        `minimum_effect`, which it equals if None.
    """

    better: Better = "up"
    confidence: float = 0.95
    minimum_effect: float | None = None
    stop_effect: float | None = None


def check_question(question: Question) -> None:
    """Raise `ProblemError` for a direction, confidence or rule outside its range."""
    if question.better not in get_args(Better):
        raise ProblemError("unknown_direction", "Better must be up or down.")
    check_confidence(question.confidence)
    minimum, stop = question.minimum_effect, question.stop_effect
    if any(each is not None and not math.isfinite(each) for each in (minimum, stop)):
        raise ProblemError("bad_rule", "The rule's effects must be finite numbers.")
    if stop is not None and (minimum is None or stop > minimum):
        raise ProblemError("bad_rule", "The stop effect must not exceed the minimum effect.")


def check_confidence(confidence: float) -> None:
    if not 0.5 <= confidence <= 0.999:
        raise ProblemError("bad_confidence", "The confidence must lie between 0.5 and 0.999.")


def check_values(name: str, values: Sequence[float], *, least: int = 2) -> None:
    """Raise `ProblemError` unless there are enough values, not too many, and all are finite."""
    if len(values) < least:
        count = {1: "one value", 2: "two values"}.get(least, f"{least} values")
        raise ProblemError("too_few", f"The {name} needs at least {count}.")
    if len(values) > MOST_VALUES:
        raise ProblemError("too_many", f"The {name} may have at most {MOST_VALUES} values.")
    if not all(math.isfinite(value) and abs(value) <= LARGEST_VALUE for value in values):
        raise ProblemError("not_a_number", f"The {name} must hold finite numbers only.")


def check_range(name: str, value: float, low: float, high: float) -> None:
    """Raise `ProblemError` unless ``low <= value <= high`` (a value that is no number never is)."""
    if not low <= value <= high:
        raise ProblemError("bad_range", f"The {name} must lie between {low:g} and {high:g}.")


def check_choice(name: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise ProblemError("bad_choice", f"The {name} must be one of {', '.join(choices)}.")


def check_lengths(length: int, columns: Mapping[str, Sequence[object]]) -> None:
    """Raise `ProblemError` unless every column has one entry for each value."""
    for name, column in columns.items():
        if len(column) != length:
            raise ProblemError("unequal_lengths", f"The {name} must have one entry for each value.")


def check_variation(values: Sequence[float]) -> None:
    """Raise `ProblemError` for values that do not vary beyond the rounding of their numbers."""
    largest = max(map(abs, values))
    if max(values) - min(values) <= max(LEAST_SPREAD, LEAST_RELATIVE_SPREAD * largest):
        raise ProblemError("no_variation", "The values do not vary, so nothing can be inferred.")


# Differences below these are rounding of the numbers, not variation of what was measured.
LEAST_SPREAD = 1e-60
LEAST_RELATIVE_SPREAD = 1e-9
