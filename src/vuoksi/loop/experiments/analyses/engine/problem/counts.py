"""Counts and what they were counted over."""

import math
from collections.abc import Sequence
from typing import Literal

from vuoksi.loop.experiments.analyses.engine.problem.question import ProblemError

Dispersion = Literal["estimated", "poisson"]


def check_counts(values: Sequence[float]) -> None:
    """Raise `ProblemError` unless all are whole numbers from 0."""
    if not all(value >= 0 and value == math.floor(value) for value in values):
        raise ProblemError("bad_count", "A count is a whole number, not below zero.")


def check_exposure(values: Sequence[float], exposure: Sequence[float]) -> None:
    """Raise `ProblemError` unless there is none, or a positive one for each count."""
    if exposure and len(exposure) != len(values):
        raise ProblemError("unequal_lengths", "The exposure must have one entry for each value.")
    if not all(0 < each <= 1e60 for each in exposure):
        raise ProblemError("bad_range", "An exposure must be a positive number.")


def check_happened(*sides: Sequence[float]) -> None:
    """Raise `ProblemError` where nothing was counted on a side: no ratio can be had from it."""
    if any(sum(side) <= 0 for side in sides):
        raise ProblemError("no_events", "Nothing was counted on one side, so there is no ratio.")
