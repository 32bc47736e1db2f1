"""Several experiments on one question, taken together: random-effects meta-analysis.

DerSimonian, R. & Laird, N. (1986). Controlled Clinical Trials 7, 177-188,
doi:10.1016/0197-2456(86)90046-2; restricted maximum likelihood: Viechtbauer, W. (2005). Journal of
Educational and Behavioral Statistics 30, 261-293, doi:10.3102/10769986030003261; interval of Hartung and
Knapp and of Sidik and Jonkman: IntHout, J., Ioannidis, J. P. A. & Borm, G. F. (2014). BMC Medical
Research Methodology 14, 25, doi:10.1186/1471-2288-14-25; prediction interval and I squared: Higgins, J.
P. T., Thompson, S. G. & Spiegelhalter, D. J. (2009). Journal of the Royal Statistical Society A 172,
137-159, doi:10.1111/j.1467-985X.2008.00552.x; Higgins, J. P. T. & Thompson, S. G. (2002). Statistics in
Medicine 21, 1539-1558, doi:10.1002/sim.1186.
"""

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy.special import chdtrc

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    interval_around,
    percent,
    quantile,
    ratio_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.analyse.peaks import highest
from vuoksi.loop.experiments.analyses.engine.explain import RATES, Sentence, percent_of
from vuoksi.loop.experiments.analyses.engine.problem import (
    Estimate,
    Interval,
    ProblemError,
    Result,
)
from vuoksi.loop.experiments.analyses.engine.problem.question import (
    check_choice,
    check_confidence,
    check_range,
)

Scale = Literal["difference", "log_ratio"]
Method = Literal["reml", "dersimonian_laird"]
FEW_STUDIES = 5
MOST_STUDIES = 10_000
DIFFERENT_P = 0.1


@dataclass(frozen=True, slots=True)
class Study:
    """One experiment: its effect and standard error, in a unit that all share."""

    name: str
    effect: float
    standard_error: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.effect) and abs(self.effect) <= 1e60):
            raise ProblemError("not_a_number", "An effect must be a finite number.")
        check_range("standard error", self.standard_error, 1e-60, 1e60)


@dataclass(frozen=True, slots=True)
class SynthesisProblem:
    """Experiments on one question.

    Parameters
    ----------
    method
        How the variance between experiments is estimated.
    scale
        ``log_ratio`` if the effects are logarithms of ratios (of rates, shares or odds); the average is
        then given as a ratio as well.
    hartung_knapp
        Whether the interval allows for that variance being an estimate (recommended). If not, it is
        the older one from the normal distribution.
    """

    studies: tuple[Study, ...]
    method: Method = "reml"
    hartung_knapp: bool = True
    confidence: float = 0.95
    scale: Scale = "difference"

    def __post_init__(self) -> None:
        check_range("number of studies", len(self.studies), 2, MOST_STUDIES)
        check_choice("method", self.method, get_args(Method))
        check_choice("scale", self.scale, get_args(Scale))
        check_confidence(self.confidence)


@dataclass(frozen=True, slots=True)
class Synthesis:
    """The average effect over experiments, and how much they differ.

    Attributes
    ----------
    effect, interval, standard_error, p_value
        The average over experiments like these.
    tau_squared
        Variance of the true effects between experiments.
    i_squared
        Share of the variation between experiments that is more than chance, 0 to 1.
    q, q_p_value
        Cochran's test that all experiments have the same effect.
    prediction
        Where the effect of one more experiment is expected; None with fewer than three.
    weights
        Share of each experiment in the average, in their order.
    without_each
        The average without each of them, in their order; empty with two.
    common_effect
        The average if there were no difference between experiments.
    ratio
        The average of logarithms of ratios as a ratio; None of differences.
    """

    effect: float
    interval: Interval
    standard_error: float
    p_value: float
    confidence: float
    tau_squared: float
    i_squared: float
    q: float
    q_p_value: float
    prediction: Interval | None
    weights: tuple[float, ...]
    without_each: tuple[float, ...]
    common_effect: float
    ratio: Estimate | None = None


def synthesise(problem: SynthesisProblem) -> Synthesis:
    """Combine the experiments."""
    effects = np.array([study.effect for study in problem.studies])
    variances = np.array([study.standard_error**2 for study in problem.studies])
    tau_squared = between(effects, variances, problem.method)
    weights = 1 / (variances + tau_squared)
    effect = float(weights @ effects / weights.sum())
    error, freedom = _error(problem, effects, weights, effect)
    common = float((effects / variances).sum() / (1 / variances).sum())
    q = float(((effects - common) ** 2 / variances).sum())
    others = len(effects) - 1
    interval = interval_around(effect, error, freedom, problem.confidence)
    ratio = ratio_of("ratio", Estimate("", effect, interval))
    return Synthesis(
        effect=effect,
        interval=interval,
        standard_error=error,
        p_value=two_sided(effect / error, freedom) if error > 0 else 0.0,
        confidence=problem.confidence,
        tau_squared=tau_squared,
        i_squared=tau_squared / (tau_squared + _typical(variances)),
        q=q,
        q_p_value=float(chdtrc(others, q)),
        prediction=_prediction(effect, error, tau_squared, others, problem.confidence),
        weights=tuple((weights / weights.sum()).tolist()),
        without_each=_without_each(effects, variances, problem.method),
        common_effect=common,
        ratio=ratio if problem.scale == "log_ratio" else None,
    )


