"""Dataclasses from plain data (as JSON gives it), with the place of what is wrong."""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from vuoksi.loop.experiments.analyses.engine.problem import ProblemError

Record = TypeVar("Record")


def json_object(text: str) -> dict[str, Any]:
    """The object that `text` holds; raises `ProblemError` with ``not_json`` if it holds none."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ProblemError("not_json", "The problem is not JSON.") from None
    if not isinstance(data, dict):
        raise ProblemError("not_json", "The problem must be a JSON object.")
    return data


def record_from(record: type[Record], data: Mapping[str, Any], place: str = "") -> Record:
    """Build a dataclass; raises `ProblemError` that names the field and what is wrong with it."""
    hints = get_type_hints(record)
    known = [field for field in fields(record) if field.init]  # type: ignore[arg-type]  # any dataclass
    for name in sorted(data.keys() - {field.name for field in known}):
        raise ProblemError("unknown_field", f"There is no field '{place}{name}'.")
    for field in known:
        needed = field.default is MISSING and field.default_factory is MISSING
        if needed and field.name not in data:
            raise ProblemError("missing_field", f"The field '{place}{field.name}' is missing.")
    return record(
        **{name: value_from(hints[name], each, place + name) for name, each in data.items()}
    )


def value_from(kind: Any, value: object, place: str) -> Any:
    """One value of an annotated type: a number, text, a list, a record, or None where allowed."""
    if isinstance(kind, UnionType):
        return _optional(kind, value, place)
    if get_origin(kind) is tuple:
        return _items(kind, value, place)
    if is_dataclass(kind):
        if not isinstance(value, Mapping):
            raise ProblemError("not_an_object", f"{place} must be an object.")
        return record_from(kind, value, f"{place}.")  # type: ignore[arg-type]  # a dataclass, as asked above
    read = _READERS.get(kind)
    # Choices are judged by the record itself, which knows their names.
    return read(value, place) if read else value


def _optional(kind: Any, value: object, place: str) -> Any:
    if value is None:
        return None
    (inner,) = [each for each in get_args(kind) if each is not type(None)]
    return value_from(inner, value, place)


def _items(kind: Any, value: object, place: str) -> tuple[Any, ...]:
    inner = get_args(kind)[0]
    if not isinstance(value, list | tuple):
        raise ProblemError("not_a_number", f"{place} must be a list of {_named(inner)}.")
    return tuple(value_from(inner, each, f"{place}[{n}]") for n, each in enumerate(value))


def _named(kind: Any) -> str:
    names = {float: "numbers", int: "whole numbers", str: "texts", bool: "true and false"}
    return names.get(kind, "entries")


def _number(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProblemError("not_a_number", f"{place} must be a number.")
    try:
        return float(value)
    except OverflowError:
        raise ProblemError("not_a_number", f"{place} is too large.") from None


def _whole(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ProblemError("not_a_number", f"{place} must be a whole number.")
    if abs(value) > 2**63 - 1:
        raise ProblemError("not_a_number", f"{place} is too large.")
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise ProblemError("not_a_text", f"{place} must be text.")
    return value


def _flag(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise ProblemError("not_a_flag", f"{place} must be true or false.")
    return value


_READERS: dict[Any, Callable[[object, str], object]] = {
    float: _number,
    int: _whole,
    str: _text,
    bool: _flag,
}
