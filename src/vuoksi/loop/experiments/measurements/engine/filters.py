"""The `$filter` language of the SensorThings API, read into a tree of comparisons, and, or, not.

OGC 18-088, clause 9.3.3.5.1. What is compared are terms: names, values, arithmetic and functions of them. A value
stands on the right of its comparison, whichever way it was written.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from vuoksi.loop.experiments.measurements.engine.moments import NoMoment, duration, moment
from vuoksi.loop.experiments.measurements.engine.terms import (
    AskedWrongly,
    Call,
    Name,
    NotOffered,
    Term,
    Value,
    called,
    computed,
)

Operator = Literal["eq", "ne", "gt", "ge", "lt", "le", "startswith", "endswith", "contains"]

DEEPEST = 40
LONGEST_NUMBER = 40
TURNED: dict[Operator, Operator] = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}
COMPARISONS: dict[str, Operator] = {
    "eq": "eq", "ne": "ne", "gt": "gt", "ge": "ge", "lt": "lt", "le": "le",
}  # fmt: skip
# Each question about a text, and whether the text that is searched comes first in its brackets.
QUESTIONS: dict[str, tuple[Operator, bool]] = {
    "startswith": ("startswith", True),
    "endswith": ("endswith", True),
    "substringof": ("contains", False),
    # What OData 4 calls the same, and many clients ask for.
    "contains": ("contains", True),
}
NAMED_VALUES: dict[str, Value] = {"true": True, "false": False, "null": None}
_TOKEN = re.compile(
    r"\s*(?:(?P<mark>[(),])"
    r"|geography'(?P<shape>[^']*)'"
    r"|duration'(?P<duration>[^']*)'"
    r"|(?P<text>'(?:[^']|'')*')"
    r"|(?P<moment>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<name>@?[A-Za-z][\w.]*(?:/@?[A-Za-z][\w.]*)*))"
)


@dataclass(frozen=True, slots=True)
class Compare:
    left: Name | Call
    operator: Operator
    right: Term


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
Inner = Callable[[int], Condition | Term]


def parsed(text: str, at: datetime) -> Condition:
    """Read a filter; `at` is what it calls now. Raises AskedWrongly."""
    reader = _Reader([*_tokens(text)], at)
    found = _condition(reader.either(0))
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
    """Goes through the tokens once, from left to right; what binds most is read deepest."""

    def __init__(self, tokens: list[Token], at: datetime) -> None:
        self.tokens = tokens
        self.place = 0
        self.at = at

    def either(self, depth: int) -> Condition | Term:
        parts = [self.both(depth)]
        while self.takes("name", "or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(map(_condition, parts)))

    def both(self, depth: int) -> Condition | Term:
        parts = [self.one(depth)]
        while self.takes("name", "and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(map(_condition, parts)))

    def one(self, depth: int) -> Condition | Term:
        if depth > DEEPEST:
            raise AskedWrongly(f"the filter has more than {DEEPEST} levels")
        if self.takes("name", "not"):
            return Not(_condition(self.one(depth + 1)))
        left = self.sum(depth)
        operator = next(
            (found for name, found in COMPARISONS.items() if self.takes("name", name)), None
        )
        if operator is None:
            return left
        return _compared(_term(left), operator, _term(self.sum(depth)))

    def sum(self, depth: int) -> Condition | Term:
        return self.chain(("add", "sub"), self.product, depth)

    def product(self, depth: int) -> Condition | Term:
        return self.chain(("mul", "div", "mod"), self.single, depth)

    def chain(self, operations: tuple[str, ...], inner: Inner, depth: int) -> Condition | Term:
        found = inner(depth)
        while operation := next((name for name in operations if self.takes("name", name)), None):
            found = computed(operation, _term(found), _term(inner(depth)))
        return found

    def single(self, depth: int) -> Condition | Term:
        if self.takes("mark", "("):
            found = self.either(depth + 1)
            self.must_take("mark", ")")
            return found
        kind, text = self.next()
        if kind == "name" and self.takes("mark", "("):
            return self.function(text, depth + 1)
        if kind == "mark":
            raise AskedWrongly(f"a name or a value is missing before “{text}”")
        if kind == "name" and text not in NAMED_VALUES:
            return Name(text)
        return _value(kind, text)

    def function(self, name: str, depth: int) -> Condition | Term:
        parts: list[Term] = []
        while not self.takes("mark", ")"):
            if parts:
                self.must_take("mark", ",")
            parts.append(_term(self.either(depth)))
        if name in QUESTIONS:
            return _asked(name, parts)
        return called(name, parts, self.at)

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


def _condition(found: Condition | Term) -> Condition:
    if not isinstance(found, Compare | All | AnyOf | Not):
        raise AskedWrongly("eq, ne, gt, ge, lt or le is missing in the filter")
    return found


def _term(found: Condition | Term) -> Term:
    if isinstance(found, Compare | All | AnyOf | Not):
        raise AskedWrongly("a comparison stands where a name or a value should")
    return found


def _compared(left: Term, operator: Operator, right: Term) -> Compare:
    if isinstance(left, Name | Call):
        return Compare(left, operator, right)
    if isinstance(right, Name | Call):
        return Compare(right, TURNED.get(operator, operator), left)
    raise AskedWrongly("a comparison needs a name on one side")


def _asked(name: str, parts: list[Term]) -> Compare:
    operator, is_searched_first = QUESTIONS[name]
    if len(parts) == 2:
        searched, text = parts if is_searched_first else reversed(parts)
        if isinstance(searched, Name | Call) and isinstance(text, str):
            return Compare(searched, operator, text)
    raise AskedWrongly(f"{name} needs a name and a text")


def _value(kind: str, text: str) -> Value:
    if kind == "text":
        return text[1:-1].replace("''", "'")
    if kind == "number":
        return _number(text)
    if kind == "shape":
        raise NotOffered("places and shapes are not offered in a filter here")
    if kind == "name":
        return NAMED_VALUES[text]
    try:
        return duration(text) if kind == "duration" else moment(text)
    except NoMoment as error:
        raise AskedWrongly(str(error)) from error


def _number(text: str) -> int | float:
    number = float(text) if re.search(r"[.eE]", text) else int(text[: LONGEST_NUMBER + 1])
    if len(text) > LONGEST_NUMBER or not math.isfinite(number):
        raise AskedWrongly(f"“{text[:40]}” is too large a number")
    return number
