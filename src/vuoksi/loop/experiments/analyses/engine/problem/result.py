"""One result for all designs."""

from dataclasses import dataclass, field
from typing import Literal

from vuoksi.loop.experiments.analyses.engine.problem.question import Design

Outcome = Literal["scale", "stop", "inconclusive", "no_rule"]
Caution = Literal[
    "no_comparison_group",
    "small_sample",
    "intervals_disagree",
    "bootstrap_stopped_early",
    "few_clusters",
    "trends_differ",
    "short_series",
    "season_not_covered",
    "missing_could_decide",
    "one_unit_could_decide",
]
Standing = Literal["holds", "doubtful"]


@dataclass(frozen=True, slots=True)
class Interval:
    """From `low` to `high`, in the unit of the measure."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A further figure beside the effect: `code` says which, `interval` and `p_value` if it has them."""

    code: str
    effect: float
    interval: Interval | None = None
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """An assumption of the method, and whether the data speak against it."""

    code: str
    standing: Standing
    p_value: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The effect and how sure it is.

    Attributes
    ----------
    n_reference, n_treatment
        Units used on each side. Periods for a time series; values for a stepped wedge.
    mean_reference, mean_treatment
        Averages of both sides. In designs with more than two sides: what would have been expected
        without the trial, and what was measured with it.
    effect, interval, standard_error
        What the trial changed, in the measure's unit, with its interval at the problem's
        confidence. Which method is in `method`. Of counts the effect is the change of the rate in
        percent, and the error that of the logarithm of the ratio of rates.
    t, degrees_of_freedom, p_value
        The two-sided test of no effect, of counts on the logarithm of the ratio. The freedom is None where the normal distribution or an
        exact test is used.
    standardised
        The effect in standard deviations: Hedges' g for values on two sides (None with two pairs),
        Cohen's h for shares, None for counts; in the other designs the effect over the standard deviation of the
        values as they were without the trial.
    relative_effect
        The effect as a share of the reference's mean; None unless that mean is positive.
    bootstrap, resamples
        Interval of a second method that assumes less (BCa bootstrap; wild cluster bootstrap for
        difference in differences): a check on `interval`, never the basis of the rule. None if it
        was stopped before 1,000 resamples or the design has none.
    rule_outcome
        See `analyse.rule_outcome`.
    cautions
        Stable codes of what the reader must be told.
    method
        Stable code of the method: ``paired_t``, ``welch``, ``paired_shares``, ``shares``,
        ``ancova``, ``panel``, ``repeated_groups``, ``published_means``, ``segmented_ar1``,
        ``segmented_newey_west``, ``segmented_independent``, ``random_sites``; of counts ``rates``,
        ``paired_rates``, ``rates_ar1``, ``rates_newey_west``, ``rates_independent``.
    n_clusters, n_periods
        Clusters or sites, and periods, where the design has them.
    n_left_out
        Units that were measured but could not be used.
    parts
        What the effect is made of, or other effects of the same model: of shares ``risk_ratio`` and
        ``odds_ratio``, of counts ``rate_ratio`` and ``dispersion``.
    variants
        The effect under other assumptions: sensitivity, placebo tests.
    checks
        Assumptions that were looked at.
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
    degrees_of_freedom: float | None
    p_value: float
    standardised: float | None
    relative_effect: float | None
    bootstrap: Interval | None
    resamples: int
    rule_outcome: Outcome
    cautions: tuple[Caution, ...]
    method: str
    n_clusters: int | None = None
    n_periods: int | None = None
    n_left_out: int = 0
    parts: tuple[Estimate, ...] = field(default=())
    variants: tuple[Estimate, ...] = field(default=())
    checks: tuple[Check, ...] = field(default=())
