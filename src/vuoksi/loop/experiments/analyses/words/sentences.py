"""The engine's sentences in the reader's language, with numbers as the reader writes them."""

from django.utils.translation import gettext_lazy as _

from vuoksi.indicators.words import number
from vuoksi.loop.experiments.analyses.engine import Sentence
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
    "rate_part_level": _("At the start the rate jumped by %(effect)s %%."),
    "rate_part_slope": _(
        "From the start on the rate grew %(effect)s %% more a period than it would have grown before."
    ),
    "rate_interval": _(
        "With %(confidence)s %% confidence the trial changed the rate by %(low)s %% to %(high)s %%."
    ),
    "rate_interval_with_zero": _(
        "With %(confidence)s %% confidence the trial changed the rate by %(low)s %% to %(high)s %%; this includes no effect at all."
    ),
    "rate_outcome_scale": _(
        "The whole interval is an improvement of more than %(minimum)s %%, the smallest one worth scaling by the plan: the rule says scale."
    ),
    "rate_outcome_stop": _(
        "The whole interval falls short of an improvement of %(stop)s %%, which the plan asks for at least: the rule says stop."
    ),
    "rate_outcome_inconclusive": _(
        "The true effect may be an improvement of %(stop)s %% or more, and it may be one of %(minimum)s %% or less: the rule does not decide, and more measurements are needed."
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
    "rate_in_percent": _("Effects here are changes of the rate in percent."),
    "variant_independent": _("With errors that do not hang together it is %(effect)s."),
    "variant_poisson": _("If counts vary by pure chance alone it is %(effect)s."),
    "variant_exact": _("By the exact distribution of counts of pure chance it is %(effect)s."),
    "variant_overdispersed": _("If counts may vary more than by pure chance it is %(effect)s."),
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


def sentence_words(sentence: Sentence) -> str:
    """Say a sentence in the active language."""
    shown = {name: number(value) for name, value in sentence.numbers.items()}
    # A percent sign stays with its number.
    return (str(SENTENCES[sentence.code]) % shown).replace(" %", "\N{NO-BREAK SPACE}%")


def sentence_from(code: str, numbers: dict[str, float]) -> str:
    """Say a stored sentence in the active language."""
    return sentence_words(Sentence(code, numbers))
