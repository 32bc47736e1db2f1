"""Two sides compared: before and after, two groups, or matched pairs."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from vuoksi.loop.experiments.analyses.engine.problem.counts import (
    Dispersion,
    check_counts,
    check_exposure,
    check_happened,
)
from vuoksi.loop.experiments.analyses.engine.problem.question import (
    LEAST_RELATIVE_SPREAD,
    LEAST_SPREAD,
    Design,
    ProblemError,
    Question,
    check_choice,
    check_question,
    check_range,
    check_values,
)

Kind = Literal["value", "share", "count"]
Assignment = Literal["unknown", "chance", "matching"]
SIDES: tuple[Design, ...] = ("before_after_paired", "before_after", "two_groups", "matched_pairs")
PAIRED: tuple[Design, ...] = ("before_after_paired", "matched_pairs")

SMALL_SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Problem(Question):
    """Measurements of one experiment on two sides, and the rule that was fixed before it started.

    Parameters
    ----------
    design
        ``before_after_paired``: the same units measured before and after, in the same order.
        ``before_after``: units before and other units after.
        ``two_groups``: a comparison group and a group with the trial, at the same time.
        ``matched_pairs``: each unit with the trial beside the unit that was matched to it.
    reference
        Values before the trial, or of the comparison group; shape (n_reference,).
    treatment
        Values after the trial started, or of the group with the trial; shape (n_treatment,).
    kind
        ``value``: numbers in the measure's unit. ``share``: 1 for yes and 0 for no; the effect is a
        difference of shares. ``count``: whole numbers of events; the effect is the change of their
        rate in percent.
    assignment
        Who decided which unit is in which of two groups: ``chance``, ``matching`` or ``unknown``.
    baseline_reference, baseline_treatment
        Each unit's value before the trial, for two groups: the effect is then adjusted for it
        (analysis of covariance). Empty, or as many as there are values.
    strata_reference, strata_treatment
        Each unit's stratum, if chance decided within strata: the effect is adjusted for them.
    missing_reference, missing_treatment
        How many units were to be measured and are not in the data (for pairs: incomplete pairs,
        given once in `missing_treatment`).
    lowest, highest
        The least and the greatest value that the measure can take, for bounds on what the missing
        ones could change. For shares they are 0 and 1.
    exposure_reference, exposure_treatment
        What each count was counted over (days, persons, person-years); 1 each if empty.
    dispersion
        ``estimated``: counts may vary more, or less, than by pure chance (quasi-Poisson). ``poisson``:
        they vary by pure chance; one count on each side is then enough.

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
    kind: Kind = "value"
    assignment: Assignment = "unknown"
    baseline_reference: tuple[float, ...] = ()
    baseline_treatment: tuple[float, ...] = ()
    strata_reference: tuple[str, ...] = ()
    strata_treatment: tuple[str, ...] = ()
    missing_reference: int = 0
    missing_treatment: int = 0
    lowest: float | None = None
    highest: float | None = None
    exposure_reference: tuple[float, ...] = ()
    exposure_treatment: tuple[float, ...] = ()
    dispersion: Dispersion = "estimated"

    def __post_init__(self) -> None:
        if self.design not in SIDES:
            raise ProblemError("unknown_design", f"The design must be one of {', '.join(SIDES)}.")
        check_question(self)
        check_choice("kind", self.kind, get_args(Kind))
        check_choice("assignment", self.assignment, get_args(Assignment))
        check_choice("dispersion", self.dispersion, get_args(Dispersion))
        least = 1 if self.kind == "count" and self.dispersion == "poisson" else 2
        check_values("reference", self.reference, least=least)
        check_values("treatment", self.treatment, least=least)
        if self.paired and len(self.reference) != len(self.treatment):
            raise ProblemError("unequal_pairs", "Each unit needs one value before and one after.")
        _check_kind(self)
        _check_adjustment(self)
        _check_missing(self)

    @property
    def paired(self) -> bool:
        """Whether each value stands beside another one: the same unit's, or a matched unit's."""
        return self.design in PAIRED

    @property
    def adjusted(self) -> bool:
        """Whether there is something to adjust for: a baseline or strata."""
        return bool(self.baseline_reference or self.strata_reference)

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


def _check_kind(problem: Problem) -> None:
    if problem.kind != "count" and (problem.exposure_reference or problem.exposure_treatment):
        raise ProblemError("bad_choice", "Only counts have an exposure.")
    if problem.kind == "value":
        if not any(_varies(sample, problem.largest) for sample in problem.samples):
            raise ProblemError(
                "no_variation", "The values do not vary, so nothing can be inferred."
            )
    elif problem.kind == "count":
        check_counts((*problem.reference, *problem.treatment))
        check_exposure(problem.reference, problem.exposure_reference)
        check_exposure(problem.treatment, problem.exposure_treatment)
        check_happened(problem.reference, problem.treatment)
    elif not {*problem.reference, *problem.treatment} <= {0.0, 1.0}:
        raise ProblemError("bad_share", "A share is counted from ones and zeros only.")


def _varies(sample: tuple[float, ...], largest: float) -> bool:
    return max(sample) - min(sample) > max(LEAST_SPREAD, LEAST_RELATIVE_SPREAD * largest)


def _check_adjustment(problem: Problem) -> None:
    given = {
        "baseline": (problem.baseline_reference, problem.baseline_treatment),
        "strata": (problem.strata_reference, problem.strata_treatment),
    }
    if problem.adjusted and (problem.design != "two_groups" or problem.kind != "value"):
        raise ProblemError("bad_groups", "Only values of two groups can be adjusted.")
    sizes = (len(problem.reference), len(problem.treatment))
    for name, sides in given.items():
        if any(sides) and tuple(map(len, sides)) != sizes:
            raise ProblemError("unequal_lengths", f"The {name} must have one entry for each value.")
    if problem.baseline_reference:
        check_values("baseline", (*problem.baseline_reference, *problem.baseline_treatment))


def _check_missing(problem: Problem) -> None:
    check_range("number of missing units", problem.missing_reference, 0, 1e9)
    check_range("number of missing units", problem.missing_treatment, 0, 1e9)
    low, high = problem.lowest, problem.highest
    if low is None and high is None:
        return
    values = (*problem.reference, *problem.treatment)
    fits = (
        low is not None
        and high is not None
        and math.isfinite(high - low)
        and low <= min(values) <= max(values) <= high
    )
    if not fits:
        raise ProblemError(
            "bad_range", "Lowest and highest must both be given and hold all values."
        )
