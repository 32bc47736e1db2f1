"""A `$filter` as a question to the database: values travel as values, never as text of a query."""

from collections.abc import Callable, Sequence
from functools import partial, reduce
from operator import and_, or_
from typing import Any

from django.db.models import CharField, F, Q, Value
from django.db.models import functions as sql
from django.db.models.lookups import (
    Contains,
    EndsWith,
    Exact,
    GreaterThan,
    GreaterThanOrEqual,
    LessThan,
    LessThanOrEqual,
    StartsWith,
)

from vuoksi.loop.experiments.measurements.engine import (
    All,
    AnyOf,
    AskedWrongly,
    Call,
    Compare,
    Condition,
    Name,
    Not,
    NotOffered,
    Term,
)
from vuoksi.loop.experiments.measurements.sensorthings.entities import EntitySet, field_of, is_json

LOOKUPS = {
    "gt": "gt", "ge": "gte", "lt": "lt", "le": "lte", "startswith": "startswith", "endswith": "endswith",
    "contains": "contains",
}  # fmt: skip
COMPARED: dict[str, Any] = {
    "eq": Exact, "ne": Exact, "gt": GreaterThan, "ge": GreaterThanOrEqual, "lt": LessThan, "le": LessThanOrEqual,
    "startswith": StartsWith, "endswith": EndsWith, "contains": Contains,
}  # fmt: skip
OF_TEXTS = frozenset({"startswith", "endswith", "contains"})
TEXT = CharField()


def folded(condition: Condition, plain: Callable[..., Any], computed: Callable[..., Any]) -> Any:
    """A condition in what `plain` and `computed` make of comparisons: whatever takes and, or and not.

    `plain(path, operator, value)` is of a property and a value, `computed(comparison)` of anything else.
    """
    match condition:
        case All(parts):
            return reduce(and_, (folded(part, plain, computed) for part in parts))
        case AnyOf(parts):
            return reduce(or_, (folded(part, plain, computed) for part in parts))
        case Not(part):
            return ~folded(part, plain, computed)
        case Compare(Name(path), operator, right) if not isinstance(right, Name | Call):
            return plain(path, operator, right)
        case Compare():
            return computed(condition)


def of_table(entities: EntitySet, condition: Condition) -> Q:
    """A condition on entities that stand in the database."""
    found: Q = folded(condition, partial(_compared, entities), partial(_computed, entities))
    return found


def _compared(entities: EntitySet, path: str, operator: str, value: Any) -> Q:
    """A property and a value: the common case, which an index may answer."""
    name = field_of(entities, path)
    if not isinstance(value, str | int | float | None):
        raise AskedWrongly(f"“{path[:80]}” is no time")
    if name.endswith("pk") and not isinstance(value, int):
        raise AskedWrongly("an id here is a whole number")
    if operator in {"eq", "ne"}:
        found = Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
        return found if operator == "eq" else ~found
    if value is None or isinstance(value, bool):
        raise AskedWrongly("only eq and ne compare with true, false and null")
    return Q(**{f"{name}__{LOOKUPS[operator]}": value})


def _computed(entities: EntitySet, asked: Compare) -> Q:
    """Functions of texts, or two properties."""
    left, right = _sql(entities, asked.left), _sql(entities, asked.right)
    kinds = {kind for _expression, kind in (left, right)}
    if len(kinds) > 1 or (asked.operator in OF_TEXTS and kinds != {str}):
        raise AskedWrongly("the two sides of a comparison are of different kinds")
    found = Q(COMPARED[asked.operator](left[0], right[0]))
    return ~found if asked.operator == "ne" else found


def _sql(entities: EntitySet, term: Term) -> tuple[Any, type]:
    """A term for the database, and what it is: a text or a whole number."""
    match term:
        case bool() | float() | None:
            raise AskedWrongly("texts and whole numbers are compared with what is computed")
        case str() | int():
            return Value(term), type(term)
        case Name(path):
            return _property(entities, path)
        case Call(function, parts) if function in TEXT_FUNCTIONS:
            return _text_function(entities, function, parts)
    raise NotOffered("of functions, those of texts are offered here; others are for observations")


def _property(entities: EntitySet, path: str) -> tuple[Any, type]:
    name = field_of(entities, path)
    if name.endswith("pk"):
        return F(name), int
    if is_json(path):
        raise NotOffered(f"“{path[:80]}” is compared with a value only")
    return F(name), str


def _text_function(entities: EntitySet, function: str, parts: Sequence[Term]) -> tuple[Any, type]:
    make, result, wanted = TEXT_FUNCTIONS[function]
    found = [_sql(entities, part) for part in parts]
    if any(kind is not want for (_part, kind), want in zip(found, wanted, strict=False)):
        raise AskedWrongly(f"{function} is not of this kind of property")
    if any(not isinstance(part, int) or part < 0 for part in parts[len(wanted) :]):
        raise AskedWrongly(f"{function} needs whole numbers from 0 on")
    return make(*(part for part, _kind in found)), result


# How each function is made, what it gives, and what its first parts are; whole numbers follow them.
TEXT_FUNCTIONS: dict[str, tuple[Callable[..., Any], type, tuple[type, ...]]] = {
    "tolower": (lambda text: sql.Lower(text, output_field=TEXT), str, (str,)),
    "toupper": (lambda text: sql.Upper(text, output_field=TEXT), str, (str,)),
    "trim": (lambda text: sql.Trim(text, output_field=TEXT), str, (str,)),
    "length": (sql.Length, int, (str,)),
    "concat": (lambda one, other: sql.Concat(one, other, output_field=TEXT), str, (str, str)),
    "indexof": (lambda text, part: sql.StrIndex(text, part) - 1, int, (str, str)),
    "substring": (
        lambda text, start, *length: sql.Substr(text, start + 1, *length, output_field=TEXT), str, (str,)
    ),
}  # fmt: skip
