"""The English sentences of a result: what came out, what the rule says, what to be careful about."""

from collections.abc import Mapping
from types import MappingProxyType

STORY: Mapping[str, str] = MappingProxyType(
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
        "expected_better": "With the trial the average was {treatment}; without it {reference} would have"
        " been expected: a difference of {effect}, in the direction that was hoped for.",
        "expected_worse": "With the trial the average was {treatment}; without it {reference} would have"
        " been expected: a difference of {effect}, against the direction that was hoped for.",
        "expected_none": "The average was {treatment}, just what would have been expected without the"
        " trial.",
        "expected_relative": "That is {percent} % of what would have been expected.",
        "share_change_better": "The share went from {reference} % to {treatment} %: a change of {effect}"
        " percentage points, in the direction that was hoped for.",
        "share_change_worse": "The share went from {reference} % to {treatment} %: a change of {effect}"
        " percentage points, against the direction that was hoped for.",
        "share_change_none": "The share stayed at {reference} %.",
        "share_difference_better": "The share was {treatment} % with the trial and {reference} % without"
        " it: a difference of {effect} percentage points, in the direction that was hoped for.",
        "share_difference_worse": "The share was {treatment} % with the trial and {reference} % without"
        " it: a difference of {effect} percentage points, against the direction that was hoped for.",
        "share_difference_none": "The share was {reference} % with the trial and without it.",
        "part_changes": "The average with the trial changed by {treatment}, the one without it by"
        " {reference}.",
        "part_level": "At the start the course jumped by {effect}.",
        "part_slope": "From the start on each period added {effect} to what it would have added before.",
        "share_interval": "With {confidence} % confidence the true effect lies between {low} and {high}"
        " percentage points.",
        "share_interval_with_zero": "With {confidence} % confidence the true effect lies between {low}"
        " and {high} percentage points; this includes no effect at all.",
        "share_outcome_scale": "The whole interval is an improvement of more than {minimum} percentage"
        " points, the smallest one worth scaling by the plan: the rule says scale.",
        "share_outcome_stop": "The whole interval falls short of an improvement of {stop} percentage"
        " points, which the plan asks for at least: the rule says stop.",
        "share_outcome_inconclusive": "The true effect may be an improvement of {stop} percentage points"
        " or more, and it may be one of {minimum} or less: the rule does not decide, and more measurements"
        " are needed.",
        "rate_part_level": "At the start the rate jumped by {effect} %.",
        "rate_part_slope": "From the start on the rate grew {effect} % more a period than it would have"
        " grown before.",
        "rate_interval": "With {confidence} % confidence the trial changed the rate by {low} % to {high} %.",
        "rate_interval_with_zero": "With {confidence} % confidence the trial changed the rate by {low} % to"
        " {high} %; this includes no effect at all.",
        "rate_outcome_scale": "The whole interval is an improvement of more than {minimum} %, the smallest"
        " one worth scaling by the plan: the rule says scale.",
        "rate_outcome_stop": "The whole interval falls short of an improvement of {stop} %, which the plan"
        " asks for at least: the rule says stop.",
        "rate_outcome_inconclusive": "The true effect may be an improvement of {stop} % or more, and it may"
        " be one of {minimum} % or less: the rule does not decide, and more measurements are needed.",
        "interval": "With {confidence} % confidence the true effect lies between {low} and {high}.",
        "interval_with_zero": "With {confidence} % confidence the true effect lies between {low} and"
        " {high}; this includes no effect at all.",
        "outcome_scale": "The whole interval is an improvement of more than {minimum}, the smallest one"
        " worth scaling by the plan: the rule says scale.",
        "outcome_stop": "The whole interval falls short of an improvement of {stop}, which the plan asks"
        " for at least: the rule says stop.",
        "outcome_inconclusive": "The true effect may be an improvement of {stop} or more, and it may be"
        " one of {minimum} or less: the rule does not decide, and more measurements are needed.",
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
        "design_matched_pairs": "{n_treatment} units with the trial were each compared with a unit that"
        " was matched to it. What happened to both cannot explain the difference; something that the"
        " matching did not know can.",
        "design_difference_in_differences": "The change of {n_treatment} units with the trial was"
        " compared with that of {n_reference} units without it. Differences that were there from the"
        " start cannot explain the effect, nor what happened to both groups; something that happened"
        " to one of them only can.",
        "design_interrupted_time_series": "{n_treatment} periods with the trial were compared with the"
        " course of the {n_reference} periods before, drawn on. A steady trend cannot explain the"
        " effect; anything else that began at the same time can.",
        "design_stepped_wedge": "{n_treatment} values with the trial were compared with {n_reference}"
        " values without it, at sites that started one after the other. Neither lasting differences"
        " between sites nor what happened everywhere at once can explain the effect.",
        "no_comparison_group": "There was no comparison group: a trend, the season or a return to the"
        " usual after an unusual time would look the same.",
        "small_sample": "There are few measurements: one unusual value can change the result.",
        "intervals_disagree": "A second method, which assumes less about the data, leads the rule to"
        " another answer: treat the result with care.",
        "bootstrap_stopped_early": "The second method was stopped before it was done.",
        "few_clusters": "Few groups or sites were chosen for the trial: one unusual one can change the"
        " result, and the true uncertainty may be larger than stated.",
        "trends_differ": "Before the start both groups did not move alike: the effect may be nothing"
        " but the difference of their trends.",
        "short_series": "The series is short: a turn of the course by chance looks like an effect.",
        "season_not_covered": "Less than two full seasons before the start or one after it were"
        " measured: the season may look like an effect.",
        "missing_could_decide": "Units that were to be measured are missing. If they were very"
        " different from the measured ones, the answer would be another one.",
        "one_unit_could_decide": "Without one single unit the answer would be another one.",
    }
)
