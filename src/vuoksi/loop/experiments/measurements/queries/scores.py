"""Scores of participants' surveys as measurements: in which arm each stands follows from the plan's design."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from vuoksi.loop.experiments.measurements.queries.values import (
    Change,
    Value,
    arms_of,
    changes,
    listed_arms,
)
from vuoksi.loop.experiments.participants.queries import Score, scores_of
from vuoksi.loop.experiments.plans.models import Experiment

Design = Experiment.Design


@dataclass(frozen=True, slots=True)
class Scores:
    """What scores would add, those that stand here already too; and how many have no place, by the reason.

    Reasons are ``not_listed`` (in none of the groups), ``no_place`` (the design has none for answers of that moment)
    and ``wrong_side`` (given after the trial had begun though they are from before, or the other way round).
    """

    changes: list[Change]
    left_out: Mapping[str, int]


def score_changes(experiment: Experiment, scale: str) -> Scores:
    """Place every score of the surveys before and after."""
    listed = listed_arms(experiment) or {}
    values, left_out = [], Counter[str]()
    for score in scores_of(experiment, scale):
        reason = _reason(experiment, score, listed)
        if reason is not None:
            left_out[reason] += 1
            continue
        arm = score.moment if "before" in arms_of(experiment) else listed[score.code]
        values.append(Value(arm, score.code, score.day, score.value))
    return Scores(changes(experiment, enumerate(values, 1)), dict(left_out))


def _reason(experiment: Experiment, score: Score, listed: Mapping[str, str]) -> str | None:
    """Why a score cannot stand, if it cannot."""
    arms = arms_of(experiment)
    if "before" in arms:
        return None
    if "control" not in arms or (score.moment == "before" and not _has_start(experiment)):
        return "no_place"
    if score.code not in listed:
        return "not_listed"
    start = experiment.switch_on
    if start is not None and (score.moment == "before") != (score.day < start):
        return "wrong_side"
    return None


def _has_start(experiment: Experiment) -> bool:
    """Whether values from before the trial are told from those with it, by their day."""
    compares = {Design.TWO_GROUPS, Design.DIFFERENCE_IN_DIFFERENCES}
    return experiment.design in compares and experiment.switch_on is not None