def study_of(name: str, result: Result, *, standardised: bool = False) -> Study:
    """An experiment's result as a study, in the measure's unit or in standard deviations.

    A change of a rate becomes the logarithm of the ratio, which is what its error belongs to.

    Raises `ProblemError` if it has no standardised effect or no error.
    """
    error = result.standard_error
    if not standardised and result.method in RATES:
        return Study(name, math.log1p(result.effect / 100), error)
    if not standardised:
        return Study(name, result.effect, error)
    if result.standardised is None or result.effect == 0 or error == 0:
        raise ProblemError("bad_choice", "This result has no standardised effect to combine.")
    scale = result.standardised / result.effect
    freedom = result.n_reference + result.n_treatment - 2
    # The deviation is an estimate too: the second part of the variance of Hedges' g.
    return Study(
        name,
        result.standardised,
        math.hypot(scale * error, result.standardised / math.sqrt(2 * freedom)),
    )


def explain_synthesis(whole: Synthesis) -> tuple[Sentence, ...]:
    """The average, what to expect next time, whether the experiments agree, and cautions."""
    studies = len(whole.weights)
    numbers = {
        "studies": studies,
        "effect": told(whole, whole.effect),
        "confidence": percent_of(whole.confidence),
        "low": told(whole, whole.interval.low),
        "high": told(whole, whole.interval.high),
    }
    sentences = [Sentence("synthesis_effect", numbers)]
    if whole.ratio is not None:
        sentences.insert(0, Sentence("rate_in_percent"))
    differ = whole.q_p_value < DIFFERENT_P and whole.tau_squared > 0
    if differ:
        sentences.append(Sentence("synthesis_differ", {"percent": 100 * whole.i_squared}))
    else:
        sentences.append(Sentence("synthesis_agree"))
    if whole.prediction is not None:
        prediction = whole.prediction
        ends = {"low": told(whole, prediction.low), "high": told(whole, prediction.high)}
        sentences.append(Sentence("synthesis_prediction", ends))
    if studies < FEW_STUDIES:
        sentences.append(Sentence("synthesis_few"))
    if any(effect * whole.effect <= 0 for effect in whole.without_each):
        sentences.append(Sentence("synthesis_single"))
    return tuple(sentences)


def told(whole: Synthesis, effect: float) -> float:
    """An effect as it is told: the logarithm of a ratio as its change in percent."""
    return effect if whole.ratio is None else percent(effect)


def between(effects: Floats, variances: Floats, method: Method) -> float:
    """The variance of true effects between experiments."""
    if method == "dersimonian_laird":
        weights = 1 / variances
        common = float(weights @ effects / weights.sum())
        surplus = float(weights @ (effects - common) ** 2) - (len(effects) - 1)
        scale = float(weights.sum() - (weights**2).sum() / weights.sum())
        return max(surplus / scale, 0.0)
    most = 10 * float(effects.var(ddof=1))
    if most == 0:
        return 0.0
    return highest(lambda tau_squared: _likelihood(effects, variances, tau_squared), 0.0, most)


def _likelihood(effects: Floats, variances: Floats, tau_squared: float) -> float:
    """Logarithm of the restricted likelihood, less a constant."""
    weights = 1 / (variances + tau_squared)
    total = float(weights.sum())
    rests = effects - float(weights @ effects) / total
    spread = float(np.log(weights).sum()) - math.log(total)
    return (spread - float(weights @ rests**2)) / 2


def _error(
    problem: SynthesisProblem, effects: Floats, weights: Floats, effect: float
) -> tuple[float, float | None]:
    error = 1 / math.sqrt(float(weights.sum()))
    if not problem.hartung_knapp:
        return error, None
    others = len(effects) - 1
    spread = float(weights @ (effects - effect) ** 2) / others
    return error * math.sqrt(spread), others


def _typical(variances: Floats) -> float:
    """The typical variance within an experiment (Higgins & Thompson 2002)."""
    weights = 1 / variances
    total = float(weights.sum())
    return (len(weights) - 1) * total / (total**2 - float((weights**2).sum()))


def _prediction(
    effect: float, error: float, tau_squared: float, others: int, confidence: float
) -> Interval | None:
    if others < 2:
        return None
    half = quantile(confidence, others - 1) * math.sqrt(tau_squared + error**2)
    return Interval(effect - half, effect + half)


def _without_each(effects: Floats, variances: Floats, method: Method) -> tuple[float, ...]:
    if not 3 <= len(effects) <= 200:
        return ()
    averages = []
    for place in range(len(effects)):
        rest, spread = np.delete(effects, place), np.delete(variances, place)
        weights = 1 / (spread + between(rest, spread, method))
        averages.append(float(weights @ rest / weights.sum()))
    return tuple(averages)
