"""The English sentences beside a result: what designs can show, and how firmly the result stands."""

from collections.abc import Mapping
from types import MappingProxyType

DESIGN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "can_before_after_paired": "How much the same people or places changed after the start,"
        " whatever their differences were.",
        "cannot_before_after_paired": "Whether they would have changed anyway: with the season, a trend,"
        " other news, or because unusual values return to the usual.",
        "can_before_after": "How far the average after the start lies from the average before.",
        "cannot_before_after": "Whether the trial did it: others were measured afterwards, and time"
        " went on.",
        "can_two_groups": "How far both groups lie apart at the same time; if chance decided who is in"
        " which, that is the effect of the trial.",
        "cannot_two_groups": "If people chose for themselves or were chosen, whether the groups were"
        " different from the start.",
        "can_matched_pairs": "How far units lie from others that were alike in what was known of them.",
        "cannot_matched_pairs": "What units that look alike on paper do not share: motives, plans,"
        " neighbours.",
        "can_difference_in_differences": "Whether the group with the trial changed more than the group"
        " without it, whatever their starting points and whatever happened to both.",
        "cannot_difference_in_differences": "Whether both would have moved alike without the trial. That"
        " can be looked at before the start, never proved after it.",
        "can_interrupted_time_series": "Whether a long course jumped or bent at the start more than its"
        " trend, season and usual ups and downs let expect.",
        "cannot_interrupted_time_series": "Whether something else that began at the same time did it.",
        "can_stepped_wedge": "The effect at sites that start one after the other in an order drawn by"
        " lot: each is compared with itself and with those that have not started.",
        "cannot_stepped_wedge": "An effect that spills over to sites that wait, or that grows with time"
        " in use; and little at all with few sites.",
    }
)
FIRMNESS: Mapping[str, str] = MappingProxyType(
    {
        "checks_hold": "Assumptions checked: {checked}. The data speak against none of them.",
        "checks_doubt": "Assumptions checked: {checked}. The data speak against {doubtful} of them.",
        "check_normal_shape": "The values are few and far from evenly spread around their average: trust"
        " the second method and the ranks more.",
        "check_equal_slopes": "The starting value counts differently in both groups: the effect may"
        " depend on where somebody starts.",
        "check_parallel_trends": "Before the start both groups did not move alike.",
        "check_enough_clusters": "There are too few groups or sites for a firm error margin.",
        "check_no_autocorrelation_left": "Neighbouring periods still hang together in a way that the"
        " method does not describe: the interval may be too narrow.",
        "check_long_enough": "There are fewer than twelve periods on a side.",
        "check_season_covered": "The season was not measured often enough to be told from the effect.",
        "variant_interval": "There the interval runs from {low} to {high}.",
        "variant_trimmed": "Without the highest and the lowest fifth of the values the effect is"
        " {effect}.",
        "variant_ranks": "By ranks, where single large values count no more than others, it is"
        " {effect}.",
        "variant_leave_one_out": "Whichever single unit is left out, it lies between {least} and {most}.",
        "variant_missing_bounds": "Whatever the missing units would have shown, it lies between {least}"
        " and {most}.",
        "share_variant_missing_bounds": "Whatever the missing units would have shown, it lies between"
        " {least} and {most} percentage points.",
        "variant_missing_tipping": "For the interval to reach zero, the missing units' average must lie"
        " {effect} from the measured ones'.",
        "variant_unadjusted": "Without the adjustment it is {effect}.",
        "variant_robust_errors": "With an error margin that lets some units vary more than others it is"
        " {effect}.",
        "variant_wild_bootstrap": "A second method for few groups (bootstrap by group) gives {effect}.",
        "variant_placebo": "Placebo test: a start that never was, halfway through the time before, shows"
        " {effect}.",
        "variant_ar1": "With errors that hang together from period to period it is {effect}.",
        "variant_newey_west": "By least squares with a wider error margin it is {effect}.",
        "variant_no_bend": "If the course may jump but not bend it is {effect}.",
        "rate_in_percent": "Effects here are changes of the rate in percent.",
        "variant_independent": "With errors that do not hang together it is {effect}.",
        "variant_poisson": "If counts vary by pure chance alone it is {effect}.",
        "variant_exact": "By the exact distribution of counts of pure chance it is {effect}.",
        "variant_overdispersed": "If counts may vary more than by pure chance it is {effect}.",
        "variant_model_based": "If sites differ in nothing but their level it is {effect}.",
    }
)
