import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from vuoksi.base.lists.faults import repeated
from vuoksi.lib import canonical
from vuoksi.lib.tables import TableError
from vuoksi.loop.experiments.measurements.engine import fault_of
from vuoksi.loop.experiments.measurements.models import Batch, Measurement
from vuoksi.loop.experiments.measurements.queries import sensing
from vuoksi.loop.experiments.participants.queries import refused_codes
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import grouping_of, units_of

ARMS = {
    Experiment.Design.BEFORE_AFTER_PAIRED: ("before", "after"),
    Experiment.Design.BEFORE_AFTER: ("before", "after"),
    Experiment.Design.TWO_GROUPS: ("control", "treatment"),
    Experiment.Design.MATCHED_PAIRS: ("control", "treatment"),
    Experiment.Design.DIFFERENCE_IN_DIFFERENCES: ("control", "treatment"),
    # The day, not the arm, says whether the trial had begun.
    Experiment.Design.INTERRUPTED_TIME_SERIES: ("treatment",),
    Experiment.Design.STEPPED_WEDGE: ("treatment",),
}


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One measurement to send in: in the unit of the experiment's measure."""

    arm: str
    unit_code: str
    measured_on: date
    value: float
    measure: str = ""

    @property
    def place(self) -> tuple[str, str, str, date]:
        """Where at most one value may stand."""
        return self.measure, self.arm, self.unit_code, self.measured_on

    @property
    def data(self) -> dict[str, Any]:
        """As a digest sees it: the main measure goes without saying, as it did when it was the only one."""
        return {name: value for name, value in asdict(self).items() if name != "measure" or value}


@dataclass(frozen=True, slots=True)
class Change:
    """What one line of a file would do: `effect` is new or same, or differs, which is refused."""

    line: int
    sent: Value
    old: float | None
    effect: str


def arms_of(experiment: Experiment) -> tuple[str, ...]:
    """The reference side first, if there are two. Empty for a plan that has no design yet."""
    return ARMS[Experiment.Design(experiment.design)] if experiment.design else ()


def measurements_of(experiment: Experiment) -> QuerySet[Measurement]:
    return experiment.measurements.order_by("measured_on", "measure", "arm", "unit_code")


def values_of(experiment: Experiment, measure: str = "") -> list[tuple[str, str, str, float]]:
    """Arm, unit, day and value of all that was measured of one measure, in a fixed order.

    That is what was sent in, and the mean of each day of each datastream that feeds the measure. A unit of an arm is
    measured in one of the two ways, never in both.
    """
    rows = experiment.measurements.filter(measure=measure)
    columns = rows.values_list("arm", "unit_code", "measured_on", "value")
    sent = [(arm, unit, day.isoformat(), value) for arm, unit, day, value in columns.iterator()]
    # Sensors feed the main measure only.
    return sorted([*sent, *(() if measure else sensing.daily_means(experiment))])


def data_stamp(experiment: Experiment) -> str:
    """A short text that changes whenever a value comes or goes; cheap, however many there are."""
    sent = experiment.batches.aggregate(last=Max("pk"), batches=Count("pk"), values=Sum("count"))
    feeding = sensing.stamp(experiment)
    return f"{sent['batches']}.{sent['last']}.{sent['values']}.{feeding}"


def changes(experiment: Experiment, values: Iterable[tuple[int, Value]]) -> list[Change]:
    """What sending these values would do, line by line; one query."""
    rows = experiment.measurements.values_list(
        "measure", "arm", "unit_code", "measured_on", "value"
    )
    known = {row[:4]: row[4] for row in rows}
    return [_change(line, value, known.get(value.place)) for line, value in values]


def faults_in(experiment: Experiment, changes: Iterable[Change], today: date) -> list[TableError]:
    """Every value that cannot stand, with its line, its column and the code of what is wrong."""
    rows = list(changes)
    frame = _Frame(
        arms_of(experiment),
        {"", *experiment.other_measures.values_list("key", flat=True)},
        sensing.sensed_units(experiment),
        listed_arms(experiment),
        today,
        _possible(experiment),
    )
    found = [fault for change in rows for fault in _faults_of(change, frame)]
    refused = refused_codes(experiment, (row.sent.unit_code for row in rows))
    return [
        *found,
        *(
            TableError(row.line, "unit", refused[row.sent.unit_code], row.sent.unit_code)
            for row in rows
            if row.sent.unit_code in refused
        ),
        *repeated([(row.line, row.sent) for row in rows], lambda sent: sent.place, "unit"),
    ]


