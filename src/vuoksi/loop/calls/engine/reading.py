"""Reading problems from JSON: what is wrong is told with its place."""

import json
from typing import Any

from vuoksi.loop.calls.engine.refusal import ProblemError

Row = dict[str, Any]


def json_object(text: str) -> Row:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ProblemError("not_json", "The problem is not JSON.") from None
    if not isinstance(data, dict):
        raise ProblemError("not_json", "The problem must be a JSON object.")
    return data


def check_fields(where: str, row: Row, needed: set[str], optional: set[str]) -> None:
    """Refuse fields that are missing or unknown; `where` is empty for the problem itself."""
    place = f" of {where}" if where else ""
    for name in sorted(row.keys() - needed - optional):
        raise ProblemError("unknown_field", f"There is no field '{name}'{place}.")
    for name in sorted(needed - row.keys()):
        raise ProblemError("missing_field", f"The field '{name}'{place} is missing.")


def rows(where: str, value: object) -> list[Row]:
    """A list of objects."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise ProblemError("wrong_kind", f"{where} must be a list of objects.")
    return value


def texts(where: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ProblemError("wrong_kind", f"{where} must be a list of texts.")
    return tuple(text(f"{where}[{place}]", each) for place, each in enumerate(value))


def pairs(where: str, value: object) -> tuple[tuple[str, str], ...]:
    """A list of lists of two texts."""
    if not isinstance(value, list):
        raise ProblemError("wrong_kind", f"{where} must be a list of pairs.")
    read = [texts(f"{where}[{place}]", each) for place, each in enumerate(value)]
    for place, each in enumerate(read):
        if len(each) != 2:
            raise ProblemError("wrong_kind", f"{where}[{place}] must hold two texts.")
    return tuple((each[0], each[1]) for each in read)


def text(where: str, value: object) -> str:
    if not isinstance(value, str):
        raise ProblemError("wrong_kind", f"{where} must be a text.")
    return value


def number(where: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProblemError("wrong_kind", f"{where} must be a number.")
    try:
        return float(value)
    except OverflowError:
        raise ProblemError("wrong_kind", f"{where} is too large.") from None


def whole(where: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ProblemError("wrong_kind", f"{where} must be a whole number.")
    return value
