"""What may be compared in a `$filter`: names, values, and what is computed from them (OGC 18-088, clause 9.3.3.5.2).

What can be computed before anything is looked at, such as `now() sub duration'P1D'`, is computed here.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import add, mod, mul, sub, truediv
from typing import Any

Value = str | int | float | bool | datetime | timedelta | None


class AskedWrongly(ValueError):
    """What was asked cannot be understood; the message says it to the one who wrote the client."""


class NotOffered(AskedWrongly):
    """The standard knows what was asked, and this service does not."""


@dataclass(frozen=True, slots=True)
class Name:
    """A property, such as `result` or `Datastream/id`."""

    path: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function or an operation of arithmetic, with what it is computed from."""

    function: str
    parts: tuple["Term", ...]


Term = Name | Call | Value

ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "add": add, "sub": sub, "mul": mul, "div": truediv, "mod": mod,
}  # fmt: skip
# Each function, and how many parts it may have.
FUNCTIONS: dict[str, frozenset[int]] = {
    **dict.fromkeys(("tolower", "toupper", "trim", "length"), frozenset({1})),
    **dict.fromkeys(("indexof", "concat"), frozenset({2})),
    "substring": frozenset({2, 3}),
    **dict.fromkeys(("year", "month", "day", "hour", "minute", "second"), frozenset({1})),
    **dict.fromkeys(("fractionalseconds", "date"), frozenset({1})),
    **dict.fromkeys(("round", "floor", "ceiling"), frozenset({1})),
    "now": frozenset({0}),
}
NOT_OFFERED = frozenset(
    {
        "time", "totaloffsetminutes", "mindatetime", "maxdatetime", "before", "after", "meets", "during",
        "overlaps", "starts", "finishes", "intersects", "any", "all",
    }
)  # fmt: skip
GEOMETRY = ("geo.", "st_")


def called(function: str, parts: Sequence[Term], at: datetime) -> Term:
    """A function of parts, computed if it can be; `at` is now. Raises AskedWrongly, NotOffered."""
    if function in NOT_OFFERED or function.startswith(GEOMETRY):
        raise NotOffered(f"the function {function[:40]} is not offered here")
    counts = FUNCTIONS.get(function)
    if counts is None:
        raise AskedWrongly(f"there is no function “{function[:40]}”")
    if len(parts) not in counts:
        raise AskedWrongly(
            f"{function} has {' or '.join(map(str, sorted(counts)))} in its brackets"
        )
    if function == "now":
        return at
    if not any(isinstance(part, Name | Call) for part in parts):
        raise AskedWrongly(f"{function} needs a name in its brackets")
    return Call(function, tuple(parts))


def computed(operation: str, left: Term, right: Term) -> Term:
    """One step of arithmetic, done if both sides are values. Raises AskedWrongly."""
    if isinstance(left, Name | Call) or isinstance(right, Name | Call):
        return Call(operation, (left, right))
    try:
        found = ARITHMETIC[operation](left, right)
        is_value = isinstance(found, datetime | timedelta) or math.isfinite(found)
    except (TypeError, ArithmeticError) as error:
        raise AskedWrongly(f"{operation} cannot be computed here: {error}") from error
    if not is_value:
        raise AskedWrongly(f"{operation} gives no number here")
    return found  # type: ignore[no-any-return]  # what arithmetic makes of values is a value
