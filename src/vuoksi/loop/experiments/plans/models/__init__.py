"""Experiments with their plans, and the questions that they answer."""

from vuoksi.loop.experiments.plans.models.designs import (
    Deviation,
    Grouping,
    ListedUnit,
    OtherMeasure,
    SampleSize,
)
from vuoksi.loop.experiments.plans.models.experiments import EXPERIMENT_STATES, Experiment
from vuoksi.loop.experiments.plans.models.questions import Question

__all__ = [
    "EXPERIMENT_STATES",
    "Deviation",
    "Experiment",
    "Grouping",
    "ListedUnit",
    "OtherMeasure",
    "Question",
    "SampleSize",
]
