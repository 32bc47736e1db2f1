"""The English sentences across results: looks on the way, several measures, several experiments, grades."""

from collections.abc import Mapping
from types import MappingProxyType

TOGETHER: Mapping[str, str] = MappingProxyType(
    {
        "peek_open": "This is a look on the way after {n} units. The interval, which stays true however"
        " often one looks, runs from {low} to {high} and includes no effect: go on.",
        "peek_clear": "This is a look on the way after {n} units. The interval, which stays true however"
        " often one looks, runs from {low} to {high}: the effect is there, and the experiment may end.",
        "peek_too_early": "Only {n} units have been measured: it is too early to look.",
        "several_measures": "{measures} measures were tested at once. Corrected for that, {found} of them"
        " show an effect; without the correction it would be {uncorrected}.",
        "synthesis_effect": "Over {studies} experiments the average effect is {effect}; with {confidence}"
        " % confidence it lies between {low} and {high}.",
        "synthesis_prediction": "The effect in one more experiment like these is expected between {low}"
        " and {high}.",
        "synthesis_agree": "The experiments agree as well as chance lets expect.",
        "synthesis_differ": "{percent} % of the differences between the experiments is more than chance:"
        " the effect depends on where and how it is tried.",
        "synthesis_few": "There are few experiments: the next one may change the picture.",
        "synthesis_single": "One experiment decides whether the average effect differs from none.",
        "grade_1": "Grade 1 of 5: a comparison without anything that could stand for what would have"
        " happened otherwise.",
        "grade_2": "Grade 2 of 5: a comparison that takes some other explanations into account.",
        "grade_3": "Grade 3 of 5: measured before and after, with and without the trial.",
        "grade_4": "Grade 4 of 5: something close to chance decided who got the trial, or chance did"
        " with a flaw.",
        "grade_5": "Grade 5 of 5: chance decided who got the trial, and nothing went wrong that the"
        " scale asks about.",
        "grade_starts": "The design alone allows grade {level}.",
        "grade_attrition": "Too many were lost, or more in one group than in the other: {overall} % in"
        " all, {differential} percentage points apart.",
        "grade_attrition_unknown": "It is not known how many were lost on the way.",
        "grade_imbalance": "The groups differed before the start and the effect was not adjusted for it.",
        "grade_balance_unknown": "Whether the groups were alike before the start was not shown.",
        "grade_trends": "Before the start both groups did not move alike.",
        "grade_trends_unknown": "Whether both groups moved alike before the start could not be looked at.",
        "grade_too_small": "Fewer than the planned number were measured.",
        "grade_few_clusters": "Too few groups or sites were chosen by lot for chance to even them out.",
        "grade_not_registered": "The plan was not fixed before the first measurement.",
        "grade_deviation": "The analysis or the measure deviates from the plan in a way that could change"
        " the answer.",
    }
)
