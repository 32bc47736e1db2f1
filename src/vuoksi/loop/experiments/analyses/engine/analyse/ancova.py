"""Two groups, adjusted for each unit's value before the trial and for strata.

Vickers, A. J. & Altman, D. G. (2001). Analysing controlled trials with baseline and follow up
measurements. BMJ 323, 1123-1124, doi:10.1136/bmj.323.7321.1123; strata of the randomisation belong
into the model: Bruhn, M. & McKenzie, D. (2009). In pursuit of balance. American Economic Journal:
Applied Economics 1, 200-232, doi:10.1257/app.1.4.200.
"""

import numpy as np

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    check_error,
    estimate,
    interval_around,
    rule_outcome,
    share_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.analyse.means import LEAST_P, hedges_g, normal_shape
from vuoksi.loop.experiments.analyses.engine.analyse.missing import (
    missing_could_decide,
    missing_variants,
)
from vuoksi.loop.experiments.analyses.engine.analyse.regression import (
    Fit,
    codes_of,
    dummies,
    least_squares,
    plain_error,
    robust_error,
)
from vuoksi.loop.experiments.analyses.engine.analyse.samples import effect_of, welch_error
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Caution,
    Check,
    Estimate,
    Interval,
    Problem,
    ProblemError,
    Result,
)


def solve_ancova(problem: Problem) -> Result:
    """Compare two groups at the same baseline and in the same strata."""
    values = np.array([*problem.reference, *problem.treatment])
    group = np.repeat([0.0, 1.0], [len(problem.reference), len(problem.treatment)])
    fit = least_squares(values, np.column_stack([group, np.ones(len(group)), _covariates(problem)]))
    if fit.freedom < 1:
        raise ProblemError("too_few", "There are too few values to adjust for so much.")
    weights = np.eye(len(fit.coefficients))[0]
    effect, error = float(fit.coefficients[0]), plain_error(fit, weights)
    check_error(error, problem.largest)
    interval = interval_around(effect, error, fit.freedom, problem.confidence)
    mean_reference = float(fit.coefficients[1])
    return Result(
        design=problem.design,
        confidence=problem.confidence,
        n_reference=len(problem.reference),
        n_treatment=len(problem.treatment),
        mean_reference=mean_reference,
        mean_treatment=mean_reference + effect,
        effect=effect,
        interval=interval,
        standard_error=error,
        t=effect / error,
        degrees_of_freedom=float(fit.freedom),
        p_value=two_sided(effect / error, fit.freedom),
        standardised=hedges_g(problem, effect),
        relative_effect=share_of(effect, mean_reference),
        bootstrap=None,
        resamples=0,
        rule_outcome=rule_outcome(problem, interval),
        cautions=_cautions(problem, interval),
        method="ancova",
        variants=_variants(problem, fit, interval),
        checks=(normal_shape((fit.rests,)), *_equal_slopes(problem, fit, values, group)),
    )


def _variants(problem: Problem, fit: Fit, interval: Interval) -> tuple[Estimate, ...]:
    samples = tuple(np.asarray(sample) for sample in problem.samples)
    weights, confidence = np.eye(len(fit.coefficients))[0], problem.confidence
    effect, error = float(fit.coefficients[0]), robust_error(fit, weights)
    return (
        estimate("unadjusted", effect_of(samples), *welch_error(samples), confidence),
        estimate("robust_errors", effect, error, fit.freedom, confidence),
        *missing_variants(problem, samples, interval),
    )


def _covariates(problem: Problem) -> Floats:
    """Baseline and strata, each centred, so that the intercept is the reference's adjusted mean."""
    columns = np.empty((len(problem.reference) + len(problem.treatment), 0))
    if problem.baseline_reference:
        baseline = np.array([*problem.baseline_reference, *problem.baseline_treatment])
        columns = np.column_stack([columns, baseline])
    if problem.strata_reference:
        strata = codes_of((*problem.strata_reference, *problem.strata_treatment))
        columns = np.column_stack([columns, dummies(strata)])
    centred: Floats = columns - columns.mean(axis=0)
    return centred


def _equal_slopes(problem: Problem, fit: Fit, values: Floats, group: Floats) -> tuple[Check, ...]:
    """Whether the baseline counts alike in both groups."""
    if not problem.baseline_reference or fit.freedom < 2:
        return ()
    bent = least_squares(values, np.column_stack([fit.design, group * fit.design[:, 2]]))
    weights = np.eye(len(bent.coefficients))[-1]
    error = plain_error(bent, weights)
    p_value = two_sided(float(bent.coefficients[-1]) / error, bent.freedom) if error > 0 else 0.0
    return (Check("equal_slopes", "doubtful" if p_value < LEAST_P else "holds", p_value),)


def _cautions(problem: Problem, interval: Interval) -> tuple[Caution, ...]:
    found: dict[Caution, bool] = {
        "small_sample": min(len(problem.reference), len(problem.treatment)) < SMALL_SAMPLE,
        "missing_could_decide": missing_could_decide(problem, interval),
    }
    return tuple(code for code, told in found.items() if told)
