"""Counts on two sides: the ratio of their rates, with an error that allows for more than pure chance.

Quasi-likelihood: McCullagh, P. & Nelder, J. A. (1989). Generalized Linear Models, 2nd ed., sections 6.2
and 9.2, doi:10.1201/9780203753736; overdispersed counts: Breslow, N. E. (1984). Extra-Poisson variation
in log-linear models. Applied Statistics 33, 38-44, doi:10.2307/2347661; pairs of counts are compared
given their sums: Breslow, N. E. & Day, N. E. (1987). Statistical Methods in Cancer Research II, chapter
3, with the error by pair of Wooldridge, J. M. (1999). Distribution-free estimation of some nonlinear
panel data models. Journal of Econometrics 90, 77-97, doi:10.1016/S0304-4076(98)00033-5.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaincinv, expit, logit

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    estimate,
    in_percent,
    ratio_of,
    rule_outcome,
    same_answer,
    share_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.analyse.regression import Fit, cluster_error
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Caution,
    Estimate,
    Interval,
    Problem,
    ProblemError,
    Result,
)

# Below this share of what pure chance makes, counts differ from their rates by rounding alone.
LEAST_SPREAD = 1e-6
# Each pair that is left out needs a fit of its own.
MOST_LEFT_OUT = 1_000
_COLUMNS = ("reference", "treatment", "exposure_reference", "exposure_treatment")
_STEPS = 100
_SETTLED = 1e-12
LEAST_INFORMATION = 1e-9


@dataclass(frozen=True, slots=True)
class Rates:
    """The logarithm of a ratio of rates, and what its error is made of.

    `base` is its variance by pure chance; counts vary `dispersion` times as much as that, as far as
    `freedom` values can tell. `robust` is its variance if units vary in any way, with `robust_freedom`.
    Without freedom, dispersion and robust variance are no numbers.
    """

    ratio: float
    base: float
    dispersion: float
    freedom: int
    robust: float
    robust_freedom: float

    def error(self, problem: Problem) -> tuple[float, float | None]:
        """Standard error and degrees of freedom under the problem's own assumption."""
        if problem.dispersion == "poisson":
            return math.sqrt(self.base), None
        if problem.paired:
            return math.sqrt(self.robust), self.robust_freedom
        return math.sqrt(self.dispersion * self.base), self.freedom


def solve_rates(problem: Problem) -> Result:
    """Compare two rates of events."""
    rates = rates_of(problem)
    error, freedom = rates.error(problem)
    if not error > LEAST_SPREAD * math.sqrt(rates.base):
        raise ProblemError(
            "no_variation", "The counts do not vary around their rates, so nothing can be inferred."
        )
    found = estimate("effect", rates.ratio, error, freedom, problem.confidence)
    effect = in_percent(found)
    interval = effect.interval or Interval(effect.effect, effect.effect)
    before, after = _rate(problem, "reference"), _rate(problem, "treatment")
    variants = _variants(problem, rates)
    return Result(
        design=problem.design,
        confidence=problem.confidence,
        n_reference=len(problem.reference),
        n_treatment=len(problem.treatment),
        mean_reference=before,
        mean_treatment=after,
        effect=effect.effect,
        interval=interval,
        standard_error=error,
        t=rates.ratio / error,
        degrees_of_freedom=freedom,
        p_value=two_sided(rates.ratio / error, freedom),
        standardised=None,
        relative_effect=share_of(after - before, before),
        bootstrap=None,
        resamples=0,
        rule_outcome=rule_outcome(problem, interval),
        cautions=_cautions(problem, interval, variants),
        method="paired_rates" if problem.paired else "rates",
        parts=(ratio_of("rate_ratio", found), *dispersion_part(rates.dispersion)),
        variants=variants,
    )


def dispersion_part(dispersion: float) -> tuple[Estimate, ...]:
    """How many times as much as by pure chance the counts vary, if that is known."""
    return (Estimate("dispersion", dispersion),) if math.isfinite(dispersion) else ()


def exposures(problem: Problem) -> tuple[Floats, Floats]:
    """What the counts were counted over: reference and treatment."""
    return (
        np.asarray(problem.exposure_reference or (1.0,) * len(problem.reference)),
        np.asarray(problem.exposure_treatment or (1.0,) * len(problem.treatment)),
    )


def rates_of(problem: Problem) -> Rates:
    """Fit both sides; of pairs only those in which something was counted."""
    before, after = np.asarray(problem.reference), np.asarray(problem.treatment)
    return (_pairs if problem.paired else _sides)(before, after, *exposures(problem))


