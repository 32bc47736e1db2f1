"""The regression behind an interrupted time series.

Errors of the first order are fitted by restricted maximum likelihood, which is the least biased for
short series: Turner, S. L. et al. (2021). Evaluation of statistical methods used in the analysis of
interrupted time series studies: a simulation study. BMC Medical Research Methodology 21, 181,
doi:10.1186/s12874-021-01364-0.

Counts follow a course of the logarithm of their rate. It is fitted by reweighted least squares, each count
as sure as its expected size; on its rows stands the same model of errors, after the estimating equations
of Zeger, S. L. (1988). A regression model for time series of counts. Biometrika 75, 621-629,
doi:10.1093/biomet/75.4.621.
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.peaks import highest
from vuoksi.loop.experiments.analyses.engine.analyse.regression import (
    Fit,
    least_squares,
    newey_west_error,
    plain_error,
)
from vuoksi.loop.experiments.analyses.engine.problem import ProblemError, SeriesProblem

LARGEST_CORRELATION = 0.99
# Added to each count before the first round, so that none has a logarithm of minus infinity.
HALF_AN_EVENT = 0.5
_SETTLED = 1e-8
_MOST_ROUNDS = 200
_FAR = 300.0


@dataclass(frozen=True, slots=True)
class SeriesModel:
    """The fitted course. `correlation` is that of neighbouring errors, if it was fitted."""

    problem: SeriesProblem
    rows: tuple[Floats, Floats]
    fit: Fit
    correlation: float | None
    lags: int

    def effect(self, estimand: str) -> tuple[float, float, float | None]:
        """Effect (of counts on the logarithm of the rate), its standard error, and degrees of freedom."""
        weights = weights_of(self.problem, estimand)
        effect = float(weights @ self.fit.coefficients)
        if self.problem.errors == "newey_west":
            error = newey_west_error(self.fit, weights, self.lags)
        elif self.problem.dispersion == "poisson":
            return effect, math.sqrt(float(weights @ self.fit.bread @ weights)), None
        else:
            error = plain_error(self.fit, weights)
        return effect, error, self._freedom(weights)

    def _freedom(self, weights: Floats) -> float:
        if self.correlation is None:
            return float(self.fit.freedom)
        return satterthwaite(*self.rows, self.correlation, self.fit.freedom, weights)

    @property
    def whitened_rests(self) -> Floats:
        """What is left of each period that neither the course nor the last period explains."""
        return self.fit.rests

    @property
    def fitted_lags(self) -> int:
        return 0 if self.correlation is None else 1

    @property
    def deviation(self) -> float:
        """Standard deviation of single periods around the course; of counts in those of pure chance."""
        spread = math.sqrt(float(self.fit.rests @ self.fit.rests) / self.fit.freedom)
        return spread / math.sqrt(1 - (self.correlation or 0.0) ** 2)


def satterthwaite(
    values: Floats, design: Floats, correlation: float, freedom: int, weights: Floats
) -> float:
    """Degrees of freedom of an error that rests on a fitted correlation.

    Two over the variance of the logarithm of the squared error: the part from the spread of the
    values, and the part from the correlation, whose variance comes from the curvature of its
    likelihood. Not above `freedom`, which it is for a known correlation.
    """
    step = min(0.02, (1 - abs(correlation)) / 2)
    places = (correlation - step, correlation, correlation + step)
    heights = [restricted_likelihood(values, design, place) for place in places]
    errors = [plain_error(_fit_at(values, design, place), weights) for place in places[::2]]
    curvature = (heights[0] - 2 * heights[1] + heights[2]) / step**2
    if not curvature < 0 or min(errors) <= 0:
        return max(freedom / 2, 1.0)
    bend = 2 * math.log(errors[1] / errors[0]) / (2 * step)
    return max(2 / (2 / freedom - bend**2 / curvature), 1.0)


def _fit_at(values: Floats, design: Floats, correlation: float) -> Fit:
    return least_squares(*whitened(values, design, correlation))


def model_of(problem: SeriesProblem) -> SeriesModel:
    values, design = np.asarray(problem.values), design_of(problem)
    if problem.kind == "count":
        return _rate_model(problem, values, design)
    return _linear_model(problem, values, design)


def exposure_of(problem: SeriesProblem) -> Floats:
    """What each period's count was counted over."""
    return np.asarray(problem.exposure or (1.0,) * len(problem.values))


