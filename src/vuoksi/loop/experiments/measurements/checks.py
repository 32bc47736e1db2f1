"""What must hold of every value that is sent in, whichever door it comes through."""

import math
from collections.abc import Iterable, Iterator
from datetime import date

from vuoksi.lib.tables import TableError
from vuoksi.loop.experiments.measurements.engine import fault_of
from vuoksi.loop.experiments.measurements.queries import Change, arms_of
from vuoksi.loop.experiments.plans.models import Experiment


class Refused(Exception):
    """Values that cannot be taken; nothing was saved. The line of a fault is the value's place, from 0 in a batch."""

    def __init__(self, faults: list[TableError]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def faults_in(experiment: Experiment, changes: Iterable[Change], today: date) -> list[TableError]:
    """Every value that cannot stand, with its line, its column and the code of what is wrong."""
    rows = list(changes)
    arms = arms_of(experiment)
    found = [fault for change in rows for fault in _faults_of(change, arms, today)]
    return [*found, *_repeated(rows)]


def _faults_of(change: Change, arms: tuple[str, ...], today: date) -> Iterator[TableError]:
    line, sent = change.line, change.sent
    if sent.arm not in arms:
        yield TableError(line, "arm", "not_a_choice", sent.arm[:80])
    code = fault_of(sent.unit_code)
    if code is not None:
        yield TableError(line, "unit", code, sent.unit_code[:80])
    if sent.measured_on > today:
        yield TableError(line, "day", "in_future", sent.measured_on.isoformat())
    if not math.isfinite(sent.value):
        yield TableError(line, "value", "not_finite", str(sent.value))
    if change.effect == "differs":
        yield TableError(line, "value", "differs", str(change.old))


def _repeated(changes: Iterable[Change]) -> Iterator[TableError]:
    """The same unit and day twice: which of the two would be right, nobody can say."""
    seen: dict[object, int] = {}
    for change in changes:
        first = seen.setdefault(change.sent.place, change.line)
        if first != change.line:
            yield TableError(change.line, "unit", "repeated", str(first))
