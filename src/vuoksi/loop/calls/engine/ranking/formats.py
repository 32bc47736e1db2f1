"""Problems and results as JSON, with the field names of `Problem` and `Result`.

A problem: ``{"entries": [{"key": "a", "category": "ideas"}], "criteria": [{"key": "impact",
"weight": 2, "low": 1, "high": 5}], "scores": [{"reviewer": "r", "entry": "a", "criterion":
"impact", "value": 4}], "categories": [{"key": "ideas", "places": 3}]}``. An entry may be its key
alone and categories may be ``"places": 3`` where there are none; ``reviewers`` (those who scored),
``confidence``, ``resamples`` and ``seed`` may be left out.
"""

import json
from dataclasses import asdict
from typing import Any

from vuoksi.loop.calls.engine.ranking.explain import ENGLISH, explain
from vuoksi.loop.calls.engine.ranking.problem import (
    Category,
    Criterion,
    Entry,
    Problem,
    Result,
    Score,
)
from vuoksi.loop.calls.engine.ranking.rank import solve
from vuoksi.loop.calls.engine.reading import (
    Row,
    check_fields,
    json_object,
    number,
    rows,
    text,
    texts,
    whole,
)
from vuoksi.loop.calls.engine.refusal import ProblemError
from vuoksi.loop.calls.engine.sentences import as_data


def read_problem(source: str) -> Problem:
    """Read a problem; `ProblemError` says what is wrong with it and where."""
    data = json_object(source)
    optional = {"reviewers", "confidence", "resamples", "seed", "categories", "places"}
    check_fields("", data, {"entries", "criteria", "scores"}, optional)
    scores = tuple(_score(row) for row in rows("scores", data["scores"]))
    reviewers = sorted({score.reviewer for score in scores})
    return Problem(
        entries=_entries(data["entries"]),
        reviewers=texts("reviewers", data.get("reviewers", reviewers)),
        criteria=tuple(_criterion(row) for row in rows("criteria", data["criteria"])),
        scores=scores,
        categories=_categories(data),
        confidence=number("confidence", data.get("confidence", 0.9)),
        resamples=whole("resamples", data.get("resamples", 2_000)),
        seed=whole("seed", data.get("seed", 0)),
    )


def write_result(problem: Problem, result: Result) -> str:
    """Write a result as JSON, with its explanation: code, facts and English text of each sentence."""
    sentences = [as_data(each, ENGLISH) for each in explain(problem, result)]
    data = {**asdict(result), "explanation": sentences}
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)


def solve_text(source: str) -> str:
    """Problem in, result out, both as JSON: what ``vuoksi engine ranking`` does."""
    problem = read_problem(source)
    return write_result(problem, solve(problem))


def _entries(value: Any) -> tuple[Entry, ...]:
    if not isinstance(value, list):
        raise ProblemError("wrong_kind", "entries must be a list.")
    return tuple(_entry(place, each) for place, each in enumerate(value))


def _entry(place: int, value: Any) -> Entry:
    where = f"entries[{place}]"
    if isinstance(value, str):
        return Entry(value)
    if not isinstance(value, dict):
        raise ProblemError("wrong_kind", f"{where} must be a text or an object.")
    check_fields(where, value, {"key"}, {"category"})
    category = text(f"{where}.category", value.get("category", ""))
    return Entry(text(f"{where}.key", value["key"]), category)


def _criterion(row: Row) -> Criterion:
    check_fields("a criterion", row, {"key"}, {"weight", "low", "high"})
    ends = {name: number(name, row[name]) for name in ("weight", "low", "high") if name in row}
    return Criterion(text("key", row["key"]), **ends)


def _score(row: Row) -> Score:
    check_fields("a score", row, {"reviewer", "entry", "criterion", "value"}, set())
    return Score(
        reviewer=text("reviewer", row["reviewer"]),
        entry=text("entry", row["entry"]),
        criterion=text("criterion", row["criterion"]),
        value=number("value", row["value"]),
    )


def _categories(data: Row) -> tuple[Category, ...]:
    if ("places" in data) == ("categories" in data):
        raise ProblemError("missing_field", "Either 'places' or 'categories' must be given.")
    if "places" in data:
        return (Category("", whole("places", data["places"])),)
    found = rows("categories", data["categories"])
    for row in found:
        check_fields("a category", row, {"key", "places"}, set())
    return tuple(Category(text("key", row["key"]), whole("places", row["places"])) for row in found)
