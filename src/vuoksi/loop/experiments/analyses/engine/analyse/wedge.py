"""Stepped wedge: sites as random levels, periods as fixed ones, the trial switched on site by site.

Hussey, M. A. & Hughes, J. P. (2007). Design and analysis of stepped wedge cluster randomized trials.
Contemporary Clinical Trials 28, 182-191, doi:10.1016/j.cct.2006.05.007. The share of the variance
that lies between sites is fitted by restricted maximum likelihood; the error is the bias-reduced
cluster-robust one, so that it holds where effects or time differ between sites.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats, Stop, is_stopped
from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    check_error,
    estimate,
    interval_around,
    rule_outcome,
    share_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.analyse.peaks import highest
from vuoksi.loop.experiments.analyses.engine.analyse.regression import (
    Fit,
    Whole,
    cluster_error,
    codes_of,
    dummies,
    least_squares,
    plain_error,
)
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Caution,
    Check,
    Estimate,
    ProblemError,
    Result,
    WedgeProblem,
)

LARGEST_SHARE = 0.99
FEW_SITES = 12
MOST_LEFT_OUT = 60


@dataclass(frozen=True, slots=True)
class WedgeModel:
    """The fit of whitened values, its first coefficient the effect; `share` is the intra-site one."""

    fit: Fit
    sites: Whole
    share: float

    @property
    def effect(self) -> float:
        return float(self.fit.coefficients[0])

    @property
    def deviation(self) -> float:
        """Standard deviation of single values, between and within sites."""
        within = float(self.fit.rests @ self.fit.rests) / self.fit.freedom
        return math.sqrt(within / (1 - self.share))


def solve_wedge(problem: WedgeProblem, *, stop: Stop | None = None) -> Result:
    """Estimate the effect from before and after at each site and from who had started when.

    `stop` is asked before each site is left out; a stopped analysis lacks what that shows.
    """
    model = model_of(problem)
    weights = np.eye(len(model.fit.coefficients))[0]
    error, freedom = cluster_error(model.fit, weights, model.sites)
    check_error(error, max(map(abs, problem.values)))
    interval = interval_around(model.effect, error, freedom, problem.confidence)
    values, treated = np.asarray(problem.values), np.asarray(problem.treated)
    with_trial = float(values[treated].mean())
    n_sites = len(set(problem.sites))
    return Result(
        design=problem.design,
        confidence=problem.confidence,
        n_reference=int((~treated).sum()),
        n_treatment=int(treated.sum()),
        mean_reference=with_trial - model.effect,
        mean_treatment=with_trial,
        effect=model.effect,
        interval=interval,
        standard_error=error,
        t=model.effect / error,
        degrees_of_freedom=freedom,
        p_value=two_sided(model.effect / error, freedom),
        standardised=model.effect / model.deviation if model.deviation > 0 else None,
        relative_effect=share_of(model.effect, with_trial - model.effect),
        bootstrap=None,
        resamples=0,
        rule_outcome=rule_outcome(problem, interval),
        cautions=_cautions(problem, n_sites),
        method="random_sites",
        n_clusters=n_sites,
        n_periods=len(set(problem.periods)),
        parts=(Estimate("intra_site_share", model.share),),
        variants=(_model_based(problem, model, weights), *_without_one(problem, model.share, stop)),
        checks=(Check("enough_clusters", "holds" if n_sites >= FEW_SITES else "doubtful"),),
    )


def model_of(problem: WedgeProblem, *, share: float | None = None) -> WedgeModel:
    """Fit the share between sites, unless it is given, then the effect at that share."""
    values = np.asarray(problem.values)
    sites = codes_of(problem.sites)
    _, periods = np.unique(problem.periods, return_inverse=True)
    treated = np.asarray(problem.treated, dtype=float)
    design = np.column_stack([treated, np.ones(len(values)), dummies(periods)])
    if share is None:
        moments = _moments(least_squares(values, design), sites)
        share = highest(moments.likelihood, 0.0, LARGEST_SHARE)
    return WedgeModel(least_squares(*_whitened(values, design, sites, share)), sites, share)


@dataclass(frozen=True, slots=True)
class _Moments:
    """What the likelihood needs of all values: products of the columns, and their sums by site.

    The columns are those of the design and, last, what plain least squares leaves unexplained: the
    restricted likelihood does not depend on what the design explains.
    """

    products: Floats
    sums: Floats
    counts: Floats

    def likelihood(self, share: float) -> float:
        """Logarithm of the restricted likelihood, the variance at its best value, less a constant."""
        part = _part(self.counts, share)
        lost = (part * (2 - part) / self.counts)[:, None] * self.sums
        white = self.products - self.sums.T @ lost
        try:
            diagonal = np.diag(np.linalg.cholesky(white))
        except np.linalg.LinAlgError:
            return -math.inf
        freedom = float(self.counts.sum()) - len(white) + 1
        between = float(np.log1p(self.counts * share / (1 - share)).sum())
        explained = float(np.log(diagonal[:-1]).sum())
        return -freedom * math.log(float(diagonal[-1])) - between / 2 - explained


def _moments(fit: Fit, sites: Whole) -> _Moments:
    columns = np.column_stack([fit.design, fit.rests])
    scale = np.sqrt((columns**2).sum(axis=0))
    columns = columns / np.where(scale > 0, scale, 1)
    return _Moments(
        columns.T @ columns, _site_sums(columns, sites), np.bincount(sites).astype(float)
    )


def _whitened(values: Floats, design: Floats, sites: Whole, share: float) -> tuple[Floats, Floats]:
    """Values and columns less a part of their site's average, so that the errors are independent."""
    counts = np.bincount(sites).astype(float)
    columns = np.column_stack([values, design])
    averages = (_part(counts, share) / counts)[:, None] * _site_sums(columns, sites)
    white = columns - averages[sites]
    return white[:, 0], white[:, 1:]


