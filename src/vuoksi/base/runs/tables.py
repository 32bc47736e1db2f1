from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Choices, Column, Filter, Table
from vuoksi.base.runs.kinds import KINDS
from vuoksi.base.runs.models import Run


def label_of(run: Run) -> Any:
    return KINDS[run.kind].label if run.kind in KINDS else run.kind


def _states() -> Choices:
    return [(status.value, status.label) for status in Run.Status]


def _in_state(runs: QuerySet[Any], status: str) -> QuerySet[Any]:
    return runs.filter(status=status)


RUNS = Table(
    "runs",
    _("My computations"),
    columns=(
        Column("kind", _("What"), label_of, sort="kind", template="runs/cell.html"),
        Column("status", _("State"), lambda run: run.get_status_display(), sort="status"),
        Column("created", _("Asked"), lambda run: run.created_at, sort="created_at"),
        Column("ended", _("Ended"), lambda run: run.ended_at, sort="ended_at"),
    ),
    filters=(Filter("status", _("State"), _states, _in_state),),
)
