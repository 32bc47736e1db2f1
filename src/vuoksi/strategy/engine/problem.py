"""What a verdict is made from, and what it says. All values are in the indicator's own unit."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Operator = Literal["at_least", "at_most", "above", "below"]
State = Literal["reached", "on_track", "off_track", "missed", "no_target", "too_little_data"]
Reason = Literal[
    "no_target_set",
    "no_observations",
    "stale",
    "no_baseline",
    "nothing_since_baseline",
    "not_yet_measured",
    "not_measured_at_due",
    "met",
    "on_path",
    "within_tolerance",
    "behind_path",
    "moving_away",
    "standing_not_met",
    "met_at_due",
    "not_met_at_due",
    "met_since",
]
OPERATORS: tuple[Operator, ...] = get_args(Operator)

# Share of the planned change by which a value may lag behind the path and still be on track: half
# a year of a ten-year plan. Yearly figures come late and move unevenly; more would hide a stop.
TOLERANCE = 0.05
# A figure speaks for the due day if its period ends at most so many days before it (so that a
# target due on 1 January is judged by the year that ended the day before) ...
EARLY_DAYS = 3
# ... or at most a leap year after it (so that yearly figures always have one that counts).
LATE_DAYS = 366
# Without a figure for three years a yearly statistic has missed an edition: nobody knows any more.
STALE_AFTER_DAYS = 1096


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure.

    Parameters
    ----------
    period_end
        Last day of the period that the figure speaks for (31 December for a calendar year).
    value, low, high
        The figure and, where published, both ends of its uncertainty interval.
    method
        Code of the method; figures of different methods are never compared.

    Raises
    ------
    ValueError
        If a number is not finite, only one end is given, or the value lies outside its interval.
    """

    period_end: date
    value: float
    low: float | None = None
    high: float | None = None
    method: str = ""

    def __post_init__(self) -> None:
        _check_finite("value", self.value)
        if (self.low is None) != (self.high is None):
            raise ValueError("An interval needs both its ends, low and high.")
        if self.low is not None and self.high is not None:
            _check_finite("low", self.low)
            _check_finite("high", self.high)
            if not self.low <= self.value <= self.high:
                raise ValueError("A value must lie between its low and its high.")


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where the plan starts: a value on a day, and the method it was measured by, if known.

    A baseline without a method is taken as comparable: whoever set it answers for that.
    """

    value: float
    day: date
    method: str | None = None

    def __post_init__(self) -> None:
        _check_finite("baseline", self.value)


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be reached, and by when.

    Parameters
    ----------
    value
        None if the city has set no target.
    operator
        How a value must stand to `value` to satisfy the target.
    due
        The day by whose end the target must be reached; None for a standing target, which must
        be satisfied at all times.
    baseline
        Without one, the first observation of the same method is the baseline.
    stale_after_days
        Age in days at which the newest figure no longer says how things are; set it higher for a
        survey that is made every four years.

    Raises
    ------
    ValueError
        If a number is not finite or not positive where it must be, the operator is unknown, or
        the baseline is not before the due day.
    """

    value: float | None
    operator: Operator = "at_least"
    due: date | None = None
    baseline: Baseline | None = None
    stale_after_days: int = STALE_AFTER_DAYS

    def __post_init__(self) -> None:
        if self.operator not in OPERATORS:
            raise ValueError(f"'{self.operator}' is not one of {', '.join(OPERATORS)}.")
        if self.value is not None:
            _check_finite("target", self.value)
        if self.baseline and self.due and self.baseline.day >= self.due:
            raise ValueError("The baseline must be before the due day.")
        if self.stale_after_days < 1:
            raise ValueError("A figure must stay fresh for at least one day.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a target stands, and the numbers to say why.

    Attributes
    ----------
    state, reason
        The verdict and a stable code for the sentence that explains it.
    latest
        The newest observation (of the method that was judged); shown even without a verdict.
    judged
        The observation that decided, None if there is no verdict.
    baseline
        The baseline in use, None where the rule needed none.
    expected, expected_today
        The path's value on the judged figure's last day, and today.
    tolerance
        By how much a value may lag behind `expected` and still be on track.
    gap
        How far the judged value is from the target: positive while it falls short.
    projected
        Where the line from the baseline through the judged figure arrives on the due day.
    certain
        False if another value inside the figure's published interval would give another state;
        True without an interval and where there is no verdict.
    """

    state: State
    reason: Reason
    latest: Observation | None = None
    judged: Observation | None = None
    baseline: Baseline | None = None
    expected: float | None = None
    expected_today: float | None = None
    tolerance: float | None = None
    gap: float | None = None
    projected: float | None = None
    certain: bool = True


def _check_finite(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number, not {value}.")
