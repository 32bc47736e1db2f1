"""What a client of the SensorThings API asks for: resource paths, query options and the `$filter` language, as data.

Nothing here is ever run: a filter becomes a tree of conditions, which the reader turns into questions of its own.

OGC SensorThings API Part 1: Sensing 1.1 (18-088), clause 9: https://docs.ogc.org/is/18-088/18-088.html
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from vuoksi.loop.experiments.measurements.engine.filters import Condition, parsed
from vuoksi.loop.experiments.measurements.engine.terms import AskedWrongly, NotOffered

MOST_AT_ONCE = 1000
USUAL_AT_ONCE = 100
DEEPEST_EXPAND = 4
LONGEST_OPTION = 8000
_SEGMENT = re.compile(
    r"(?P<name>\$?[A-Za-z]\w*)(?:\((?:(?P<number>\d{1,18})|'(?P<text>[^']{1,80})')\))?"
)
_NAME = re.compile(r"@?[A-Za-z][\w.]*(?:/[A-Za-z]\w*)*")
OPTIONS = frozenset(
    {"$filter", "$expand", "$select", "$top", "$skip", "$count", "$orderby", "$resultFormat"}
)
# What other services of the standard and OData know.
NOT_OFFERED = frozenset(
    {"$apply", "$compute", "$format", "$search", "$id", "$skiptoken", "$levels"}
)
FORMATS_NOT_OFFERED = frozenset({"geojson", "csv"})


@dataclass(frozen=True, slots=True)
class Segment:
    """One step of a resource path, as `Things(1)`; `key` is None without brackets."""

    name: str
    key: int | str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    path: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """How a set of entities is to be given. Without a number asked for, `top` is what is usual."""

    condition: Condition | None = None
    expand: tuple["Expand", ...] = ()
    select: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    top: int = USUAL_AT_ONCE
    skip: int = 0
    has_count: bool = False
    # Observations as rows of an array instead of an object each.
    is_array: bool = False


@dataclass(frozen=True, slots=True)
class Expand:
    """One linked entity or set to give inside another; `given` are its options as they were written."""

    name: str
    options: Options = field(default_factory=Options)
    given: tuple[tuple[str, str], ...] = ()


def path_of(text: str) -> tuple[Segment, ...]:
    """Read `Things(1)/Datastreams`; raises AskedWrongly."""
    return tuple(_segment(part) for part in text.strip("/").split("/"))


def options_of(given: Mapping[str, str], at: datetime) -> Options:
    """Read the query options of an address; `at` is what a filter calls now.

    Raises AskedWrongly for an option that is wrong, and NotOffered for one that only others know. What has no $ before
    it is the client's own affair, unless the $ was forgotten.
    """
    own = {name for name in given if not name.startswith("$") and f"${name}" not in OPTIONS}
    asked = {name: value for name, value in given.items() if name not in own}
    return _options(asked, DEEPEST_EXPAND, at)


def _segment(part: str) -> Segment:
    found = _SEGMENT.fullmatch(part)
    if found is None:
        raise AskedWrongly(f"“{part[:80]}” is no step of a path")
    if found["number"] is not None:
        return Segment(found["name"], int(found["number"]))
    return Segment(found["name"], found["text"])


def _options(given: Mapping[str, str], depth: int, at: datetime) -> Options:
    _check(given)
    asked = given.get
    return Options(
        condition=parsed(asked("$filter", ""), at) if asked("$filter") else None,
        expand=_expands(asked("$expand", ""), depth, at),
        select=_names(asked("$select", "")),
        orders=_orders(asked("$orderby", "")),
        top=min(_number(asked("$top", str(USUAL_AT_ONCE)), "$top"), MOST_AT_ONCE),
        skip=_number(asked("$skip", "0"), "$skip"),
        has_count=_yes_or_no(asked("$count", "false")),
        is_array=_is_array(asked("$resultFormat", "")),
    )


def _check(given: Mapping[str, str]) -> None:
    """Whether every option is known and can be read at all."""
    unknown = sorted(name for name in given if name not in OPTIONS)
    if unknown:
        kind = NotOffered if unknown[0] in NOT_OFFERED else AskedWrongly
        raise kind(f"the option “{unknown[0][:40]}” is not known")
    if any("\0" in value for value in given.values()):
        raise AskedWrongly("an option holds a zero byte")
    if any(len(value) > LONGEST_OPTION for value in given.values()):
        raise AskedWrongly(f"an option is longer than {LONGEST_OPTION} characters")


def _is_array(text: str) -> bool:
    if text.lower() in FORMATS_NOT_OFFERED:
        raise NotOffered(f"$resultFormat={text} is not offered here")
    if text not in {"", "dataArray"}:
        raise AskedWrongly(f"$resultFormat must be dataArray, not “{text[:40]}”")
    return text == "dataArray"


def _number(text: str, name: str) -> int:
    if not re.fullmatch(r"\d{1,12}", text, re.ASCII):
        raise AskedWrongly(f"{name} must be a whole number, not “{text[:40]}”")
    return int(text)


def _yes_or_no(text: str) -> bool:
    if text not in {"true", "false"}:
        raise AskedWrongly(f"$count must be true or false, not “{text[:40]}”")
    return text == "true"


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",")) if text else ()
    for name in names:
        if not _NAME.fullmatch(name):
            raise AskedWrongly(f"“{name[:80]}” is no name")
    return names


def _orders(text: str) -> tuple[Order, ...]:
    return tuple(_order(part) for part in text.split(",")) if text else ()


def _order(part: str) -> Order:
    name, _space, way = part.strip().partition(" ")
    if not _NAME.fullmatch(name) or way.strip().lower() not in {"", "asc", "desc"}:
        raise AskedWrongly(f"“{part[:80]}” is no order; write it as “name desc”")
    return Order(name, way.strip().lower() == "desc")


def _expands(text: str, depth: int, at: datetime) -> tuple[Expand, ...]:
    if not text:
        return ()
    if depth == 0:
        raise AskedWrongly(f"$expand goes deeper than {DEEPEST_EXPAND} levels")
    return tuple(_expand(part.strip(), depth - 1, at) for part in _split(text, ","))


def _expand(part: str, depth: int, at: datetime) -> Expand:
    """Read `Datastreams($top=1)` or `Datastreams/Sensor`."""
    head, bracket, rest = part.partition("(")
    first, _slash, deeper = head.partition("/")
    if not _NAME.fullmatch(first) or (bracket and not rest.endswith(")")):
        raise AskedWrongly(f"“{part[:80]}” cannot be expanded")
    if deeper:
        inside = deeper + bracket + rest
        return Expand(first, Options(expand=_expands(inside, depth, at)), (("$expand", inside),))
    if not bracket:
        return Expand(first)
    given = _inner(rest[:-1])
    return Expand(first, _options(given, depth, at), tuple(given.items()))


def _inner(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in _split(text, ";"):
        name, equals, value = part.strip().partition("=")
        if not equals:
            raise AskedWrongly(f"“{part[:80]}” is no option")
        found[name] = value
    return found


def _split(text: str, mark: str) -> list[str]:
    """Divide at `mark`, but not inside brackets or quotes."""
    parts, depth, is_quoted = [""], 0, False
    for letter in text:
        is_quoted ^= letter == "'"
        if not is_quoted:
            depth += (letter == "(") - (letter == ")")
        if letter == mark and depth == 0 and not is_quoted:
            parts.append("")
        else:
            parts[-1] += letter
    if depth or is_quoted:
        raise AskedWrongly("a bracket or a quote is not closed")
    return parts
