"""What a first analysis is made from, and what it says.

All values are in the unit of the experiment's measure, and so is the effect.
"""

import math
from dataclasses import dataclass
from typing import Literal, get_args

Design = Literal["before_after_paired", "before_after", "two_groups"]
Better = Literal["up", "down"]
Outcome = Literal["scale", "stop", "inconclusive", "no_rule"]
Caution = Literal[
    "no_comparison_group", "small_sample", "intervals_disagree", "bootstrap_stopped_early"
]
DESIGNS: tuple[Design, ...] = get_args(Design)

SMALL_SAMPLE = 10
MOST_VALUES = 1_000_000
LARGEST_VALUE = 1e60
# Differences below these are rounding of the numbers, not variation of what was measured.
LEAST_SPREAD = 1e-60
LEAST_RELATIVE_SPREAD = 1e-9


class ProblemError(ValueError):
    """Data that cannot be analysed.

    `code` is stable: ``unknown_design``, ``unknown_direction``, ``bad_confidence``,
    ``bad_rule``, ``too_few``, ``too_many``, ``not_a_number``, ``unequal_pairs``, ``no_variation``;
    from `formats` also ``not_json``, ``unknown_field`` and ``missing_field``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Problem:
    """Measurements of one experiment and the rule that was fixed before it started.

    Parameters
    ----------
    design
        ``before_after_paired``: the same units measured before and after, in the same order.
        ``before_after``: units before and other units after.
        ``two_groups``: a comparison group and a group with the trial, at the same time.
    reference
        Values before the trial, or of the comparison group; shape (n_reference,).
    treatment
        Values after the trial started, or of the group with the trial; shape (n_treatment,).
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

    Raises
    ------
    ProblemError
        For fewer than two values on a side (a spread needs two), unequal pairs, values without
        any variation (no interval can be computed), or an argument outside its range. Data that
        is too little is thus refused here, and every `Result` is a full one.
    """

    design: Design
    reference: tuple[float, ...]
    treatment: tuple[float, ...]
    better: Better = "up"
    confidence: float = 0.95
    minimum_effect: float | None = None
    stop_effect: float | None = None

    def __post_init__(self) -> None:
        if self.design not in DESIGNS:
            raise ProblemError("unknown_design", f"The design must be one of {', '.join(DESIGNS)}.")
        if self.better not in get_args(Better):
            raise ProblemError("unknown_direction", "Better must be up or down.")
        if not 0.5 <= self.confidence <= 0.999:
            raise ProblemError("bad_confidence", "The confidence must lie between 0.5 and 0.999.")
        _check_rule(self.minimum_effect, self.stop_effect)
        _check_values("reference", self.reference)
        _check_values("treatment", self.treatment)
        if self.paired and len(self.reference) != len(self.treatment):
            raise ProblemError("unequal_pairs", "Each unit needs one value before and one after.")
        if not any(_varies(sample, self.largest) for sample in self.samples):
            raise ProblemError(
                "no_variation", "The values do not vary, so nothing can be inferred."
            )

    @property
    def paired(self) -> bool:
        """Whether the same units stand on both sides."""
        return self.design == "before_after_paired"

    @property
    def samples(self) -> tuple[tuple[float, ...], ...]:
        """The independent samples: differences after minus before, or treatment and reference."""
        if self.paired:
            pairs = zip(self.reference, self.treatment, strict=True)
            return (tuple(after - before for before, after in pairs),)
        return self.treatment, self.reference

    @property
    def largest(self) -> float:
        """The largest absolute value among all measurements."""
        return max(map(abs, (*self.reference, *self.treatment)))


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, in the unit of the measure."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """The effect and how sure it is.

    Attributes
    ----------
    effect, interval, standard_error
        Mean of the treatment minus mean of the reference, with its Student t interval (paired, or
        Welch's for two samples) at the problem's confidence.
    t, degrees_of_freedom, p_value
        The t test of no effect, two-sided.
    hedges_g
        The effect in standard deviations, corrected for small samples; None with two pairs.
    relative_effect
        The effect as a share of the reference's mean; None unless that mean is positive.
    bootstrap, resamples
        BCa bootstrap interval, free of the assumption of a normal distribution: a check on
        `interval`, never the basis of the rule. None if stopped before 1,000 resamples.
    rule_outcome
        See `analyse.rule_outcome`.
    cautions
        Stable codes of what the reader must be told.
    """

    design: Design
    confidence: float
    n_reference: int
    n_treatment: int
    mean_reference: float
    mean_treatment: float
    effect: float
    interval: Interval
    standard_error: float
    t: float
    degrees_of_freedom: float
    p_value: float
    hedges_g: float | None
    relative_effect: float | None
    bootstrap: Interval | None
    resamples: int
    rule_outcome: Outcome
    cautions: tuple[Caution, ...]


def _check_rule(minimum_effect: float | None, stop_effect: float | None) -> None:
    if any(each is not None and not math.isfinite(each) for each in (minimum_effect, stop_effect)):
        raise ProblemError("bad_rule", "The rule's effects must be finite numbers.")
    if stop_effect is not None and (minimum_effect is None or stop_effect > minimum_effect):
        raise ProblemError("bad_rule", "The stop effect must not exceed the minimum effect.")


def _check_values(name: str, values: tuple[float, ...]) -> None:
    if len(values) < 2:
        raise ProblemError("too_few", f"The {name} needs at least two values.")
    if len(values) > MOST_VALUES:
        raise ProblemError("too_many", f"The {name} may have at most {MOST_VALUES} values.")
    if not all(math.isfinite(value) and abs(value) <= LARGEST_VALUE for value in values):
        raise ProblemError("not_a_number", f"The {name} must hold finite numbers only.")


def _varies(sample: tuple[float, ...], largest: float) -> bool:
    return max(sample) - min(sample) > max(LEAST_SPREAD, LEAST_RELATIVE_SPREAD * largest)
