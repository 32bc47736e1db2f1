from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.loop.experiments.measurements.models import Measurement
from vuoksi.loop.experiments.measurements.queries import arms_of
from vuoksi.loop.experiments.plans.models import Experiment


def measurements_table(experiment: Experiment) -> Table:
    """Every value of one experiment."""

    def arms() -> Choices:
        return [(arm, Measurement.Arm(arm).label) for arm in arms_of(experiment)]

    return Table(
        f"measurements-{experiment.slug}",
        _("Measurements"),
        columns=(
            Column("day", _("Day"), lambda row: row.measured_on, sort="measured_on"),
            Column("arm", _("Arm"), lambda row: row.get_arm_display(), sort="arm"),
            Column("unit", _("Unit measured"), lambda row: row.unit_code, sort="unit_code"),
            Column("measure", _("Measure"), lambda row: row.measure, sort="measure"),
            Column("value", _("Value"), lambda row: row.value, sort="value", numeric=True),
        ),
        filters=(Filter("arm", _("Arm"), arms, lambda rows, arm: rows.filter(arm=arm)),),
        search=("unit_code",),
        page_size=50,
        default_sort="day",
    )