def _sides(before: Floats, after: Floats, over_before: Floats, over_after: Floats) -> Rates:
    base = spread = robust = squares = 0.0
    for counts, over in ((before, over_before), (after, over_after)):
        expected = counts.sum() / over.sum() * over
        rests, size = counts - expected, len(counts)
        base += 1 / float(counts.sum())
        spread += float((rests**2 / expected).sum())
        if size > 1:
            own = float((rests**2).sum()) / float(counts.sum()) ** 2 * size / (size - 1)
            robust, squares = robust + own, squares + own**2 / (size - 1)
    freedom = len(before) + len(after) - 2
    ratio = math.log(after.sum() / over_after.sum()) - math.log(before.sum() / over_before.sum())
    known = min(len(before), len(after)) > 1 and squares > 0
    return Rates(
        ratio=ratio,
        base=base,
        dispersion=spread / freedom if freedom else math.nan,
        freedom=freedom,
        robust=robust if known else math.nan,
        robust_freedom=robust**2 / squares if known else math.nan,
    )


def _pairs(before: Floats, after: Floats, over_before: Floats, over_after: Floats) -> Rates:
    """Given a pair's sum, its part with the trial is binomial; the ratio is where these add up.

    Pairs with large sums vary more than quasi-likelihood lets them, so the error is that by pair.
    """
    sums = before + after
    counted = sums > 0
    sums, after, size = sums[counted], after[counted], int(counted.sum())
    offset = np.log(over_after[counted]) - np.log(over_before[counted])
    ratio = _likeliest(sums, after, offset)
    part = expit(ratio + offset)
    information = float((sums * part * (1 - part)).sum())
    rests, spread = after - sums * part, sums * part * (1 - part)
    freedom = size - 1
    root = np.sqrt(spread)
    fit = Fit(root[:, None], np.array([ratio]), rests / root, np.array([[1 / information]]))
    error, careful = math.nan, math.nan
    if freedom and rests.any():
        error, careful = cluster_error(fit, np.ones(1), np.arange(size))
    return Rates(
        ratio=ratio,
        base=1 / information,
        dispersion=float((rests**2 / spread).sum()) / freedom if freedom else math.nan,
        freedom=freedom,
        robust=error**2,
        robust_freedom=careful,
    )


def _likeliest(sums: Floats, after: Floats, offset: Floats) -> float:
    """The logarithm of the ratio at which the parts with the trial add up, by Newton's steps."""
    ratio = float(logit(after.sum() / sums.sum()) - offset.mean())
    for _ in range(_STEPS):
        part = expit(ratio + offset)
        information = float((sums * part * (1 - part)).sum())
        step = float((after - sums * part).sum()) / max(information, LEAST_INFORMATION)
        # A long step would leave the region in which the likelihood is nearly a parabola.
        ratio += min(max(step, -1.0), 1.0)
        if abs(step) < _SETTLED and information > LEAST_INFORMATION:
            return ratio
    raise ProblemError("not_identified", "The exposures of the pairs lie too far apart.")


def _rate(problem: Problem, side: str) -> float:
    counts = getattr(problem, side)
    over = getattr(problem, f"exposure_{side}") or (1.0,) * len(counts)
    return math.fsum(counts) / math.fsum(over)


def _variants(problem: Problem, rates: Rates) -> tuple[Estimate, ...]:
    """The same ratio with other errors; without each unit; with the missing ones at their worst and best."""
    variants, confidence = [], problem.confidence
    if problem.dispersion == "estimated":
        variants.append(estimate("poisson", rates.ratio, math.sqrt(rates.base), None, confidence))
    else:
        variants += _exact(problem)
    if problem.dispersion == "poisson" and rates.freedom and rates.dispersion > 0:
        error = math.sqrt(rates.dispersion * rates.base)
        variants.append(estimate("overdispersed", rates.ratio, error, rates.freedom, confidence))
    if math.isfinite(rates.robust) and not (problem.paired and problem.dispersion == "estimated"):
        error = math.sqrt(rates.robust)
        variants.append(
            estimate("robust_errors", rates.ratio, error, rates.robust_freedom, confidence)
        )
    without = sorted((_without_each_pair if problem.paired else _without_each)(problem))
    if without:
        variants.append(Estimate("leave_one_out_least", without[0]))
        variants.append(Estimate("leave_one_out_most", without[-1]))
    bounds = [
        Estimate(code, rates_of(filled).ratio)
        for code, filled in zip(_BOUNDS, list(_filled(problem)), strict=False)
    ]
    return tuple(in_percent(each) for each in (*variants, *bounds))