def _rate_model(problem: SeriesProblem, counts: Floats, design: Floats) -> SeriesModel:
    """The model of errors on the rows at which reweighting settles while errors are independent.

    For errors that hang together that is one step from there, which is as good as all of them in long
    series and, other than those, always comes to an end.
    """
    plain, offset = replace(problem, errors="independent"), np.log(exposure_of(problem))
    logs = np.log(counts + HALF_AN_EVENT)
    for _ in range(_MOST_ROUNDS):
        expected = np.exp(np.clip(logs, -_FAR, _FAR))
        root = np.sqrt(expected)
        rows = root * (logs - offset + (counts - expected) / expected), root[:, None] * design
        last, logs = logs, design @ _linear_model(plain, *rows).fit.coefficients + offset
        if float(np.abs(logs - last).max()) < _SETTLED:
            return _linear_model(problem, *rows)
    raise ProblemError("not_identified", "The counts do not settle around any course.")


def _linear_model(problem: SeriesProblem, values: Floats, design: Floats) -> SeriesModel:
    rows = (values, design)
    if problem.errors == "ar1":
        correlation = fitted_correlation(values, design)
        return SeriesModel(problem, rows, _fit_at(values, design, correlation), correlation, 0)
    lags = problem.lags
    if lags is None:
        lags = int(4 * (len(values) / 100) ** (2 / 9))
    return SeriesModel(problem, rows, least_squares(values, design), None, lags)


def design_of(problem: SeriesProblem) -> Floats:
    """Columns: jump, bend (if there is one), level, rise, season; shape (n, k)."""
    time = np.arange(len(problem.values), dtype=float)
    after = (time >= problem.start).astype(float)
    since = time - problem.start
    columns = [after, after * since] if problem.slope_change else [after]
    columns += [np.ones(len(time)), since / len(time)]
    columns += _season(problem, time)
    return np.column_stack(columns)


def weights_of(problem: SeriesProblem, estimand: str) -> Floats:
    """How the coefficients make up an effect; shape (k,)."""
    weights = np.zeros(problem.parameters)
    if estimand == "slope":
        weights[1] = 1
        return weights
    weights[0] = 1
    if estimand == "average" and problem.slope_change:
        weights[1] = (len(problem.values) - problem.start - 1) / 2
    return weights


def _season(problem: SeriesProblem, time: Floats) -> list[Floats]:
    length = problem.season_length
    if problem.season == "none":
        return []
    if problem.season == "dummies":
        return [(time % length == place).astype(float) for place in range(1, length)]
    waves = []
    for pair in range(1, problem.harmonics + 1):
        angle = 2 * np.pi * pair * time / length
        # At half the length the sine is zero everywhere.
        waves += [np.cos(angle)] if 2 * pair == length else [np.cos(angle), np.sin(angle)]
    return waves


def whitened(values: Floats, design: Floats, correlation: float) -> tuple[Floats, Floats]:
    """Values and columns of which the errors are independent, the first period kept."""
    first = math.sqrt(1 - correlation**2)
    return _whiten(values, correlation, first), _whiten(design, correlation, first)


def _whiten(columns: Floats, correlation: float, first: float) -> Floats:
    rest = columns[1:] - correlation * columns[:-1]
    return np.concatenate([first * columns[:1], rest])


def fitted_correlation(values: Floats, design: Floats) -> float:
    """The correlation of neighbouring errors at which the restricted likelihood is greatest."""
    return highest(
        lambda correlation: restricted_likelihood(values, design, correlation),
        -LARGEST_CORRELATION,
        LARGEST_CORRELATION,
    )


def restricted_likelihood(values: Floats, design: Floats, correlation: float) -> float:
    """Logarithm of the restricted likelihood, the variance at its best value, less a constant."""
    scale = np.sqrt((design**2).sum(axis=0))
    target, columns = whitened(values, design / scale, correlation)
    q, r = np.linalg.qr(columns)
    diagonal = np.abs(np.diag(r))
    rests = target - q @ (q.T @ target)
    freedom = int(len(values) - design.shape[1])
    spread = max(float(rests @ rests) / freedom, 1e-300)
    whole = math.log(1 - correlation**2) - 2 * float(np.log(np.maximum(diagonal, 1e-300)).sum())
    return (whole - freedom * math.log(spread)) / 2
