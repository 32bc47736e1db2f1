"""Interrupted time series: segmented regression with season and errors that hang together.

Wagner, A. K., Soumerai, S. B., Zhang, F. & Ross-Degnan, D. (2002). Segmented regression analysis of
interrupted time series studies in medication use research. Journal of Clinical Pharmacy and
Therapeutics 27, 299-309, doi:10.1046/j.1365-2710.2002.00430.x; season: Bernal, J. L., Cummins, S. &
Gasparrini, A. (2017). Interrupted time series regression for the evaluation of public health
interventions. International Journal of Epidemiology 46, 348-355, doi:10.1093/ije/dyw098.
"""

import math
from dataclasses import replace

import numpy as np
from scipy.special import chdtrc

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    check_error,
    estimate,
    in_percent,
    ratio_of,
    rule_outcome,
    share_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.analyse.rates import dispersion_part
from vuoksi.loop.experiments.analyses.engine.analyse.series_model import (
    SeriesModel,
    exposure_of,
    model_of,
)
from vuoksi.loop.experiments.analyses.engine.problem import (
    Caution,
    Check,
    Estimate,
    Interval,
    ProblemError,
    Result,
    SeriesProblem,
)

DOUBTFUL_P = 0.05
SHORT = 12
_OTHERS = {"ar1": "newey_west", "newey_west": "ar1", "independent": "ar1"}


def solve_series(problem: SeriesProblem) -> Result:
    """Estimate the jump, the bend and the average distance from the earlier course drawn on."""
    model = model_of(problem)
    effect, error, freedom = model.effect(problem.estimand)
    check_error(error, 1.0 if problem.kind == "count" else max(map(abs, problem.values)))
    found = _told(problem, estimate("effect", effect, error, freedom, problem.confidence))
    interval = found.interval or Interval(found.effect, found.effect)
    measured, expected = _averages(problem, model)
    checks = _checks(problem, model)
    return Result(
        design=problem.design,
        confidence=problem.confidence,
        n_reference=problem.start,
        n_treatment=len(problem.values) - problem.start,
        mean_reference=expected,
        mean_treatment=measured,
        effect=found.effect,
        interval=interval,
        standard_error=error,
        t=effect / error,
        degrees_of_freedom=freedom,
        p_value=two_sided(effect / error, freedom),
        standardised=_standardised(problem, model, effect),
        relative_effect=share_of(measured - expected, expected),
        bootstrap=None,
        resamples=0,
        rule_outcome=rule_outcome(problem, interval),
        cautions=_cautions(checks),
        method=f"{'rates' if problem.kind == 'count' else 'segmented'}_{problem.errors}",
        n_periods=len(problem.values),
        parts=_parts(problem, model),
        variants=(*_other_errors(problem), *_placebo(problem)),
        checks=checks,
    )


def _told(problem: SeriesProblem, found: Estimate) -> Estimate:
    """An estimate in the unit in which it is told: of counts, the change of the rate in percent."""
    return in_percent(found) if problem.kind == "count" else found


def _averages(problem: SeriesProblem, model: SeriesModel) -> tuple[float, float]:
    """What was measured with the trial, and what would have been expected without it."""
    values, average = problem.values[problem.start :], model.effect("average")[0]
    if problem.kind == "count":
        measured = sum(values) / float(exposure_of(problem)[problem.start :].sum())
        return measured, measured / math.exp(average)
    measured = float(np.mean(values))
    return measured, measured - average


def _standardised(problem: SeriesProblem, model: SeriesModel, effect: float) -> float | None:
    return effect / model.deviation if problem.kind == "value" and model.deviation > 0 else None


def _parts(problem: SeriesProblem, model: SeriesModel) -> tuple[Estimate, ...]:
    bare = [
        estimate(code, *model.effect(code), problem.confidence)
        for code in ("level", "average", "slope")
        if problem.slope_change or code != "slope"
    ]
    parts = [_told(problem, each) for each in bare]
    if problem.kind == "count":
        asked = next(each for each in bare if each.code == problem.estimand)
        parts += [ratio_of("rate_ratio", asked), *dispersion_part(model.deviation**2)]
    if model.correlation is not None:
        parts.append(Estimate("autocorrelation", model.correlation))
    return tuple(parts)


def _other_errors(problem: SeriesProblem) -> tuple[Estimate, ...]:
    """The same effect with the errors treated in another way, and with a course that cannot bend."""
    other = _OTHERS[problem.errors]
    variants = [_variant(other, replace(problem, errors=other, dispersion="estimated"))]  # type: ignore[arg-type]  # a Literal, read from a table
    if problem.slope_change and problem.estimand != "slope":
        variants.append(_variant("no_bend", replace(problem, slope_change=False)))
    return tuple(variants)


def _variant(code: str, problem: SeriesProblem) -> Estimate:
    found = estimate(code, *model_of(problem).effect(problem.estimand), problem.confidence)
    return _told(problem, found)


def _placebo(problem: SeriesProblem) -> tuple[Estimate, ...]:
    """The effect of a start that never was: halfway through the time before the trial."""
    try:
        early = replace(
            problem,
            values=problem.values[: problem.start],
            exposure=problem.exposure[: problem.start],
            start=problem.start // 2,
        )
        return (_variant("placebo", early),)
    except ProblemError:
        return ()


def _checks(problem: SeriesProblem, model: SeriesModel) -> tuple[Check, ...]:
    p_value = _ljung_box(model.whitened_rests, model.fitted_lags)
    checks = [
        Check("no_autocorrelation_left", "doubtful" if p_value < DOUBTFUL_P else "holds", p_value)
    ]
    after = len(problem.values) - problem.start
    long_enough = min(problem.start, after) >= SHORT
    checks.append(Check("long_enough", "holds" if long_enough else "doubtful"))
    if problem.season != "none":
        covered = problem.start >= 2 * problem.season_length and after >= problem.season_length
        checks.append(Check("season_covered", "holds" if covered else "doubtful"))
    return tuple(checks)


def _ljung_box(rests: Floats, fitted: int) -> float:
    """Ljung, G. M. & Box, G. E. P. (1978). Biometrika 65, 297-303, doi:10.1093/biomet/65.2.297."""
    size = len(rests)
    lags = min(10, size // 5)
    if lags <= fitted or not rests.any():
        return 1.0
    rests = rests - rests.mean()
    square = float(rests @ rests)
    total = sum(
        (float(rests[lag:] @ rests[:-lag]) / square) ** 2 / (size - lag)
        for lag in range(1, lags + 1)
    )
    return float(chdtrc(lags - fitted, size * (size + 2) * total))


def _cautions(checks: tuple[Check, ...]) -> tuple[Caution, ...]:
    doubtful = {check.code for check in checks if check.standing == "doubtful"}
    found: dict[Caution, bool] = {
        "short_series": "long_enough" in doubtful,
        "season_not_covered": "season_covered" in doubtful,
    }
    return tuple(code for code, told in found.items() if told)
