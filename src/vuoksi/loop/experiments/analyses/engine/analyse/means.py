"""The effect of a trial, with its interval, from two sets of measurements.

Student, W. S. G. (1908). The probable error of a mean. Biometrika 6, 1-25, doi:10.2307/2331554;
Welch, B. L. (1947). The generalization of "Student's" problem when several different population
variances are involved. Biometrika 34, 28-35, doi:10.2307/2332510;
Hedges, L. V. (1981). Distribution theory for Glass's estimator of effect size. Journal of
Educational Statistics 6, 107-128, doi:10.3102/10769986006002107. For pairs the standard deviation
is the average of both sides (d_av), so that designs can be compared: Lakens, D. (2013). Frontiers
in Psychology 4, 863, doi:10.3389/fpsyg.2013.00863.
"""

import math

import numpy as np
from scipy.special import chdtrc, gammaln

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import (
    FEWEST_RESAMPLES,
    RESAMPLES,
    Floats,
    Progress,
    Stop,
    bca_interval,
    resampled_effects,
)
from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    interval_around,
    rule_outcome,
    share_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.analyse.missing import (
    missing_could_decide,
    missing_variants,
)
from vuoksi.loop.experiments.analyses.engine.analyse.robust import (
    one_unit_could_decide,
    robust_variants,
)
from vuoksi.loop.experiments.analyses.engine.analyse.samples import welch_error
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Caution,
    Check,
    Interval,
    Problem,
    Result,
)

LEAST_P = 0.01


def solve_means(
    problem: Problem, *, seed: int = 0, stop: Stop | None = None, progress: Progress | None = None
) -> Result:
    """Compare the averages of two sides: Student's t for pairs, Welch's for two samples."""
    reference, treatment = np.asarray(problem.reference), np.asarray(problem.treatment)
    samples = tuple(np.asarray(sample) for sample in problem.samples)
    effect = float(samples[0].mean()) - sum(float(sample.mean()) for sample in samples[1:])
    error, freedom = welch_error(samples)
    interval = interval_around(effect, error, freedom, problem.confidence)
    effects = resampled_effects(samples, seed=seed, stop=stop, progress=progress)
    bootstrap = None
    if len(effects) >= FEWEST_RESAMPLES:
        bootstrap = Interval(*bca_interval(samples, effects, problem.confidence))
    mean_reference = float(reference.mean())
    return Result(
        design=problem.design,
        confidence=problem.confidence,
        n_reference=len(reference),
        n_treatment=len(treatment),
        mean_reference=mean_reference,
        mean_treatment=float(treatment.mean()),
        effect=effect,
        interval=interval,
        standard_error=error,
        t=effect / error,
        degrees_of_freedom=freedom,
        p_value=two_sided(effect / error, freedom),
        standardised=hedges_g(problem, effect),
        relative_effect=share_of(effect, mean_reference),
        bootstrap=bootstrap,
        resamples=len(effects),
        rule_outcome=rule_outcome(problem, interval),
        cautions=_cautions(problem, interval, bootstrap, len(effects)),
        method="paired_t" if problem.paired else "welch",
        variants=(
            *robust_variants(samples, problem.confidence),
            *missing_variants(problem, samples, interval),
        ),
        checks=(normal_shape(samples),),
    )


def hedges_g(problem: Problem, effect: float) -> float | None:
    """The effect in standard deviations, corrected for small samples; None with two pairs."""
    sides = np.asarray(problem.reference), np.asarray(problem.treatment)
    weights = np.array([len(side) - 1 for side in sides], dtype=float)
    freedom = weights[0] if problem.paired else weights.sum()
    if freedom < 2:
        return None
    variances = np.array([side.var(ddof=1) for side in sides])
    deviation = math.sqrt(float(np.average(variances, weights=weights)))
    log_correction = gammaln(freedom / 2) - gammaln((freedom - 1) / 2) - math.log(freedom / 2) / 2
    return float(effect / deviation * math.exp(log_correction))


def normal_shape(samples: tuple[Floats, ...]) -> Check:
    """Whether the spread around the averages looks normal, by skewness and kurtosis.

    Jarque, C. M. & Bera, A. K. (1987). International Statistical Review 55, 163-172,
    doi:10.2307/1403192. With large samples the average is normal enough whatever the values are.
    """
    rests = np.concatenate([sample - sample.mean() for sample in samples])
    largest = float(np.abs(rests).max())
    rests = rests / largest if largest > 0 else rests
    spread = float((rests**2).mean())
    skew = float((rests**3).mean()) / spread**1.5
    kurtosis = float((rests**4).mean()) / spread**2
    p_value = float(chdtrc(2, len(rests) * (skew**2 / 6 + (kurtosis - 3) ** 2 / 24)))
    small = min(map(len, samples)) < 3 * SMALL_SAMPLE
    return Check("normal_shape", "doubtful" if small and p_value < LEAST_P else "holds", p_value)


def _cautions(
    problem: Problem, interval: Interval, bootstrap: Interval | None, resamples: int
) -> tuple[Caution, ...]:
    found: dict[Caution, bool] = {
        "no_comparison_group": problem.design.startswith("before_after"),
        "small_sample": min(len(problem.reference), len(problem.treatment)) < SMALL_SAMPLE,
        "intervals_disagree": bootstrap is not None
        and rule_outcome(problem, bootstrap) != rule_outcome(problem, interval),
        "bootstrap_stopped_early": resamples < RESAMPLES,
        "missing_could_decide": missing_could_decide(problem, interval),
        "one_unit_could_decide": one_unit_could_decide(problem, interval),
    }
    return tuple(code for code, told in found.items() if told)
