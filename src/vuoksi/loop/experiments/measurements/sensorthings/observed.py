"""A `$filter` on observations as an expression of Arrow: what a term is computed to, and how two are compared."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from vuoksi.loop.experiments.measurements.engine import (
    AskedWrongly,
    Call,
    Compare,
    Condition,
    Name,
    NoMoment,
    NotOffered,
    Term,
    place_of,
)
from vuoksi.loop.experiments.measurements.queries import visible
from vuoksi.loop.experiments.measurements.sensorthings.conditions import OF_TEXTS, folded, of_table
from vuoksi.loop.experiments.measurements.sensorthings.entities import OBSERVATION_LINKS, SETS
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS as KIND

Kind = Literal["number", "time", "length"]
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "eq": eq, "ne": ne, "gt": gt, "ge": ge, "lt": lt, "le": le,
}  # fmt: skip
TIMES = {"phenomenonTime": ("start", "end"), "resultTime": ("result_time", None)}


def of_series(condition: Condition, user: Any) -> pc.Expression:
    """A condition on observations."""
    return folded(condition, partial(_compared, user=user), _computed)


def is_observation(key: str) -> pc.Expression:
    """The observation with this id; raises AskedWrongly for what is no id."""
    try:
        stream, start, end = place_of(key)
    except NoMoment as error:
        raise AskedWrongly(str(error)) from error
    same_end = pc.field("end").is_null() if end is None else _filled(pc.field("end") == end)
    return (pc.field("datastream") == stream) & (pc.field("start") == start) & same_end


def _compared(path: str, operator: str, value: Any, user: Any) -> pc.Expression:
    """A property and a value: what the store can look up without computing anything."""
    if path in {"id", "@iot.id"}:
        return _by_id(operator, value)
    if path == "result":
        return _by_result(operator, value)
    if path in TIMES:
        return _by_time(path, operator, value)
    link, _slash, rest = path.partition("/")
    if link in OBSERVATION_LINKS and rest:
        return _by_link(link, Compare(Name(rest), operator, value), user)  # type: ignore[arg-type]  # came from one
    if link in {"parameters", "resultQuality", "validTime"}:
        raise NotOffered(f"observations are not filtered by {link} here")
    raise AskedWrongly(f"observations cannot be filtered by “{path[:80]}”")


def _by_id(operator: str, value: Any) -> pc.Expression:
    if operator not in {"eq", "ne"} or not isinstance(value, str):
        raise AskedWrongly("the id of an observation is a text, compared by eq and ne")
    found = is_observation(value)
    return found if operator == "eq" else ~found


def _by_result(operator: str, value: Any) -> pc.Expression:
    number = pc.field("result")
    if isinstance(value, int | float) and not isinstance(value, bool):
        if operator not in COMPARED:
            raise AskedWrongly(f"{operator} compares texts")
        return _filled(COMPARED[operator](number, float(value)))
    if operator in OF_TEXTS:
        return _in_text(operator, value)
    if operator not in {"eq", "ne"} or isinstance(value, datetime | timedelta):
        raise AskedWrongly("only eq and ne compare a result with what is no number")
    if value is None:
        found = number.is_null() & pc.field("other").is_null()
    else:
        found = _filled(pc.field("other") == json.dumps(value, ensure_ascii=False))
    return found if operator == "eq" else ~found


def _in_text(operator: str, value: str) -> pc.Expression:
    """A result that is a text was kept as JSON: in quotes, and with some signs written otherwise."""
    written = json.dumps(value, ensure_ascii=False)
    is_text = pc.starts_with(pc.field("other"), '"')
    found = {
        "startswith": lambda: pc.starts_with(pc.field("other"), written[:-1]),
        "endswith": lambda: pc.ends_with(pc.field("other"), written[1:]),
        "contains": lambda: pc.match_substring(pc.field("other"), written[1:-1]),
    }[operator]()
    return _filled(is_text & found)


def _by_time(path: str, operator: str, value: Any) -> pc.Expression:
    """An interval is later than a moment when it starts later, and earlier when it ends earlier."""
    start, end = TIMES[path]
    if value is None and operator in {"eq", "ne"}:
        found = pc.field(start).is_null()
        return found if operator == "eq" else ~found
    if not isinstance(value, datetime) or operator not in COMPARED:
        raise AskedWrongly(f"{path} is compared with a moment, as 2026-05-04T12:00:00Z")
    found = COMPARED[operator](pc.field(start), value)
    if start != KIND.time:
        return _filled(found)
    # Every row has this time, and it is told bare: then the store opens no file that lies outside.
    if end is not None and operator in {"lt", "le"}:
        found &= COMPARED[operator](pc.coalesce(pc.field(end), pc.field(start)), value)
    return found


def _by_link(link: str, asked: Compare, user: Any) -> pc.Expression:
    target = OBSERVATION_LINKS[link]
    entities = SETS[target.target]
    rows = visible(entities.model, user).filter(of_table(entities, asked))
    return _filled(pc.field(target.field).isin(sorted(rows.values_list("pk", flat=True))))


def _computed(asked: Compare) -> pc.Expression:
    """Arithmetic and functions, or two properties."""
    if asked.operator not in COMPARED:
        raise NotOffered("functions of texts are not offered on observations")
    left, right = _arrow(asked.left), _arrow(asked.right)
    if left[1] != right[1]:
        raise AskedWrongly("the two sides of a comparison are of different kinds")
    return _filled(COMPARED[asked.operator](left[0], right[0]))


def _arrow(term: Term) -> tuple[pc.Expression, Kind]:
    """A term for Arrow, and what it is."""
    match term:
        case bool() | str() | None:
            raise AskedWrongly("numbers and times are compared with what is computed")
        case int() | float():
            return pc.scalar(float(term)), "number"
        case datetime():
            return pc.scalar(pa.scalar(term, pa.timestamp("us", "UTC"))), "time"
        case timedelta():
            return pc.scalar(pa.scalar(term, pa.duration("us"))), "length"
        case Name("result"):
            return pc.field("result"), "number"
        case Name(path) if path in TIMES:
            return pc.field(TIMES[path][0]), "time"
        case Call(function, parts):
            return _called(function, [_arrow(part) for part in parts])
    raise NotOffered("only result, phenomenonTime and resultTime are computed with here")


def _called(function: str, parts: list[tuple[pc.Expression, Kind]]) -> tuple[pc.Expression, Kind]:
    kinds = tuple(kind for _part, kind in parts)
    found = FUNCTIONS.get((function, *kinds))
    if found is None:
        raise NotOffered(f"{function} of {' and '.join(kinds)} is not offered on observations")
    make, kind = found
    return make(*(part for part, _kind in parts)), kind


def _rest(number: pc.Expression, divisor: pc.Expression) -> pc.Expression:
    """What a division leaves, with the sign of the number that is divided."""
    whole = pc.trunc(pc.divide(number, divisor))
    return pc.subtract(number, pc.multiply(whole, divisor))


def _number_of(function: Callable[..., pc.Expression]) -> Callable[..., pc.Expression]:
    """Parts of a time are whole numbers; here every number has a fraction."""
    return lambda time: function(time).cast(pa.float64())


FUNCTIONS: dict[tuple[str, ...], tuple[Callable[..., pc.Expression], Kind]] = {
    ("add", "number", "number"): (pc.add, "number"),
    ("sub", "number", "number"): (pc.subtract, "number"),
    ("mul", "number", "number"): (pc.multiply, "number"),
    ("div", "number", "number"): (pc.divide, "number"),
    ("mod", "number", "number"): (_rest, "number"),
    ("add", "time", "length"): (pc.add, "time"),
    ("sub", "time", "length"): (pc.subtract, "time"),
    ("sub", "time", "time"): (pc.subtract, "length"),
    ("floor", "number"): (pc.floor, "number"),
    ("ceiling", "number"): (pc.ceil, "number"),
    ("round", "number"): (
        lambda number: pc.round(number, round_mode="half_towards_infinity"),
        "number",
    ),
    ("date", "time"): (lambda time: pc.floor_temporal(time, unit="day"), "time"),
    ("fractionalseconds", "time"): (pc.subsecond, "number"),
    **{
        (name, "time"): (_number_of(getattr(pc, name)), "number")
        for name in ("year", "month", "day", "hour", "minute", "second")
    },
}


def _filled(found: pc.Expression) -> pc.Expression:
    """Nothing compared with anything is no, so that `not` makes a yes of it."""
    return pc.coalesce(found, pc.scalar(False))
