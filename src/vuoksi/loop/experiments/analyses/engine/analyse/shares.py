"""Shares of yes and no on two sides.

Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions:
comparison of eleven methods. Statistics in Medicine 17, 873-890 (method 10, from Wilson's intervals),
doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I; the same for paired data:
Statistics in Medicine 17, 2635-2650 (method 10),
doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C; McNemar, Q. (1947).
Psychometrika 12, 153-157, doi:10.1007/BF02295996; Cohen's h: Cohen, J. (1988). Statistical Power
Analysis for the Behavioral Sciences, 2nd ed., chapter 6.
"""

import math

import numpy as np
from scipy.special import bdtr

from vuoksi.loop.experiments.analyses.engine.analyse.inference import (
    estimate,
    quantile,
    ratio_of,
    rule_outcome,
    share_of,
    two_sided,
)
from vuoksi.loop.experiments.analyses.engine.analyse.missing import (
    missing_could_decide,
    missing_variants,
)
from vuoksi.loop.experiments.analyses.engine.problem import (
    SMALL_SAMPLE,
    Caution,
    Estimate,
    Interval,
    Problem,
    Result,
)


def solve_shares(problem: Problem) -> Result:
    """Compare two shares: Newcombe's interval; McNemar's exact test for pairs, else the score test."""
    before, after = sum(problem.reference), sum(problem.treatment)
    n_reference, n_treatment = len(problem.reference), len(problem.treatment)
    share_before, share_after = before / n_reference, after / n_treatment
    effect = share_after - share_before
    interval = _interval(problem, share_after, share_before)
    error, t, p_value = _paired_test(problem) if problem.paired else _score_test(problem)
    samples = tuple(np.asarray(sample) for sample in problem.samples)
    return Result(
        design=problem.design,
        confidence=problem.confidence,
        n_reference=n_reference,
        n_treatment=n_treatment,
        mean_reference=share_before,
        mean_treatment=share_after,
        effect=effect,
        interval=interval,
        standard_error=error,
        t=t,
        degrees_of_freedom=None,
        p_value=p_value,
        standardised=2 * (math.asin(math.sqrt(share_after)) - math.asin(math.sqrt(share_before))),
        relative_effect=share_of(effect, share_before),
        bootstrap=None,
        resamples=0,
        rule_outcome=rule_outcome(problem, interval),
        cautions=_cautions(problem, interval),
        method="paired_shares" if problem.paired else "shares",
        parts=() if problem.paired else _ratios(problem),
        variants=missing_variants(problem, samples, interval),
    )


def _ratios(problem: Problem) -> tuple[Estimate, ...]:
    """Ratios of shares and of odds, where somebody says yes and somebody says no on both sides.

    Katz, D., Baptista, J., Azen, S. P. & Pike, M. C. (1978). Biometrics 34, 469-474,
    doi:10.2307/2530610; Woolf, B. (1955). Annals of Human Genetics 19, 251-253,
    doi:10.1111/j.1469-1809.1955.tb01348.x.
    """
    cells = [(sum(side), len(side) - sum(side)) for side in (problem.treatment, problem.reference)]
    if min(map(min, cells)) <= 0:
        return ()
    (yes, no), (other_yes, other_no) = cells
    of_shares = math.log(yes / (yes + no)) - math.log(other_yes / (other_yes + other_no))
    of_odds = math.log(yes / no) - math.log(other_yes / other_no)
    share_error = math.sqrt(no / yes / (yes + no) + other_no / other_yes / (other_yes + other_no))
    odds_error = math.sqrt(1 / yes + 1 / no + 1 / other_yes + 1 / other_no)
    found = (("risk_ratio", of_shares, share_error), ("odds_ratio", of_odds, odds_error))
    return tuple(
        ratio_of(code, estimate(code, log_ratio, error, None, problem.confidence))
        for code, log_ratio, error in found
    )


def wilson(share: float, n: int, z: float) -> tuple[float, float]:
    """Wilson's score interval of one share, doi:10.1080/01621459.1927.10502953."""
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(centre - half, 0.0), min(centre + half, 1.0)


def _interval(problem: Problem, after: float, before: float) -> Interval:
    z = quantile(problem.confidence, None)
    low_after, high_after = wilson(after, len(problem.treatment), z)
    low_before, high_before = wilson(before, len(problem.reference), z)
    together = _association(problem) if problem.paired else 0.0
    return Interval(
        after - before - _reach(after - low_after, high_before - before, together),
        after - before + _reach(high_after - after, before - low_before, together),
    )


def _reach(one: float, other: float, together: float) -> float:
    return math.sqrt(max(one * one - 2 * together * one * other + other * other, 0.0))


def _table(problem: Problem) -> tuple[int, int, int, int]:
    """How many pairs say yes twice, yes only after, yes only before, no twice."""
    pairs = list(zip(problem.treatment, problem.reference, strict=True))
    cells = ((1, 1), (1, 0), (0, 1), (0, 0))
    both, only_after, only_before, neither = (pairs.count(cell) for cell in cells)
    return both, only_after, only_before, neither


def _association(problem: Problem) -> float:
    """Newcombe's phi: the correlation of both sides, less a correction for continuity if positive."""
    both, gained, lost, neither = _table(problem)
    margins = (both + gained) * (lost + neither) * (both + lost) * (gained + neither)
    if margins == 0:
        return 0.0
    surplus = float(both * neither - gained * lost)
    if surplus > 0:
        surplus = max(surplus - len(problem.reference) / 2, 0)
    return surplus / math.sqrt(margins)


def _paired_test(problem: Problem) -> tuple[float, float, float]:
    """Standard error, statistic, and McNemar's exact p."""
    _, gained, lost, _ = _table(problem)
    changed, size = gained + lost, len(problem.reference)
    error = math.sqrt(max(changed - (gained - lost) ** 2 / size, 0)) / size
    if changed == 0:
        return error, 0.0, 1.0
    p_value = min(1.0, 2 * float(bdtr(min(gained, lost), changed, 0.5)))
    return error, (gained - lost) / math.sqrt(changed), p_value


def _score_test(problem: Problem) -> tuple[float, float, float]:
    """Standard error, score statistic with the pooled share, and its p."""
    one, two = len(problem.treatment), len(problem.reference)
    after, before = sum(problem.treatment) / one, sum(problem.reference) / two
    error = math.sqrt(after * (1 - after) / one + before * (1 - before) / two)
    pooled = (sum(problem.treatment) + sum(problem.reference)) / (one + two)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / one + 1 / two))
    t = (after - before) / spread if spread > 0 else 0.0
    return error, t, two_sided(t, None)


def _cautions(problem: Problem, interval: Interval) -> tuple[Caution, ...]:
    found: dict[Caution, bool] = {
        "no_comparison_group": problem.design.startswith("before_after"),
        "small_sample": min(len(problem.reference), len(problem.treatment)) < SMALL_SAMPLE,
        "missing_could_decide": missing_could_decide(problem, interval),
    }
    return tuple(code for code, told in found.items() if told)
