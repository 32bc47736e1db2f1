"""Every write of measurements: values that people and programs send, and what sensors observe."""

from vuoksi.loop.experiments.measurements.actions.sensing import (
    Draft,
    add_observations,
    connect,
    erase_observations,
)
from vuoksi.loop.experiments.measurements.actions.values import (
    add_measurements,
    forget_unit,
    pull_scores,
    withdraw_batch,
)

__all__ = [
    "Draft",
    "add_measurements",
    "add_observations",
    "connect",
    "erase_observations",
    "forget_unit",
    "pull_scores",
    "withdraw_batch",
]
