"""Problems and results as JSON, with the field names of `Problem` and `Result`.

A problem: ``{"design": "two_groups", "reference": [3.1, 2.9], "treatment": [3.6, 3.4],
"better": "up", "confidence": 0.95, "minimum_effect": 0.2, "stop_effect": 0.0}``; the last four
may be left out.
"""

import json
from dataclasses import MISSING, asdict, fields
from typing import Any

from vuoksi.loop.experiments.analyses.engine.analyse import solve
from vuoksi.loop.experiments.analyses.engine.explain import english, explain
from vuoksi.loop.experiments.analyses.engine.problem import Problem, ProblemError, Result

_LISTS = ("reference", "treatment")
_NUMBERS = ("confidence", "minimum_effect", "stop_effect")


def read_problem(text: str) -> Problem:
    """Read a problem; `ProblemError` says what is wrong with it and where."""
    data = _object(text)
    known = {field.name for field in fields(Problem)}
    needed = {field.name for field in fields(Problem) if field.default is MISSING}
    for name in sorted(data.keys() - known):
        raise ProblemError("unknown_field", f"There is no field '{name}'.")
    for name in sorted(needed - data.keys()):
        raise ProblemError("missing_field", f"The field '{name}' is missing.")
    for name in _LISTS:
        data[name] = _numbers(name, data[name])
    for name in _NUMBERS:
        if data.get(name) is not None:
            data[name] = _number(name, data[name])
    if data.get("confidence", 0) is None:
        raise ProblemError("not_a_number", "confidence must be a number.")
    return Problem(**data)


def write_result(problem: Problem, result: Result) -> str:
    """Write a result as JSON, with its explanation: code, numbers and English text of each sentence."""
    sentences = [
        {"code": each.code, "numbers": dict(each.numbers), "text": english(each)}
        for each in explain(problem, result)
    ]
    data = {**asdict(result), "explanation": sentences}
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)


def solve_text(text: str) -> str:
    """Problem in, result out, both as JSON: what ``vuoksi engine experiments`` does."""
    problem = read_problem(text)
    return write_result(problem, solve(problem))


def _object(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise ProblemError("not_json", "The problem is not JSON.") from None
    if not isinstance(data, dict):
        raise ProblemError("not_json", "The problem must be a JSON object.")
    return data


def _numbers(name: str, values: object) -> tuple[float, ...]:
    if not isinstance(values, list):
        raise ProblemError("not_a_number", f"{name} must be a list of numbers.")
    return tuple(_number(f"{name}[{place}]", value) for place, value in enumerate(values))


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ProblemError("not_a_number", f"{name} must be a number.")
    try:
        return float(value)
    except OverflowError:
        raise ProblemError("not_a_number", f"{name} is too large.") from None