def listed_arms(experiment: Experiment) -> dict[str, str] | None:
    """The group of every unit and cluster in the groups in force; None if there are none."""
    grouping = grouping_of(experiment)
    if grouping is None:
        return None
    return dict(units_of(grouping).values_list("code", "arm"))


def fault_in_list(arm: str, unit: str, listed: dict[str, str] | None) -> str | None:
    """Say what stands against a unit by the groups that were drawn: ``not_listed`` or ``other_group``."""
    if listed is None:
        return None
    if unit not in listed:
        return "not_listed"
    return None if listed[unit] == arm else "other_group"


def digest_of(values: Iterable[Value]) -> str:
    """Digest of a batch, whatever the order of its rows."""
    return canonical.digest([value.data for value in sorted(values)])


def digest_of_changes(found: Iterable[Change]) -> str:
    """Digest of a preview: the same file against measurements that moved on gives another one."""
    return canonical.digest([[change.sent.data, change.effect] for change in found])


def batch_with(experiment: Experiment, digest: str) -> Batch | None:
    return experiment.batches.filter(digest=digest).first()


def batches_of(experiment: Experiment) -> QuerySet[Batch]:
    return experiment.batches.order_by("-at", "-pk")


def progress_of(experiments: Sequence[Experiment]) -> dict[int, list[dict[str, Any]]]:
    """For each experiment and arm, the reference side first: how many values and units, in two queries.

    Where sensors feed the measure their observations are counted too.
    """
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    sent = (
        Measurement.objects.filter(experiment__in=list(experiments))
        .values_list("experiment_id", "arm")
        .annotate(values=Count("pk"), units=Count("unit_code", distinct=True))
    )
    for experiment, arm, values, units in [*sent, *sensing.counted(experiments)]:
        counts[experiment, arm].update(values=values, units=units)
    labels = dict(Measurement.Arm.choices)
    return {
        row.pk: [
            {"experiment_id": row.pk, "arm": arm, **counts[row.pk, arm], "label": labels[arm]}
            for arm in Measurement.Arm.values
            if (row.pk, arm) in counts
        ]
        for row in experiments
    }


def _change(line: int, sent: Value, old: float | None) -> Change:
    if old is None:
        return Change(line, sent, None, "new")
    return Change(line, sent, old, "same" if old == sent.value else "differs")


@dataclass(frozen=True, slots=True)
class _Frame:
    """What values are checked against.

    `listed` is the group of each listed unit, None where nothing is listed. `possible` says what stands against a value
    of the main measure by the plan.
    """

    arms: tuple[str, ...]
    measures: set[str]
    sensed: set[tuple[str, str]]
    listed: dict[str, str] | None
    today: date
    possible: Callable[[float], str | None]


def _faults_of(change: Change, frame: _Frame) -> Iterator[TableError]:
    line, sent = change.line, change.sent
    if not sent.measure and (sent.arm, sent.unit_code) in frame.sensed:
        yield TableError(line, "unit", "measured_by_sensor", sent.unit_code)
    if sent.arm not in frame.arms:
        yield TableError(line, "arm", "not_a_choice", sent.arm[:80])
    if sent.measure not in frame.measures:
        yield TableError(line, "measure", "not_a_choice", sent.measure[:80])
    code = fault_of(sent.unit_code) or fault_in_list(sent.arm, sent.unit_code, frame.listed)
    if code is not None:
        yield TableError(line, "unit", code, sent.unit_code[:80])
    if sent.measured_on > frame.today:
        yield TableError(line, "day", "in_future", sent.measured_on.isoformat())
    code = _fault_of_value(sent, frame)
    if code is not None:
        yield TableError(line, "value", code, f"{sent.value:g}")
    if change.effect == "differs":
        yield TableError(line, "value", "differs", str(change.old))


def _fault_of_value(sent: Value, frame: _Frame) -> str | None:
    if not math.isfinite(sent.value):
        return "not_finite"
    # Of further measures the plan knows neither kind nor range.
    return None if sent.measure else frame.possible(sent.value)


def _possible(experiment: Experiment) -> Callable[[float], str | None]:
    """What the plan says of a value: ``not_yes_no``, ``not_whole``, ``below_minimum`` and ``outside_range``."""
    low, high = experiment.lowest, experiment.highest
    if experiment.kind == Experiment.Kind.SHARE:
        return lambda value: None if value in {0, 1} else "not_yes_no"
    if experiment.kind == Experiment.Kind.COUNT:
        return _fault_of_count
    if low is None or high is None:
        return lambda value: None
    return lambda value: None if low <= value <= high else "outside_range"


def _fault_of_count(value: float) -> str | None:
    if value != math.floor(value):
        return "not_whole"
    return "below_minimum" if value < 0 else None