def _part(counts: Floats, share: float) -> Floats:
    part: Floats = 1 - np.sqrt((1 - share) / (1 - share + counts * share))
    return part


def _site_sums(columns: Floats, sites: Whole) -> Floats:
    return np.column_stack([np.bincount(sites, weights=column) for column in columns.T])


def _model_based(problem: WedgeProblem, model: WedgeModel, weights: Floats) -> Estimate:
    """The interval if sites differ in their level only."""
    error = plain_error(model.fit, weights)
    freedom = max(len(set(problem.sites)) - 2, 1)
    return estimate("model_based", model.effect, error, freedom, problem.confidence)


def _without_one(problem: WedgeProblem, share: float, stop: Stop | None) -> tuple[Estimate, ...]:
    names = list(dict.fromkeys(problem.sites))
    if len(names) > MOST_LEFT_OUT:
        return ()
    effects = []
    for name in names:
        if is_stopped(stop):
            return ()
        try:
            effects.append(model_of(_without(problem, name), share=share).effect)
        except ProblemError:
            continue
    if not effects:
        return ()
    return (
        Estimate("leave_one_out_least", min(effects)),
        Estimate("leave_one_out_most", max(effects)),
    )


def _without(problem: WedgeProblem, site: str) -> WedgeProblem:
    kept = [place for place, name in enumerate(problem.sites) if name != site]
    return replace(
        problem,
        values=tuple(problem.values[place] for place in kept),
        sites=tuple(problem.sites[place] for place in kept),
        periods=tuple(problem.periods[place] for place in kept),
        treated=tuple(problem.treated[place] for place in kept),
    )


def _cautions(problem: WedgeProblem, n_sites: int) -> tuple[Caution, ...]:
    found: dict[Caution, bool] = {
        "small_sample": len(problem.values) < 2 * SMALL_SAMPLE,
        "few_clusters": n_sites < FEW_SITES,
    }
    return tuple(code for code, told in found.items() if told)
