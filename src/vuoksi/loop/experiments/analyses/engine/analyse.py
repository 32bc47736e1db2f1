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
from scipy.special import gammaln, stdtr, stdtrit

from vuoksi.loop.experiments.analyses.engine.bootstrap import (
    FEWEST_RESAMPLES,
    RESAMPLES,
    Floats,
    Progress,
    Stop,
    bca_interval,
    resampled_effects,
)
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Caution,
    Interval,
    Outcome,
    Problem,
    Result,
)


def solve(
    problem: Problem, *, seed: int = 0, stop: Stop | None = None, progress: Progress | None = None
) -> Result:
    """Analyse `problem`.

    Parameters
    ----------
    seed
        Seed of the bootstrap; nothing else is random. The same seed gives the same result.
    stop, progress
        See `bootstrap.resampled_effects`. A stopped analysis lacks only the bootstrap interval or
        has one of fewer resamples, and says so in its cautions.
    """
    reference, treatment = np.asarray(problem.reference), np.asarray(problem.treatment)
    samples = tuple(np.asarray(sample) for sample in problem.samples)
    effect = float(samples[0].mean()) - sum(float(sample.mean()) for sample in samples[1:])
    error, freedom = _error(samples)
    half = float(stdtrit(freedom, (1 + problem.confidence) / 2)) * error
    interval = Interval(effect - half, effect + half)
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
        p_value=2 * float(stdtr(freedom, -abs(effect / error))),
        hedges_g=_hedges_g(problem, effect, reference, treatment),
        relative_effect=effect / mean_reference if mean_reference > 0 else None,
        bootstrap=bootstrap,
        resamples=len(effects),
        rule_outcome=rule_outcome(problem, interval),
        cautions=_cautions(problem, interval, bootstrap, len(effects)),
    )


def rule_outcome(problem: Problem, interval: Interval) -> Outcome:
    """What the rule that was fixed beforehand says about an interval of the effect.

    Both ends are turned so that more is better. Then:

    - ``scale`` if the whole interval lies above `minimum_effect`;
    - ``stop`` if the whole interval lies below `stop_effect` (or `minimum_effect` if no stop effect
      was set): an improvement worth having is ruled out;
    - ``inconclusive`` otherwise: more or better measurements are needed;
    - ``no_rule`` if no minimum effect was fixed.
    """
    if problem.minimum_effect is None:
        return "no_rule"
    if problem.better == "up":
        low, high = interval.low, interval.high
    else:
        low, high = -interval.high, -interval.low
    if low > problem.minimum_effect:
        return "scale"
    threshold = problem.minimum_effect if problem.stop_effect is None else problem.stop_effect
    return "stop" if high < threshold else "inconclusive"


def _error(samples: tuple[Floats, ...]) -> tuple[float, float]:
    """Standard error of the effect and its degrees of freedom (Welch-Satterthwaite for two)."""
    shares = [float(sample.var(ddof=1)) / len(sample) for sample in samples]
    total = sum(shares)
    # Shares of the whole, because squares of very small numbers would vanish.
    parts = [
        (share / total) ** 2 / (len(sample) - 1)
        for share, sample in zip(shares, samples, strict=True)
    ]
    return math.sqrt(total), 1 / sum(parts)


def _hedges_g(
    problem: Problem, effect: float, reference: Floats, treatment: Floats
) -> float | None:
    weights = np.array([len(reference) - 1, len(treatment) - 1], dtype=float)
    freedom = weights[0] if problem.paired else weights.sum()
    if freedom < 2:
        return None
    variances = np.array([reference.var(ddof=1), treatment.var(ddof=1)])
    deviation = math.sqrt(float(np.average(variances, weights=weights)))
    log_correction = gammaln(freedom / 2) - gammaln((freedom - 1) / 2) - math.log(freedom / 2) / 2
    return float(effect / deviation * math.exp(log_correction))


def _cautions(
    problem: Problem, interval: Interval, bootstrap: Interval | None, resamples: int
) -> tuple[Caution, ...]:
    cautions: list[Caution] = []
    if problem.design != "two_groups":
        cautions.append("no_comparison_group")
    if min(len(problem.reference), len(problem.treatment)) < SMALL_SAMPLE:
        cautions.append("small_sample")
    if bootstrap and rule_outcome(problem, bootstrap) != rule_outcome(problem, interval):
        cautions.append("intervals_disagree")
    if resamples < RESAMPLES:
        cautions.append("bootstrap_stopped_early")
    return tuple(cautions)
