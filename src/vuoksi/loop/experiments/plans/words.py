"""Words of this app that stand in more than one place."""

from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.plans.models import Experiment

FAULTS = {
    "missing": _("Fill this in before the experiment starts."),
    "past": _("This day is past. Choose a later one."),
}
# When a design is worth choosing, in a few words.
DESIGN_ADVICE = {
    "before_after_paired": _("Quick and cheap, when no comparison is possible."),
    "before_after": _("When the same people or places cannot be measured twice."),
    "two_groups": _("The firmest answer when chance decides who is in which group."),
    "matched_pairs": _("When the trial's units are given, and much is known of others."),
    "difference_in_differences": _(
        "When groups are given and both were measured before, best several times."
    ),
    "interrupted_time_series": _(
        "When one place is measured often and for long: two years of months or more."
    ),
    "stepped_wedge": _("When every site shall get the trial, but not all at once."),
}
TONES = {
    Experiment.State.DRAFT: "neutral",
    Experiment.State.RUNNING: "try",
    Experiment.State.ENDED: "info",
    Experiment.State.DECIDED: "decide",
    Experiment.State.CANCELLED: "bad",
}
# What each design can and cannot show. The analysis says the same with these words.
DESIGN_WORDS = {
    "can_before_after_paired": _(
        "How much the same people or places changed after the start, whatever their differences were."
    ),
    "cannot_before_after_paired": _(
        "Whether they would have changed anyway: with the season, a trend, other news, or because unusual values return to the usual."
    ),
    "can_before_after": _("How far the average after the start lies from the average before."),
    "cannot_before_after": _(
        "Whether the trial did it: others were measured afterwards, and time went on."
    ),
    "can_two_groups": _(
        "How far both groups lie apart at the same time; if chance decided who is in which, that is the effect of the trial."
    ),
    "cannot_two_groups": _(
        "If people chose for themselves or were chosen, whether the groups were different from the start."
    ),
    "can_matched_pairs": _(
        "How far units lie from others that were alike in what was known of them."
    ),
    "cannot_matched_pairs": _(
        "What units that look alike on paper do not share: motives, plans, neighbours."
    ),
    "can_difference_in_differences": _(
        "Whether the group with the trial changed more than the group without it, whatever their starting points and whatever happened to both."
    ),
    "cannot_difference_in_differences": _(
        "Whether both would have moved alike without the trial. That can be looked at before the start, never proved after it."
    ),
    "can_interrupted_time_series": _(
        "Whether a long course jumped or bent at the start more than its trend, season and usual ups and downs let expect."
    ),
    "cannot_interrupted_time_series": _(
        "Whether something else that began at the same time did it."
    ),
    "can_stepped_wedge": _(
        "The effect at sites that start one after the other in an order drawn by lot: each is compared with itself and with those that have not started."
    ),
    "cannot_stepped_wedge": _(
        "An effect that spills over to sites that wait, or that grows with time in use; and little at all with few sites."
    ),
}


def design_rows() -> list[dict[str, object]]:
    """Every design with its name, when to choose it, and what it can and cannot show."""
    return [
        {
            "name": label,
            "advice": DESIGN_ADVICE[code],
            "can": DESIGN_WORDS[f"can_{code}"],
            "cannot": DESIGN_WORDS[f"cannot_{code}"],
        }
        for code, label in Experiment.Design.choices
    ]