def _exact(problem: Problem) -> list[Estimate]:
    """Given the sum of all events, those with the trial are binomial: the interval that holds for few, too.

    Clopper, C. J. & Pearson, E. S. (1934). Biometrika 26, 404-413, doi:10.1093/biomet/26.4.404.
    """
    if problem.paired:
        return []
    before, after = math.fsum(problem.reference), math.fsum(problem.treatment)
    over = [float(side.sum()) for side in exposures(problem)]
    doubt = (1 - problem.confidence) / 2
    parts = (
        after / (after + before),
        float(betaincinv(after, before + 1, doubt)),
        float(betaincinv(after + 1, before, 1 - doubt)),
    )
    effect, low, high = (math.log(part / (1 - part) * over[0] / over[1]) for part in parts)
    return [Estimate("exact", effect, Interval(low, high))]


_BOUNDS = ("missing_least", "missing_most")


def _without_each(problem: Problem) -> Iterator[float]:
    """The logarithm of the ratio without each unit, as long as both sides still count something."""
    sides = [list(problem.reference), list(problem.treatment)]
    over = [list(side) for side in exposures(problem)]
    sums, totals = [math.fsum(side) for side in sides], [math.fsum(side) for side in over]
    rates = [one / other for one, other in zip(sums, totals, strict=True)]
    for side, sign in ((0, -1), (1, 1)):
        for count, each in zip(sides[side], over[side], strict=True):
            if sums[side] > count and totals[side] > each:
                rest = (sums[side] - count) / (totals[side] - each)
                yield sign * (math.log(rest) - math.log(rates[1 - side]))


def _without_each_pair(problem: Problem) -> Iterator[float]:
    size = len(problem.reference)
    if size > MOST_LEFT_OUT:
        return
    for place in range(size):
        rest = {name: _without(getattr(problem, name), place) for name in _COLUMNS}
        try:
            yield rates_of(replace(problem, **rest)).ratio  # type: ignore[arg-type]  # four columns of numbers
        except ProblemError:
            continue


def _without(values: tuple[float, ...], place: int) -> tuple[float, ...]:
    return values[:place] + values[place + 1 :]


def _filled(problem: Problem) -> Iterator[Problem]:
    """With every missing unit at the end of the measure's range that is worst, and then best, for the effect."""
    low, high = problem.lowest, problem.highest
    lost = (problem.missing_reference, problem.missing_treatment)
    if low is None or high is None or not any(lost):
        return
    if problem.paired:
        lost = (sum(lost), sum(lost))
    over = [float(side.mean()) for side in exposures(problem)]
    for of_reference, of_treatment in ((high, low), (low, high)):
        more: dict[str, tuple[float, ...]] = {
            "reference": (*problem.reference, *(of_reference,) * lost[0]),
            "treatment": (*problem.treatment, *(of_treatment,) * lost[1]),
        }
        if problem.exposure_reference:
            more["exposure_reference"] = (*problem.exposure_reference, *(over[0],) * lost[0])
        if problem.exposure_treatment:
            more["exposure_treatment"] = (*problem.exposure_treatment, *(over[1],) * lost[1])
        yield replace(problem, **more)  # type: ignore[arg-type]  # columns of numbers


def _cautions(
    problem: Problem, interval: Interval, variants: tuple[Estimate, ...]
) -> tuple[Caution, ...]:
    by_code = {each.code: each for each in variants}
    robust = by_code.get("robust_errors")
    small = min(len(problem.reference), len(problem.treatment)) < SMALL_SAMPLE
    ends = [by_code[code].effect for code in _BOUNDS if code in by_code]
    found: dict[Caution, bool] = {
        "no_comparison_group": problem.design.startswith("before_after"),
        "small_sample": small,
        "intervals_disagree": robust is not None
        and robust.interval is not None
        and not same_answer(problem, interval, robust.interval),
        "missing_could_decide": any(
            not same_answer(problem, interval, Interval(end, end)) for end in ends
        ),
    }
    return tuple(code for code, told in found.items() if told)


def log_effect(problem: Problem) -> tuple[float, float | None]:
    """The logarithm of the ratio, and its error if units vary in any way; None where that cannot be had."""
    rates = rates_of(problem)
    return rates.ratio, math.sqrt(rates.robust) if math.isfinite(rates.robust) else None
