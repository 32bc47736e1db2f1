"""Somebody who was measured has withdrawn."""

import json
from datetime import datetime
from typing import Any

from vuoksi.base.audit.actions import action, record
from vuoksi.lib import canonical
from vuoksi.loop.experiments.analyses.models import Analysis
from vuoksi.loop.experiments.plans.models import Experiment, Grouping, ListedUnit


@action
def forget_unit(*, experiment: Experiment, code: str, new_code: str | None, at: datetime) -> None:
    """Somebody who was measured has withdrawn: analyses that nobody published go, with what was computed from them.

    Of the others the result stays, in which nobody can be known; the values that went in are given out no more. In
    the groups the code is taken away too: their text then no longer has the digest that was fixed.
    """
    rows = experiment.analyses.all()
    count, _models = rows.filter(evidence=None).delete() if new_code is None else (0, {})
    for row in rows.exclude(evidence=None):
        _forget_in(row, code, new_code)
    if new_code is None:
        experiment.looks.update(problem={})
    _forget_in_groups(experiment, code, new_code)
    record(actor=None, verb="experiments.forget_analyses", thing=experiment, at=at, count=count)


def _forget_in(row: Analysis, code: str, new_code: str | None) -> None:
    is_withdrawn = new_code is None
    left = [one for one in row.problem.get("left_out", []) if one != code]
    row.problem = {**row.problem, "left_out": left, "withdrawn": is_withdrawn}
    more = {**row.more, "left_out": [one for one in row.more.get("left_out", []) if one != code]}
    if is_withdrawn:
        more["drawn"] = None
        if more.get("valid"):
            more["valid"] = {**more["valid"], "problem": None}
    row.more = more
    # Without a stamp the data are read before anybody says that they are still the same.
    row.data_stamp = ""
    row.save(update_fields=["problem", "more", "data_stamp"])


def _forget_in_groups(experiment: Experiment, code: str, new_code: str | None) -> None:
    # Also those in which the code stands in the text alone: a unit that found no match is in no group.
    groupings = [one for one in experiment.groupings.all() if code in one.text]
    units = ListedUnit.objects.filter(grouping__experiment=experiment, code=code)
    if new_code is None:
        units.delete()
    else:
        units.update(code=new_code)
    for grouping in groupings:
        text = json.loads(grouping.text)
        grouping.text = canonical.canonical(_replaced(text, code, new_code or "withdrawn"))
    Grouping.objects.bulk_update(groupings, ["text"])


def _replaced(data: Any, code: str, other: str) -> Any:
    if isinstance(data, dict):
        return {name: _replaced(value, code, other) for name, value in data.items()}
    if isinstance(data, list):
        return [_replaced(value, code, other) for value in data]
    return other if data == code else data
