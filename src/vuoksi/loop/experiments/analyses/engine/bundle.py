"""An experiment in one file: its plan, its data without persons, and every figure that was told of it.

``vuoksi engine analyses < bundle.json`` computes all of it again and says whether the figures are the same.
"""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from vuoksi.lib import canonical
from vuoksi.loop.experiments.analyses.engine.analyse import solve
from vuoksi.loop.experiments.analyses.engine.balance import Covariates, compare
from vuoksi.loop.experiments.analyses.engine.explain import english, explain, explain_firmness
from vuoksi.loop.experiments.analyses.engine.formats.records import json_object, record_from
from vuoksi.loop.experiments.analyses.engine.grade import Facts, grade
from vuoksi.loop.experiments.analyses.engine.match import MatchProblem, match
from vuoksi.loop.experiments.analyses.engine.multiple import Measures, correct
from vuoksi.loop.experiments.analyses.engine.peeking import LookProblem, look
from vuoksi.loop.experiments.analyses.engine.power import power_of, power_problem_from
from vuoksi.loop.experiments.analyses.engine.problem import ProblemError
from vuoksi.loop.experiments.analyses.engine.randomise import (
    DrawProblem,
    OrderProblem,
    draw,
    draw_order,
)
from vuoksi.loop.experiments.analyses.engine.rows import Row, Setting, problem_from_rows

Data = dict[str, Any]
# The last digits may differ between processors and versions of the numerical libraries.
SAME = 1e-7
# What of the setting stands in which chapter of the plan (docs/reference/experiment-plans.md), and what is taken where
# the plan leaves it open.
_PLANNED: Mapping[str, frozenset[str]] = {
    "measure": frozenset({"design", "better", "kind", "lowest", "highest"}),
    "design": frozenset(
        {"assignment", "switch_on", "period", "season", "season_length", "estimand"}
    ),
    "rule": frozenset({"confidence", "minimum_effect", "stop_effect"}),
}
_UNPLANNED = {"period": "month", "season_length": 12}


def check_bundle(data: Data) -> Data:
    """Compute every part again. `same` says of each, and of all, whether the stated figures came out.

    Of all only if the plan and the values have their digests, and the main measure is analysed as the plan says:
    what is not stands in `other_than_planned`.

    A part: ``{"name": ..., "task": ..., "given": {...}, "stated": {...}}``. The task ``measure`` goes from the values
    and the plan's setting to the effect; the others are those of `tasks`.
    """
    parts = data.get("parts")
    if not isinstance(parts, list):
        raise ProblemError("missing_field", "The field 'parts' is missing.")
    answers = [_again(part) for part in parts]
    plan, digest = str(data.get("plan", "")), data.get("plan_digest", "")
    main = next((part["given"] for part in parts if part.get("name") == "measure"), None)
    holds = {
        "plan_digest_holds": not plan or canonical.digest_of_text(plan) == digest,
        "data_digest_holds": main is None or _has_digest(main["rows"], data),
    }
    deviating = _deviating(json_object(plan), main["setting"]) if plan and main else []
    same = all(answer["same"] for answer in answers) and all(holds.values()) and not deviating
    return {"same": same, **holds, "other_than_planned": deviating, "parts": answers}


def measure_part(data: Data) -> Data:
    """From values and the plan's setting to the effect, in figures and in words."""
    setting = record_from(Setting, data["setting"])
    rows = [Row(*row) for row in data["rows"]]
    problem = problem_from_rows(setting, rows)
    result = solve(problem, seed=data.get("seed", 0))
    sentences = (*explain(problem, result), *explain_firmness(result))
    return {**asdict(result), "sentences": [english(each) for each in sentences]}


def _has_digest(rows: list[Any], data: Data) -> bool:
    return "data_digest" not in data or canonical.digest(rows) == data["data_digest"]


def _deviating(plan: Data, setting: Data) -> list[str]:
    """Names of what the setting has otherwise than the plan."""
    return [
        name
        for chapter, names in _PLANNED.items()
        for name, planned in plan.get(chapter, {}).items()
        if name in names
        and setting[name] != (_UNPLANNED.get(name) if planned in ("", None) else planned)
    ]


def _again(part: Mapping[str, Any]) -> Data:
    task = part.get("task")
    answer = _PARTS.get(task) if isinstance(task, str) else None
    if answer is None:
        raise ProblemError("unknown_task", f"A part must be one of {', '.join(_PARTS)}.")
    found = json.loads(json.dumps(answer(dict(part["given"]))))
    stated = part.get("stated", {})
    different = sorted(
        name for name in stated if name not in found or not _alike(found[name], stated[name])
    )
    return {
        "name": part.get("name", ""),
        "same": not different,
        "different": different,
        "found": found,
    }


def _alike(found: object, stated: object) -> bool:
    if isinstance(found, int | float) and isinstance(stated, int | float):
        return math.isclose(found, stated, rel_tol=SAME, abs_tol=SAME)
    if isinstance(found, list) and isinstance(stated, list):
        return len(found) == len(stated) and _all_alike(zip(found, stated, strict=True))
    if isinstance(found, dict) and isinstance(stated, dict):
        return found.keys() == stated.keys() and _all_alike(
            (found[name], stated[name]) for name in found
        )
    return found == stated


def _all_alike(pairs: Iterable[tuple[object, object]]) -> bool:
    return all(_alike(*pair) for pair in pairs)


def _grade(data: Data) -> Data:
    return {"level": grade(record_from(Facts, data)).level}


_PARTS: dict[str, Callable[[Data], Data]] = {
    "measure": measure_part,
    "power": lambda data: asdict(power_of(power_problem_from(data))),
    "randomise": lambda data: asdict(draw(record_from(DrawProblem, data))),
    "wedge_order": lambda data: asdict(draw_order(record_from(OrderProblem, data))),
    "match": lambda data: asdict(match(record_from(MatchProblem, data))),
    "balance": lambda data: asdict(compare(record_from(Covariates, data))),
    "multiple": lambda data: asdict(correct(record_from(Measures, data))),
    "peeking": lambda data: asdict(look(record_from(LookProblem, data))),
    "grade": _grade,
}
