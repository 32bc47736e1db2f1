"""What methods, refusals, findings and grades are called in the reader's language."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Grouping

NOT_ENOUGH = {
    "too_few": _("Each side needs measurements of at least two units."),
    "too_many": _("There are more measurements than can be analysed at once."),
    "no_variation": _("All values are the same, so nothing can be said of their uncertainty."),
    "not_a_number": _("A value is far too large to be right."),
    "unequal_pairs": _("Some units lack their other value."),
    "unequal_lengths": _("Some values lack a part of their description."),
    "bad_share": _("A share is counted from yes and no only."),
    "bad_count": _("A count is a whole number, not below zero."),
    "no_events": _("Nothing was counted on one side, so there is no ratio."),
    "bad_choice": _("The plan asks for something that these values cannot give."),
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
    "rates": _("ratio of two rates (quasi-Poisson)"),
    "paired_rates": _("ratio of rates of pairs (quasi-Poisson, given each pair's sum)"),
    "rates_ar1": _("segmented quasi-Poisson regression, neighbouring errors correlated (REML)"),
    "rates_newey_west": _("segmented quasi-Poisson regression, Newey and West's errors"),
    "rates_independent": _("segmented quasi-Poisson regression"),
    "random_sites": _("mixed model with random sites (REML), errors by site (CR2)"),
}
# By which formula power is computed, by the design of the power problem. A test holds the two together.
POWER_METHODS = {
    "two_means": _("power of the t test of two averages"),
    "two_shares": _("power of the test of two shares by the normal distribution"),
    "two_counts": _("power of the test of two rates by the normal distribution"),
    "paired_counts": _("power of the test of two rates of pairs by the normal distribution"),
    "series_counts": _("power of segmented regression of the logarithm of the rate"),
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


def level_words(level: int | None) -> str:
    """A grade in a few words; empty for evidence from before there were grades."""
    return str(_("Grade %(level)s of 5") % {"level": level}) if level else ""
