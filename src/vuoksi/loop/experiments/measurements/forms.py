from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.forms import TableForm
from vuoksi.lib import cells
from vuoksi.lib.tables import Column, Row, TableError
from vuoksi.loop.calls.forms.texts import LongTextField
from vuoksi.loop.experiments.measurements import queries
from vuoksi.loop.experiments.measurements.engine import unit_code
from vuoksi.loop.experiments.measurements.models import Measurement
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.plans.models import Experiment


class MeasurementsForm(TableForm):
    """A file of measurements."""

    columns = (
        Column("arm", cells.Choice(tuple(Measurement.Arm.values))),
        Column("unit", unit_code),
        Column("day", cells.day),
        Column("value", cells.number),
        Column("measure", cells.Text(30), required=False),
    )

    def __init__(self, *args: Any, experiment: Experiment, today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.experiment = experiment
        self.today = today
        self.changes: list[queries.Change] = []
        self.fields["file"].help_text = _(
            "Columns: arm (%(arms)s), unit (a code, never a name), day, value. At most 1 MB."
        ) % {"arms": ", ".join(queries.arms_of(experiment))}
        others = experiment.other_measures.order_by("key").values_list("key", flat=True)
        if others:
            more = _(
                "For a further measure also the column measure (%(keys)s); it stays empty for the main one."
            )
            words = more % {"keys": ", ".join(others)}
            self.fields["file"].help_text = f"{self.fields['file'].help_text} {words}"

    def thing_of(self, row: Row) -> Value:
        found = cast("Any", row.values)
        return Value(
            found["arm"], found["unit"], found["day"], found["value"], found["measure"] or ""
        )

    def faults_in(self, rows: list[tuple[int, Value]]) -> list[TableError]:
        self.changes = queries.changes(self.experiment, rows)
        return queries.faults_in(self.experiment, self.changes, self.today)


class EraseForm(forms.Form):
    """Why what a sensor observed is erased."""

    reason = LongTextField(
        label=_("Reason"),
        max_length=600,
        rows=3,
        help_text=_("It stays in the audit trail. Name nobody in it."),
    )
