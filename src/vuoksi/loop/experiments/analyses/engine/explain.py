"""The result in sentences that a resident can read.

A sentence is a code and its numbers, so that it can be said in any language; `ENGLISH` has one
text for each code and serves as the source of translations.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from vuoksi.loop.experiments.analyses.engine.problem import Problem, Result

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        "change_better": "The average went from {reference} to {treatment}: a change of {effect},"
        " in the direction that was hoped for.",
        "change_worse": "The average went from {reference} to {treatment}: a change of {effect},"
        " against the direction that was hoped for.",
        "change_none": "The average stayed at {reference}.",
        "change_relative": "That is {percent} % of the average before.",
        "difference_better": "The average was {treatment} with the trial and {reference} without it:"
        " a difference of {effect}, in the direction that was hoped for.",
        "difference_worse": "The average was {treatment} with the trial and {reference} without it:"
        " a difference of {effect}, against the direction that was hoped for.",
        "difference_none": "The average was {reference} with the trial and without it.",
        "difference_relative": "That is {percent} % of the average without the trial.",
        "interval": "With {confidence} % confidence the true effect lies between {low} and {high}.",
        "interval_with_zero": "With {confidence} % confidence the true effect lies between {low} and"
        " {high}; this includes no effect at all.",
        "outcome_scale": "The whole interval is better than the {minimum} that was fixed"
        " beforehand: the rule says scale.",
        "outcome_stop": "The whole interval falls short of the {stop} that was fixed beforehand:"
        " the rule says stop.",
        "outcome_inconclusive": "The interval does not lie wholly above {minimum} nor wholly below"
        " {stop}: the rule does not decide, and more measurements are needed.",
        "outcome_no_rule": "No smallest effect was fixed beforehand, so no rule decides.",
        "design_before_after_paired": "The same {n_treatment} units were measured before and after."
        " Differences between units cannot explain the change, but anything else that changed at the"
        " same time can.",
        "design_before_after": "{n_reference} units were measured before and {n_treatment} others"
        " after. The change may come from the trial, from anything else that changed at the same"
        " time, or from the units being different ones.",
        "design_two_groups": "{n_treatment} units with the trial were compared with {n_reference}"
        " units without it at the same time. What happened to both groups cannot explain the"
        " difference; if chance did not decide who was in which group, the groups may have differed"
        " from the start.",
        "no_comparison_group": "There was no comparison group: a trend, the season or a return to the"
        " usual after an unusual time would look the same.",
        "small_sample": "There are few measurements: one unusual value can change the result.",
        "intervals_disagree": "A second method, which assumes less about the data, leads the rule to"
        " another answer: treat the result with care.",
        "bootstrap_stopped_early": "The second method was stopped before it was done.",
    }
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A code of `ENGLISH` and the numbers in it: values in the measure's unit, counts, percent."""

    code: str
    numbers: Mapping[str, float] = field(default_factory=dict)


def explain(problem: Problem, result: Result) -> tuple[Sentence, ...]:
    """What came out, what the rule says, what the design can show, and what to be careful about."""
    counts = {"n_reference": result.n_reference, "n_treatment": result.n_treatment}
    return (
        *_effect(problem, result),
        _interval(result),
        _outcome(problem, result),
        Sentence(f"design_{result.design}", counts),
        *(Sentence(code) for code in result.cautions),
    )


def english(sentence: Sentence) -> str:
    """The sentence in English, with three significant digits."""
    shown = {name: shown_number(value) for name, value in sentence.numbers.items()}
    return ENGLISH[sentence.code].format(**shown)


def shown_number(value: float) -> str:
    """Three significant digits, never fewer than the whole part, with a comma between thousands."""
    if isinstance(value, int) or value == 0:
        return f"{value:,.0f}"
    if not 1e-6 <= abs(value) < 1e15:
        return f"{value:.2e}"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}"


def _effect(problem: Problem, result: Result) -> tuple[Sentence, ...]:
    kind = "difference" if problem.design == "two_groups" else "change"
    numbers = {"reference": result.mean_reference, "treatment": result.mean_treatment}
    if result.effect == 0:
        return (Sentence(f"{kind}_none", numbers),)
    hoped = (result.effect > 0) == (problem.better == "up")
    code = f"{kind}_better" if hoped else f"{kind}_worse"
    first = Sentence(code, {**numbers, "effect": result.effect})
    if result.relative_effect is None:
        return (first,)
    return first, Sentence(f"{kind}_relative", {"percent": 100 * result.relative_effect})


def _interval(result: Result) -> Sentence:
    low, high = result.interval.low, result.interval.high
    code = "interval_with_zero" if low <= 0 <= high else "interval"
    percent = round(100 * result.confidence, 6)
    confidence = int(percent) if percent.is_integer() else percent
    return Sentence(code, {"confidence": confidence, "low": low, "high": high})


def _outcome(problem: Problem, result: Result) -> Sentence:
    minimum = problem.minimum_effect
    if minimum is None:
        return Sentence("outcome_no_rule")
    stop = minimum if problem.stop_effect is None else problem.stop_effect
    return Sentence(f"outcome_{result.rule_outcome}", {"minimum": minimum, "stop": stop})
