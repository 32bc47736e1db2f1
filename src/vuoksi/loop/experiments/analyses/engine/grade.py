"""How firm the evidence of an experiment is, by rule, on the Maryland Scientific Methods Scale.

Sherman, L. W. et al. (1998). Preventing Crime: What Works, What Doesn't, What's Promising (National
Institute of Justice); Farrington, D. P., Gottfredson, D. C., Sherman, L. W. & Welsh, B. C. (2002), in
Evidence-Based Crime Prevention (Routledge), 13-21; in the form in which the What Works Centre for Local
Economic Growth scores evaluations: Guide to scoring the evidence using the Maryland Scientific Methods
Scale, https://whatworksgrowth.org/resource-library/guide-to-scoring-the-evidence/.

The design sets where a grade starts, what went wrong lowers it. Losses of more than a fifth, or five
percentage points apart, count as wrong: Schulz, K. F. & Grimes, D. A. (2002). Sample size slippages in
randomised trials. Lancet 359, 781-785. That the top grade needs a plan fixed beforehand, and that a
deviation lowers the grade, is our own addition to the scale.
"""

from dataclasses import dataclass
from typing import get_args

from vuoksi.loop.experiments.analyses.engine.balance import Standing
from vuoksi.loop.experiments.analyses.engine.explain import Sentence
from vuoksi.loop.experiments.analyses.engine.problem import DESIGNS, Design, ProblemError
from vuoksi.loop.experiments.analyses.engine.problem.question import check_choice, check_range

MOST_LOST, MOST_APART = 0.2, 0.05
ENOUGH_OF_PLANNED = 0.8
ENOUGH_CLUSTERS = 6
_STARTS: dict[Design, int] = {
    "before_after_paired": 1,
    "before_after": 1,
    "two_groups": 1,
    "matched_pairs": 2,
    "interrupted_time_series": 2,
    "difference_in_differences": 3,
    "stepped_wedge": 3,
}
_WITH_COMPARISON: tuple[Design, ...] = (
    "two_groups",
    "matched_pairs",
    "difference_in_differences",
    "stepped_wedge",
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a grade is made from.

    Parameters
    ----------
    by_chance
        Whether chance decided who got the trial, or in which order.
    adjusted
        Whether the effect was adjusted for what was known before the start.
    lost_reference, lost_treatment
        Share of those who were to be measured and were not, on each side; None if unknown.
    balance
        See `balance.compare`; None if it was not looked at.
    trends_alike
        Whether both groups moved alike before the start; None if it could not be looked at.
    clusters_each
        The smaller number of groups or sites on a side, if such were chosen and not single people.
    planned, measured
        Units planned and measured.
    registered
        Whether plan, measure, analysis and rule were fixed before the first measurement.
    deviations
        Number of deviations from the plan that could change the answer.
    """

    design: Design
    by_chance: bool = False
    adjusted: bool = False
    lost_reference: float | None = None
    lost_treatment: float | None = None
    balance: Standing | None = None
    trends_alike: bool | None = None
    clusters_each: int | None = None
    planned: int | None = None
    measured: int | None = None
    registered: bool = False
    deviations: int = 0

    def __post_init__(self) -> None:
        if self.design not in DESIGNS:
            raise ProblemError("unknown_design", f"The design must be one of {', '.join(DESIGNS)}.")
        if self.balance is not None:
            check_choice("balance", self.balance, get_args(Standing))
        for lost in (self.lost_reference, self.lost_treatment):
            check_range("share of the lost", 0 if lost is None else lost, 0, 1)
        for count in (self.clusters_each, self.planned, self.measured, self.deviations):
            check_range("number", count or 0, 0, 1e12)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the grade is not higher: `lowers` is how many grades it takes away."""

    sentence: Sentence
    lowers: int


@dataclass(frozen=True, slots=True)
class Grade:
    """Level 1 to 5, the level at which the design starts, and every reason in between."""

    level: int
    start: int
    reasons: tuple[Reason, ...]


def grade(facts: Facts) -> Grade:
    """Grade the evidence: the design's level, less one for each thing that went wrong, at least 1."""
    start = _start(facts)
    reasons = (
        *_losses(facts),
        *_comparability(facts, start),
        *_size(facts),
        *_faithfulness(facts, start),
    )
    level = max(1, start - sum(reason.lowers for reason in reasons))
    return Grade(level, start, reasons)


def explain_grade(given: Grade) -> tuple[Sentence, ...]:
    """The grade, where the design starts, and the reasons."""
    return (
        Sentence(f"grade_{given.level}"),
        Sentence("grade_starts", {"level": given.start}),
        *(reason.sentence for reason in given.reasons),
    )


def _start(facts: Facts) -> int:
    if facts.by_chance and facts.design in _WITH_COMPARISON:
        return 5
    if facts.design == "two_groups" and facts.adjusted:
        return 2
    return _STARTS[facts.design]


def _losses(facts: Facts) -> tuple[Reason, ...]:
    if facts.design == "interrupted_time_series":
        return ()
    if facts.lost_treatment is None:
        return (_reason("attrition_unknown", 0),)
    reference = facts.lost_treatment if facts.lost_reference is None else facts.lost_reference
    overall = (facts.lost_treatment + reference) / 2
    apart = abs(facts.lost_treatment - reference)
    if overall <= MOST_LOST and apart <= MOST_APART:
        return ()
    numbers = {"overall": 100 * overall, "differential": 100 * apart}
    return (Reason(Sentence("grade_attrition", numbers), 1),)


def _comparability(facts: Facts, start: int) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    if facts.design in {"two_groups", "matched_pairs"}:
        if facts.balance is None:
            reasons.append(_reason("balance_unknown", int(start == 5)))
        elif facts.balance == "large" and not facts.adjusted:
            reasons.append(_reason("imbalance", 1))
    if facts.design == "difference_in_differences" and not facts.by_chance:
        if facts.trends_alike is None:
            reasons.append(_reason("trends_unknown", 0))
        elif not facts.trends_alike:
            reasons.append(_reason("trends", 1))
    return tuple(reasons)


def _size(facts: Facts) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    if facts.planned and (facts.measured or 0) < ENOUGH_OF_PLANNED * facts.planned:
        reasons.append(_reason("too_small", 1))
    if facts.clusters_each is not None and facts.clusters_each < ENOUGH_CLUSTERS:
        reasons.append(_reason("few_clusters", 1))
    return tuple(reasons)


def _faithfulness(facts: Facts, start: int) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    if not facts.registered:
        reasons.append(_reason("not_registered", int(start == 5)))
    if facts.deviations:
        reasons.append(_reason("deviation", 1))
    return tuple(reasons)


def _reason(code: str, lowers: int) -> Reason:
    return Reason(Sentence(f"grade_{code}"), lowers)
