"""The engine's sentences and refusals in the reader's language, with numbers as the reader writes them."""

from django.utils.translation import gettext_lazy as _

from vuoksi.indicators.words import number
from vuoksi.loop.experiments.analyses.engine import Sentence
from vuoksi.loop.experiments.analyses.models import Evidence

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
    "interval": _(
        "With %(confidence)s %% confidence the true effect lies between %(low)s and %(high)s."
    ),
    "interval_with_zero": _(
        "With %(confidence)s %% confidence the true effect lies between %(low)s and %(high)s; this includes no effect at all."
    ),
    "outcome_scale": _(
        "The whole interval is better than the %(minimum)s that was fixed beforehand: the rule says scale."
    ),
    "outcome_stop": _(
        "The whole interval falls short of the %(stop)s that was fixed beforehand: the rule says stop."
    ),
    "outcome_inconclusive": _(
        "The interval does not lie wholly above %(minimum)s nor wholly below %(stop)s: the rule does not decide, and more measurements are needed."
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
    "no_comparison_group": _(
        "There was no comparison group: a trend, the season or a return to the usual after an unusual time would look the same."
    ),
    "small_sample": _("There are few measurements: one unusual value can change the result."),
    "intervals_disagree": _(
        "A second method, which assumes less about the data, leads the rule to another answer: treat the result with care."
    ),
    "bootstrap_stopped_early": _("The second method was stopped before it was done."),
}
NOT_ENOUGH = {
    "too_few": _("Each side needs measurements of at least two units."),
    "too_many": _("There are more measurements than can be analysed at once."),
    "no_variation": _("All values are the same, so nothing can be said of their uncertainty."),
    "not_a_number": _("A value is far too large to be right."),
}
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


def sentence_words(sentence: Sentence) -> str:
    """Say a sentence in the active language."""
    shown = {name: number(value) for name, value in sentence.numbers.items()}
    return str(SENTENCES[sentence.code]) % shown
