"""Problems and results as JSON, with the field names of the dataclasses.

A problem: ``{"design": "two_groups", "reference": [3.1, 2.9], "treatment": [3.6, 3.4],
"better": "up", "confidence": 0.95, "minimum_effect": 0.2, "stop_effect": 0.0}``. Which other fields
there are depends on the design: those of `Problem`, `PanelProblem` (or `CoursesProblem`, if it has no
``values``), `SeriesProblem` and `WedgeProblem`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from vuoksi.loop.experiments.analyses.engine.explain import (
    Sentence,
    english,
    explain,
    explain_firmness,
)
from vuoksi.loop.experiments.analyses.engine.formats.records import json_object, record_from
from vuoksi.loop.experiments.analyses.engine.problem import (
    DESIGNS,
    SIDES,
    AnyProblem,
    CoursesProblem,
    PanelProblem,
    Problem,
    ProblemError,
    Result,
    SeriesProblem,
    WedgeProblem,
)

__all__ = [
    "problem_as_data",
    "problem_from",
    "read_problem",
    "result_from",
    "sentences_as_data",
    "write_result",
]

_LONG: dict[str, type[PanelProblem] | type[SeriesProblem] | type[WedgeProblem]] = {
    "difference_in_differences": PanelProblem,
    "interrupted_time_series": SeriesProblem,
    "stepped_wedge": WedgeProblem,
}


def read_problem(text: str) -> AnyProblem:
    """Read a problem; `ProblemError` says what is wrong with it and where."""
    return problem_from(json_object(text))


def problem_from(data: Mapping[str, Any]) -> AnyProblem:
    """Build the problem of the design that ``data["design"]`` names."""
    if "design" not in data:
        raise ProblemError("missing_field", "The field 'design' is missing.")
    design = data["design"]
    if design in SIDES:
        return record_from(Problem, data)
    if design not in DESIGNS:
        raise ProblemError("unknown_design", f"The design must be one of {', '.join(DESIGNS)}.")
    rest = {name: value for name, value in data.items() if name != "design"}
    if design == "difference_in_differences" and "values" not in rest:
        return record_from(CoursesProblem, rest)
    return record_from(_LONG[design], rest)


def problem_as_data(problem: AnyProblem) -> dict[str, Any]:
    """The problem as plain data, from which `problem_from` makes the same problem."""
    return {"design": problem.design, **asdict(problem)}


def result_from(data: Mapping[str, Any]) -> Result:
    """Build a result from what `asdict` made of it; also from one of the first engine's."""
    known = dict(data)
    if "hedges_g" in known:
        known["standardised"] = known.pop("hedges_g")
        known["method"] = "paired_t" if data["design"] == "before_after_paired" else "welch"
    return record_from(Result, known)


def sentences_as_data(sentences: Iterable[Sentence]) -> list[dict[str, Any]]:
    """Code, numbers and English text of each sentence."""
    return [
        {"code": each.code, "numbers": dict(each.numbers), "text": english(each)}
        for each in sentences
    ]


def write_result(problem: AnyProblem, result: Result) -> str:
    """Write a result as JSON, with its explanation and how firmly it stands."""
    data = {
        **asdict(result),
        "explanation": sentences_as_data(explain(problem, result)),
        "firmness": sentences_as_data(explain_firmness(result)),
    }
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
