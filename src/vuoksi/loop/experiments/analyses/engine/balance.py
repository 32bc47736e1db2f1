"""Whether two groups were alike before the start.

Standardised differences and variance ratios: Austin, P. C. (2009). Balance diagnostics for comparing
the distribution of baseline covariates. Statistics in Medicine 28, 3083-3107, doi:10.1002/sim.3697;
a quarter of a standard deviation as the point from which adjustment on its own cannot be trusted:
Stuart, E. A. (2010). Matching methods for causal inference. Statistical Science 25, 1-21,
doi:10.1214/09-STS313. There is no test: after a draw a difference is due to chance in any case.
"""

import math
from dataclasses import dataclass
from statistics import fmean, variance
from typing import Literal

from vuoksi.loop.experiments.analyses.engine.explain import Sentence
from vuoksi.loop.experiments.analyses.engine.problem import ProblemError
from vuoksi.loop.experiments.analyses.engine.problem.question import check_lengths, check_values

Standing = Literal["good", "small", "large"]
SMALL_DIFFERENCE, LARGE_DIFFERENCE = 0.1, 0.25


@dataclass(frozen=True, slots=True)
class Covariates:
    """Measures from before the start: one row of values a measure, on each side.

    A category is given as one measure of ones and zeros for each of its values.
    """

    names: tuple[str, ...]
    reference: tuple[tuple[float, ...], ...]
    treatment: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        if not self.names:
            raise ProblemError("too_few", "There is nothing to compare.")
        check_lengths(len(self.names), {"reference": self.reference, "treatment": self.treatment})
        for side, rows in (("reference", self.reference), ("treatment", self.treatment)):
            for row in rows:
                check_values(side, row)


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure: both means, their difference in pooled standard deviations, the variances' ratio.

    The ratio is None where the reference does not vary; far from one, it says that the groups differ
    in their spread. `standing` goes by the standardised difference: ``good`` up to a tenth of a
    standard deviation, ``small`` up to a quarter, ``large`` beyond.
    """

    name: str
    mean_reference: float
    mean_treatment: float
    standardised: float
    variance_ratio: float | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Balance:
    """All measures, and the worst standing among them."""

    differences: tuple[Difference, ...]
    standing: Standing


def compare(covariates: Covariates) -> Balance:
    """Compare both groups measure by measure."""
    rows = zip(covariates.names, covariates.reference, covariates.treatment, strict=True)
    differences = tuple(_difference(*row) for row in rows)
    order: tuple[Standing, ...] = ("good", "small", "large")
    worst = max((each.standing for each in differences), key=order.index)
    return Balance(differences, worst)


def explain_balance(balance: Balance) -> tuple[Sentence, ...]:
    limit = LARGE_DIFFERENCE if balance.standing == "large" else SMALL_DIFFERENCE
    differing = sum(abs(each.standardised) > limit for each in balance.differences)
    counts = {"looked_at": len(balance.differences), "differing": differing}
    return (Sentence(f"balance_{balance.standing}", counts),)


def _difference(
    name: str, reference: tuple[float, ...], treatment: tuple[float, ...]
) -> Difference:
    spreads = variance(reference), variance(treatment)
    means = fmean(reference), fmean(treatment)
    pooled = math.sqrt(sum(spreads) / 2)
    gap = means[1] - means[0]
    if pooled == 0:
        standardised = 0.0 if gap == 0 else math.copysign(1e6, gap)
    else:
        standardised = gap / pooled
    ratio = spreads[1] / spreads[0] if spreads[0] > 0 else None
    return Difference(name, *means, standardised, ratio, _standing(standardised))


def _standing(standardised: float) -> Standing:
    if abs(standardised) > LARGE_DIFFERENCE:
        return "large"
    return "small" if abs(standardised) > SMALL_DIFFERENCE else "good"
