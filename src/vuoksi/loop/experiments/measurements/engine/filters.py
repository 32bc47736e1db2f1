"""The `$filter` language of the SensorThings API, read into a tree: comparisons, and, or, not, and three text functions.

OGC 18-088, clause 9.3.3.5.1. A comparison has a name on one side and a value on the other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vuoksi.loop.experiments.measurements.engine.moments import NoMoment, moment

Value = str | int | float | bool | datetime | None
Operator = Literal["eq", "ne", "gt", "ge", "lt", "le", "startswith", "endswith", "contains"]

DEEPEST = 40
TURNED: dict[Operator, Operator] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
COMPARISONS: dict[str, Operator] = {
    "eq": "eq", "ne": "ne", "gt": "gt", "ge": "ge", "lt": "lt", "le": "le",
}  # fmt: skip
# Each function, and whether the name comes first in its brackets.
FUNCTIONS: dict[str, tuple[Operator, bool]] = {
    "startswith": ("startswith", True),
    "endswith": ("endswith", True),
    "substringof": ("contains", False),
}
NAMED_VALUES: dict[str, Value] = {"true": True, "false": False, "null": None}
_TOKEN = re.compile(
    r"\s*(?:(?P<mark>[(),])"
    r"|(?P<text>'(?:[^']|'')*')"
    r"|(?P<moment>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<name>@?[A-Za-z][\w.]*(?:/@?[A-Za-z][\w.]*)*))"
)


class AskedWrongly(ValueError):
    """What was asked cannot be understood; the message says it to the one who wrote the client."""


@dataclass(frozen=True, slots=True)
class Compare:
    """`path` is a name such as `result` or `Datastream/id`."""

    path: str
    operator: Operator
    value: Value


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


Condition = Compare | All | AnyOf | Not
Token = tuple[str, str]


def parsed(text: str) -> Condition:
    """Read a filter; raises AskedWrongly."""
    reader = _Reader([*_tokens(text)])
    found = reader.either(0)
    reader.must_end()
    return found


def _tokens(text: str) -> Iterator[Token]:
    place, text = 0, text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise AskedWrongly(f"the filter cannot be read at “{text[place : place + 40]}”")
        yield found.lastgroup, found[found.lastgroup]
        place = found.end()


class _Reader:
    """Goes through the tokens once, from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0

    def either(self, depth: int) -> Condition:
        parts = [self.both(depth)]
        while self.takes("name", "or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self, depth: int) -> Condition:
        parts = [self.one(depth)]
        while self.takes("name", "and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise AskedWrongly(f"the filter has more than {DEEPEST} levels")
        if self.takes("name", "not"):
            return Not(self.one(depth + 1))
        if self.takes("mark", "("):
            found = self.either(depth + 1)
            self.must_take("mark", ")")
            return found
        kind, text = self.next()
        if kind == "name" and text in FUNCTIONS and self.takes("mark", "("):
            return self.function(text)
        return self.comparison((kind, text))

    def comparison(self, left: Token) -> Condition:
        kind, text = self.next()
        if kind != "name" or text not in COMPARISONS:
            raise AskedWrongly(f"eq, ne, gt, ge, lt or le is missing before “{text[:40]}”")
        operator, right = COMPARISONS[text], self.next()
        if _is_name(left) and not _is_name(right):
            return Compare(left[1], operator, _value(right))
        if _is_name(right) and not _is_name(left):
            return Compare(right[1], TURNED.get(operator, operator), _value(left))
        raise AskedWrongly("a comparison needs a name on one side and a value on the other")

    def function(self, name: str) -> Condition:
        first = self.next()
        self.must_take("mark", ",")
        second = self.next()
        self.must_take("mark", ")")
        operator, is_name_first = FUNCTIONS[name]
        path, text = (first, second) if is_name_first else (second, first)
        if not _is_name(path) or text[0] != "text":
            raise AskedWrongly(f"{name} needs a name and a text")
        return Compare(path[1], operator, _value(text))

    def next(self) -> Token:
        if self.place == len(self.tokens):
            raise AskedWrongly("the filter ends too early")
        self.place += 1
        return self.tokens[self.place - 1]

    def takes(self, *token: str) -> bool:
        is_there = self.tokens[self.place : self.place + 1] == [token]
        self.place += is_there
        return is_there

    def must_take(self, *token: str) -> None:
        if not self.takes(*token):
            raise AskedWrongly(f"“{token[1]}” is missing in the filter")

    def must_end(self) -> None:
        if self.place != len(self.tokens):
            raise AskedWrongly(f"the filter should end before “{self.next()[1][:40]}”")


def _is_name(token: Token) -> bool:
    return token[0] == "name" and token[1] not in NAMED_VALUES


def _value(token: Token) -> Value:
    kind, text = token
    if kind == "text":
        return text[1:-1].replace("''", "'")
    if kind == "number":
        return float(text) if re.search(r"[.eE]", text) else int(text)
    if kind == "name" and text in NAMED_VALUES:
        return NAMED_VALUES[text]
    try:
        return moment(text)
    except NoMoment as error:
        raise AskedWrongly(str(error)) from error
