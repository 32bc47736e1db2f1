"""A `$filter` as a question to the database or to the series: values travel as values, never as text of a query."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, ne, or_
from typing import Any

import pyarrow.compute as pc
from django.db.models import Q

from vuoksi.loop.experiments.measurements.engine import (
    All,
    AnyOf,
    AskedWrongly,
    Compare,
    Condition,
    NoMoment,
    Not,
    place_of,
)
from vuoksi.loop.experiments.measurements.queries import visible
from vuoksi.loop.experiments.measurements.sensorthings.entities import (
    OBSERVATION_LINKS,
    SETS,
    EntitySet,
    field_of,
)

LOOKUPS = {
    "gt": "gt", "ge": "gte", "lt": "lt", "le": "lte", "startswith": "startswith", "endswith": "endswith",
    "contains": "contains",
}  # fmt: skip
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "eq": eq, "ne": ne, "gt": gt, "ge": ge, "lt": lt, "le": le,
}  # fmt: skip
TIMES = {"phenomenonTime": ("start", "end"), "resultTime": ("result_time", None)}


def of_table(entities: EntitySet, condition: Condition) -> Q:
    """A condition on entities that stand in the database."""
    match condition:
        case All(parts):
            return reduce(and_, (of_table(entities, part) for part in parts))
        case AnyOf(parts):
            return reduce(or_, (of_table(entities, part) for part in parts))
        case Not(part):
            return ~of_table(entities, part)
        case Compare():
            return _compared(entities, condition)


def of_series(condition: Condition, user: Any) -> pc.Expression:
    """A condition on observations."""
    match condition:
        case All(parts):
            return reduce(and_, (of_series(part, user) for part in parts))
        case AnyOf(parts):
            return reduce(or_, (of_series(part, user) for part in parts))
        case Not(part):
            return ~of_series(part, user)
        case Compare():
            return _observed(condition, user)


def _compared(entities: EntitySet, asked: Compare) -> Q:
    name = field_of(entities, asked.path)
    if isinstance(asked.value, datetime):
        raise AskedWrongly(f"“{asked.path[:80]}” is no time")
    if name.endswith("pk") and not isinstance(asked.value, int):
        raise AskedWrongly("an id here is a whole number")
    if asked.operator in {"eq", "ne"}:
        found = Q(**{f"{name}__isnull": True}) if asked.value is None else Q(**{name: asked.value})
        return found if asked.operator == "eq" else ~found
    if asked.value is None or isinstance(asked.value, bool):
        raise AskedWrongly("only eq and ne compare with true, false and null")
    return Q(**{f"{name}__{LOOKUPS[asked.operator]}": asked.value})


def _observed(asked: Compare, user: Any) -> pc.Expression:
    if asked.path in {"id", "@iot.id"}:
        return _by_id(asked)
    if asked.path == "result":
        return _by_result(asked)
    if asked.path in TIMES:
        return _by_time(asked)
    link, _slash, rest = asked.path.partition("/")
    if link in OBSERVATION_LINKS and rest:
        return _by_link(link, Compare(rest, asked.operator, asked.value), user)
    raise AskedWrongly(f"observations cannot be filtered by “{asked.path[:80]}”")


def _by_id(asked: Compare) -> pc.Expression:
    if asked.operator not in {"eq", "ne"} or not isinstance(asked.value, str):
        raise AskedWrongly("the id of an observation is a text, compared by eq and ne")
    found = is_observation(asked.value)
    return found if asked.operator == "eq" else ~found


def is_observation(key: str) -> pc.Expression:
    """The observation with this id; raises AskedWrongly for what is no id."""
    try:
        stream, start, end = place_of(key)
    except NoMoment as error:
        raise AskedWrongly(str(error)) from error
    same_end = pc.field("end").is_null() if end is None else _filled(pc.field("end") == end)
    return (pc.field("datastream") == stream) & (pc.field("start") == start) & same_end


def _by_result(asked: Compare) -> pc.Expression:
    number = pc.field("result")
    if isinstance(asked.value, int | float) and not isinstance(asked.value, bool):
        if asked.operator not in COMPARED:
            raise AskedWrongly(f"{asked.operator} compares texts")
        return _filled(COMPARED[asked.operator](number, float(asked.value)))
    if asked.operator not in {"eq", "ne"} or isinstance(asked.value, datetime):
        raise AskedWrongly("only eq and ne compare a result with what is no number")
    if asked.value is None:
        found = number.is_null() & pc.field("other").is_null()
    else:
        found = _filled(pc.field("other") == json.dumps(asked.value, ensure_ascii=False))
    return found if asked.operator == "eq" else ~found


def _by_time(asked: Compare) -> pc.Expression:
    """An interval is later than a moment when it starts later, and earlier when it ends earlier."""
    start, end = TIMES[asked.path]
    if asked.value is None and asked.operator in {"eq", "ne"}:
        found = pc.field(start).is_null()
        return found if asked.operator == "eq" else ~found
    if not isinstance(asked.value, datetime) or asked.operator not in COMPARED:
        raise AskedWrongly(f"{asked.path} is compared with a moment, as 2026-05-04T12:00:00Z")
    column = pc.field(start)
    if end is not None and asked.operator in {"lt", "le"}:
        column = pc.coalesce(pc.field(end), column)
    return _filled(COMPARED[asked.operator](column, asked.value))


def _by_link(link: str, asked: Compare, user: Any) -> pc.Expression:
    target = OBSERVATION_LINKS[link]
    entities = SETS[target.target]
    rows = visible(entities.model, user).filter(of_table(entities, asked))
    return _filled(pc.field(target.field).isin(sorted(rows.values_list("pk", flat=True))))


def _filled(found: pc.Expression) -> pc.Expression:
    """Nothing compared with anything is no, so that `not` makes a yes of it."""
    return pc.coalesce(found, pc.scalar(False))
