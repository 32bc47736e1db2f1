"""The engine's sentences and refusals in the reader's language, with numbers as the reader writes them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuoksi.indicators.words import number
from vuoksi.loop.experiments.analyses.engine import Sentence
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Grouping
from vuoksi.loop.experiments.plans.words import DESIGN_WORDS

# One entry a code of the engine; a test holds the two together.
SENTENCES = {
    "change_better": _(
        "The average went from %(reference)s to %(treatment)s: a change of %(effect)s, in the direction that was hoped for."
    ),
    "change_worse": _(
        "The average went from %(reference)s to %(treatment)s: a change of %(effect)s, against the direction that was hoped for."
    ),
    "change_none": _("The average stayed at %(reference)s."),
    "change_relative": _("That is %(percent)s %% of the average before."),
    "difference_better": _(
        "The average was %(treatment)s with the trial and %(reference)s without it: a difference of %(effect)s, in the direction that was hoped for."
    ),
    "difference_worse": _(
        "The average was %(treatment)s with the trial and %(reference)s without it: a difference of %(effect)s, against the direction that was hoped for."
    ),
    "difference_none": _("The average was %(reference)s with the trial and without it."),
    "difference_relative": _("That is %(percent)s %% of the average without the trial."),
    "expected_better": _(
        "With the trial the average was %(treatment)s; without it %(reference)s would have been expected: a difference of %(effect)s, in the direction that was hoped for."
    ),
    "expected_worse": _(
        "With the trial the average was %(treatment)s; without it %(reference)s would have been expected: a difference of %(effect)s, against the direction that was hoped for."
    ),
    "expected_none": _(
        "The average was %(treatment)s, just what would have been expected without the trial."
    ),
    "expected_relative": _("That is %(percent)s %% of what would have been expected."),
    "share_change_better": _(
        "The share went from %(reference)s %% to %(treatment)s %%: a change of %(effect)s percentage points, in the direction that was hoped for."
    ),
    "share_change_worse": _(
        "The share went from %(reference)s %% to %(treatment)s %%: a change of %(effect)s percentage points, against the direction that was hoped for."
    ),
    "share_change_none": _("The share stayed at %(reference)s %%."),
    "share_difference_better": _(
        "The share was %(treatment)s %% with the trial and %(reference)s %% without it: a difference of %(effect)s percentage points, in the direction that was hoped for."
    ),
    "share_difference_worse": _(
        "The share was %(treatment)s %% with the trial and %(reference)s %% without it: a difference of %(effect)s percentage points, against the direction that was hoped for."
    ),
    "share_difference_none": _("The share was %(reference)s %% with the trial and without it."),
    "part_changes": _(
        "The average with the trial changed by %(treatment)s, the one without it by %(reference)s."
    ),
    "part_level": _("At the start the course jumped by %(effect)s."),
    "part_slope": _(
        "From the start on each period added %(effect)s to what it would have added before."
    ),
    "share_interval": _(
        "With %(confidence)s %% confidence the true effect lies between %(low)s and %(high)s percentage points."
    ),
    "share_interval_with_zero": _(
        "With %(confidence)s %% confidence the true effect lies between %(low)s and %(high)s percentage points; this includes no effect at all."
    ),
    "share_outcome_scale": _(
        "The whole interval is an improvement of more than %(minimum)s percentage points, the smallest one worth scaling by the plan: the rule says scale."
    ),
    "share_outcome_stop": _(
        "The whole interval falls short of an improvement of %(stop)s percentage points, which the plan asks for at least: the rule says stop."
    ),
    "share_outcome_inconclusive": _(
        "The true effect may be an improvement of %(stop)s percentage points or more, and it may be one of %(minimum)s or less: the rule does not decide, and more measurements are needed."
    ),
    "interval": _(
        "With %(confidence)s %% confidence the true effect lies between %(low)s and %(high)s."
    ),
    "interval_with_zero": _(
        "With %(confidence)s %% confidence the true effect lies between %(low)s and %(high)s; this includes no effect at all."
    ),
    "outcome_scale": _(
        "The whole interval is an improvement of more than %(minimum)s, the smallest one worth scaling by the plan: the rule says scale."
    ),
    "outcome_stop": _(
        "The whole interval falls short of an improvement of %(stop)s, which the plan asks for at least: the rule says stop."
    ),
    "outcome_inconclusive": _(
        "The true effect may be an improvement of %(stop)s or more, and it may be one of %(minimum)s or less: the rule does not decide, and more measurements are needed."
    ),
    "outcome_no_rule": _("No smallest effect was fixed beforehand, so no rule decides."),
    "design_before_after_paired": _(
        "The same %(n_treatment)s units were measured before and after. Differences between units cannot explain the change, but anything else that changed at the same time can."
    ),
    "design_before_after": _(
        "%(n_reference)s units were measured before and %(n_treatment)s others after. The change may come from the trial, from anything else that changed at the same time, or from the units being different ones."
    ),
    "design_two_groups": _(
        "%(n_treatment)s units with the trial were compared with %(n_reference)s units without it at the same time. What happened to both groups cannot explain the difference; if chance did not decide who was in which group, the groups may have differed from the start."
    ),
    "design_matched_pairs": _(
        "%(n_treatment)s units with the trial were each compared with a unit that was matched to it. What happened to both cannot explain the difference; something that the matching did not know can."
    ),
    "design_difference_in_differences": _(
        "The change of %(n_treatment)s units with the trial was compared with that of %(n_reference)s units without it. Differences that were there from the start cannot explain the effect, nor what happened to both groups; something that happened to one of them only can."
    ),
    "design_interrupted_time_series": _(
        "%(n_treatment)s periods with the trial were compared with the course of the %(n_reference)s periods before, drawn on. A steady trend cannot explain the effect; anything else that began at the same time can."
    ),
    "design_stepped_wedge": _(
        "%(n_treatment)s values with the trial were compared with %(n_reference)s values without it, at sites that started one after the other. Neither lasting differences between sites nor what happened everywhere at once can explain the effect."
    ),
    "no_comparison_group": _(
        "There was no comparison group: a trend, the season or a return to the usual after an unusual time would look the same."
    ),
    "small_sample": _("There are few measurements: one unusual value can change the result."),
    "intervals_disagree": _(
        "A second method, which assumes less about the data, leads the rule to another answer: treat the result with care."
    ),
    "bootstrap_stopped_early": _("The second method was stopped before it was done."),
    "few_clusters": _(
        "Few groups or sites were chosen for the trial: one unusual one can change the result, and the true uncertainty may be larger than stated."
    ),
    "trends_differ": _(
        "Before the start both groups did not move alike: the effect may be nothing but the difference of their trends."
    ),
    "short_series": _("The series is short: a turn of the course by chance looks like an effect."),
    "season_not_covered": _(
        "Less than two full seasons before the start or one after it were measured: the season may look like an effect."
    ),
    "missing_could_decide": _(
        "Units that were to be measured are missing. If they were very different from the measured ones, the answer would be another one."
    ),
    "one_unit_could_decide": _("Without one single unit the answer would be another one."),
    **DESIGN_WORDS,
    "checks_hold": _("Assumptions checked: %(checked)s. The data speak against none of them."),
    "checks_doubt": _(
        "Assumptions checked: %(checked)s. The data speak against %(doubtful)s of them."
    ),
    "check_normal_shape": _(
        "The values are few and far from evenly spread around their average: trust the second method and the ranks more."
    ),
    "check_equal_slopes": _(
        "The starting value counts differently in both groups: the effect may depend on where somebody starts."
    ),
    "check_parallel_trends": _("Before the start both groups did not move alike."),
    "check_enough_clusters": _("There are too few groups or sites for a firm error margin."),
    "check_no_autocorrelation_left": _(
        "Neighbouring periods still hang together in a way that the method does not describe: the interval may be too narrow."
    ),
    "check_long_enough": _("There are fewer than twelve periods on a side."),
    "check_season_covered": _(
        "The season was not measured often enough to be told from the effect."
    ),
    "variant_interval": _("There the interval runs from %(low)s to %(high)s."),
    "variant_trimmed": _(
        "Without the highest and the lowest fifth of the values the effect is %(effect)s."
    ),
    "variant_ranks": _(
        "By ranks, where single large values count no more than others, it is %(effect)s."
    ),
    "variant_leave_one_out": _(
        "Whichever single unit is left out, it lies between %(least)s and %(most)s."
    ),
    "variant_missing_bounds": _(
        "Whatever the missing units would have shown, it lies between %(least)s and %(most)s."
    ),
    "share_variant_missing_bounds": _(
        "Whatever the missing units would have shown, it lies between %(least)s and %(most)s percentage points."
    ),
    "variant_missing_tipping": _(
        "For the interval to reach zero, the missing units' average must lie %(effect)s from the measured ones'."
    ),
    "variant_unadjusted": _("Without the adjustment it is %(effect)s."),
    "variant_robust_errors": _(
        "With an error margin that lets some units vary more than others it is %(effect)s."
    ),
    "variant_wild_bootstrap": _(
        "A second method for few groups (bootstrap by group) gives %(effect)s."
    ),
    "variant_placebo": _(
        "Placebo test: a start that never was, halfway through the time before, shows %(effect)s."
    ),
    "variant_ar1": _("With errors that hang together from period to period it is %(effect)s."),
    "variant_newey_west": _("By least squares with a wider error margin it is %(effect)s."),
    "variant_no_bend": _("If the course may jump but not bend it is %(effect)s."),
    "variant_model_based": _("If sites differ in nothing but their level it is %(effect)s."),
    "power_needed": _(
        "To find a true effect of %(effect)s with a chance of %(power)s %%, at least %(per_group)s units a group are needed, %(total)s in all."
    ),
    "power_needed_pairs": _(
        "To find a true effect of %(effect)s with a chance of %(power)s %%, at least %(total)s units measured twice are needed."
    ),
    "power_needed_periods": _(
        "To find a true effect of %(effect)s with a chance of %(power)s %%, at least %(total)s periods are needed, %(per_group)s of them with the trial."
    ),
    "power_needed_clusters": _(
        "To find a true effect of %(effect)s with a chance of %(power)s %%, at least %(total)s sites are needed."
    ),
    "power_had": _(
        "With %(total)s units, sites or periods a true effect of %(effect)s is found with a chance of %(power)s %%."
    ),
    "power_out_of_reach": _(
        "A true effect of %(effect)s cannot be found with a chance of %(power)s %% with any number of units, sites or periods that was looked at."
    ),
    "power_smallest": _(
        "The smallest true effect that would be found with a chance of %(power)s %% is %(smallest)s."
    ),
    "power_low": _(
        "That is a chance below 80 %%: the experiment would often end without an answer."
    ),
    "balance_good": _(
        "The groups were alike before the start: no measure differs by more than a tenth of its usual spread (measures compared: %(looked_at)s)."
    ),
    "balance_small": _(
        "The groups differed a little before the start, by more than a tenth of the usual spread (measures that differ: %(differing)s of %(looked_at)s)."
    ),
    "balance_large": _(
        "The groups differed before the start by more than a quarter of the usual spread (measures that differ: %(differing)s of %(looked_at)s). The effect should be adjusted for them."
    ),
    "peek_open": _(
        "This is a look on the way after %(n)s units. The interval, which stays true however often one looks, runs from %(low)s to %(high)s and includes no effect: go on."
    ),
    "peek_clear": _(
        "This is a look on the way after %(n)s units. The interval, which stays true however often one looks, runs from %(low)s to %(high)s: the effect is there, and the experiment may end."
    ),
    "peek_too_early": _("Only %(n)s units have been measured: it is too early to look."),
    "several_measures": _(
        "%(measures)s measures were tested at once. Corrected for that, %(found)s of them show an effect; without the correction it would be %(uncorrected)s."
    ),
    "synthesis_effect": _(
        "Over %(studies)s experiments the average effect is %(effect)s; with %(confidence)s %% confidence it lies between %(low)s and %(high)s."
    ),
    "synthesis_prediction": _(
        "The effect in one more experiment like these is expected between %(low)s and %(high)s."
    ),
    "synthesis_agree": _("The experiments agree as well as chance lets expect."),
    "synthesis_differ": _(
        "%(percent)s %% of the differences between the experiments is more than chance: the effect depends on where and how it is tried."
    ),
    "synthesis_few": _("There are few experiments: the next one may change the picture."),
    "synthesis_single": _("One experiment decides whether the average effect differs from none."),
    "grade_1": _(
        "Grade 1 of 5: a comparison without anything that could stand for what would have happened otherwise."
    ),
    "grade_2": _("Grade 2 of 5: a comparison that takes some other explanations into account."),
    "grade_3": _("Grade 3 of 5: measured before and after, with and without the trial."),
    "grade_4": _(
        "Grade 4 of 5: something close to chance decided who got the trial, or chance did with a flaw."
    ),
    "grade_5": _(
        "Grade 5 of 5: chance decided who got the trial, and nothing went wrong that the scale asks about."
    ),
    "grade_starts": _("The design alone allows grade %(level)s."),
    "grade_attrition": _(
        "Too many were lost, or more in one group than in the other: %(overall)s %% in all, %(differential)s percentage points apart."
    ),
    "grade_attrition_unknown": _("It is not known how many were lost on the way."),
    "grade_imbalance": _(
        "The groups differed before the start and the effect was not adjusted for it."
    ),
    "grade_balance_unknown": _("Whether the groups were alike before the start was not shown."),
    "grade_trends": _("Before the start both groups did not move alike."),
    "grade_trends_unknown": _(
        "Whether both groups moved alike before the start could not be looked at."
    ),
    "grade_too_small": _("Fewer than the planned number were measured."),
    "grade_few_clusters": _(
        "Too few groups or sites were chosen by lot for chance to even them out."
    ),
    "grade_not_registered": _("The plan was not fixed before the first measurement."),
    "grade_deviation": _(
        "The analysis or the measure deviates from the plan in a way that could change the answer."
    ),
}
NOT_ENOUGH = {
    "too_few": _("Each side needs measurements of at least two units."),
    "too_many": _("There are more measurements than can be analysed at once."),
    "no_variation": _("All values are the same, so nothing can be said of their uncertainty."),
    "not_a_number": _("A value is far too large to be right."),
    "unequal_pairs": _("Some units lack their other value."),
    "unequal_lengths": _("Some values lack a part of their description."),
    "bad_share": _("A share is counted from yes and no only."),
    "bad_groups": _("A unit stands on both sides, or a site stopped again after it had started."),
    "bad_start": _("There are no measurements on one side of the start."),
    "bad_range": _("A number lies outside its range."),
    "not_identified": _("The data cannot tell the effect from everything else."),
}
NOT_ENOUGH["missing_period"] = _("A period in between was not measured.")
NO_LOOK = {
    "design": _(
        "This design allows no look on the way: intervals that stay true however often one looks are known for two sides only."
    ),
    "planned": _(
        "The plan does not say how many units are measured in all, so there is no interval that stays true however often one looks."
    ),
}
BAD_LISTS = {
    "reason": _("These units are divided already. Say why they are divided again."),
    "no_start": _("Fill in the first day with the trial in the plan, or a day for each site."),
    "no_group": _("Each unit needs its group here: control or treatment."),
    "nothing_known": _(
        "Units are matched by what is known of them: add a column of numbers, such as their value before the start."
    ),
    "bad_groups": _("A unit stands in the list twice."),
    "bad_range": _("There are too few units, or the number of steps does not fit them."),
    "too_few": _("There are too few units."),
    "too_many": _("There are too many units to compare each with each."),
    "unequal_lengths": _("Something is not known of every unit."),
}
APART = {
    "unit": _("It was measured in another unit."),
    "no_error": _("It has no effect in standard deviations that could be compared."),
}
# What the engine's methods are called, by the code in their results. A test holds the two together.
METHODS = {
    "paired_t": _("t interval of the differences of pairs"),
    "welch": _("Welch's t interval of two averages"),
    "paired_shares": _("Newcombe's interval for shares of pairs, McNemar's exact test"),
    "shares": _("Newcombe's interval for two shares, score test"),
    "ancova": _("analysis of covariance"),
    "panel": _("difference in differences by regression, errors by group (CR2)"),
    "repeated_groups": _("difference in differences of groups, errors by group (CR2)"),
    "published_means": _("difference in differences from published averages"),
    "segmented_ar1": _("segmented regression, neighbouring errors correlated (REML)"),
    "segmented_newey_west": _("segmented regression, Newey and West's errors"),
    "segmented_independent": _("segmented regression"),
    "random_sites": _("mixed model with random sites (REML), errors by site (CR2)"),
}
# By which formula power is computed, by the design of the power problem. A test holds the two together.
POWER_METHODS = {
    "two_means": _("power of the t test of two averages"),
    "two_shares": _("power of the test of two shares by the normal distribution"),
    "paired_means": _("power of the t test of pairs"),
    "panel_means": _("power of the t test of changes, from the correlation of repeated values"),
    "series_jump": _("power of segmented regression with correlated neighbouring errors"),
    "wedge_means": _("Hussey and Hughes' formula for stepped wedges"),
}
# How groups were made, by the method; beside it stands in the fixed text which algorithm did it.
ALGORITHMS = {
    Grouping.Method.CHANCE: _("lots by SHA-256 within each stratum"),
    Grouping.Method.ORDER: _("lots of the sites by SHA-256"),
    Grouping.Method.MATCHING: _("the pairs with the least sum of Mahalanobis distances"),
    Grouping.Method.LISTED: _("nothing was computed"),
}
# How firm each grade is, with more than a number.
LEVEL_TONES = {1: "neutral", 2: "neutral", 3: "info", 4: "good", 5: "good"}
OUTCOMES = {
    "scale": _("The rule says: scale up"),
    "stop": _("The rule says: stop"),
    "inconclusive": _("The rule does not decide yet"),
    "no_rule": _("No rule was fixed"),
}
OUTCOME_TONES = {"scale": "good", "stop": "bad", "inconclusive": "warn", "no_rule": "neutral"}
FINDING_TONES = {
    Evidence.Finding.BETTER: "good",
    Evidence.Finding.WORSE: "bad",
    Evidence.Finding.NONE: "neutral",
}


def not_enough(code: str) -> str:
    """Why the effect cannot be computed yet."""
    return gettext("The effect cannot be computed yet. %(reason)s") % {"reason": NOT_ENOUGH[code]}


def sentence_words(sentence: Sentence) -> str:
    """Say a sentence in the active language."""
    shown = {name: number(value) for name, value in sentence.numbers.items()}
    # A percent sign stays with its number.
    return (str(SENTENCES[sentence.code]) % shown).replace(" %", "\N{NO-BREAK SPACE}%")


def sentence_from(code: str, numbers: dict[str, float]) -> str:
    """Say a stored sentence in the active language."""
    return sentence_words(Sentence(code, numbers))


def level_words(level: int | None) -> str:
    """A grade in a few words; empty for evidence from before there were grades."""
    return str(_("Grade %(level)s of 5") % {"level": level}) if level else ""
