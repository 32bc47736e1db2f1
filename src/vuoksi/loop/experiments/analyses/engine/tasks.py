"""What ``vuoksi engine analyses`` does: every task of the engine, JSON in and JSON out.

``{"task": "power", "design": "two_means", "effect": 0.5}``. The task may be left out for an analysis.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from vuoksi.loop.experiments.analyses.engine.analyse import solve
from vuoksi.loop.experiments.analyses.engine.balance import Covariates, compare, explain_balance
from vuoksi.loop.experiments.analyses.engine.bundle import check_bundle
from vuoksi.loop.experiments.analyses.engine.formats import (
    problem_from,
    sentences_as_data,
    write_result,
)
from vuoksi.loop.experiments.analyses.engine.formats.records import json_object, record_from
from vuoksi.loop.experiments.analyses.engine.grade import Facts, explain_grade, grade
from vuoksi.loop.experiments.analyses.engine.match import MatchProblem, match
from vuoksi.loop.experiments.analyses.engine.multiple import Measures, correct, explain_measures
from vuoksi.loop.experiments.analyses.engine.peeking import LookProblem, explain_look, look
from vuoksi.loop.experiments.analyses.engine.power import (
    explain_power,
    power_of,
    power_problem_from,
)
from vuoksi.loop.experiments.analyses.engine.problem import ProblemError
from vuoksi.loop.experiments.analyses.engine.randomise import (
    DrawProblem,
    OrderProblem,
    draw,
    draw_order,
)
from vuoksi.loop.experiments.analyses.engine.synthesis import (
    SynthesisProblem,
    explain_synthesis,
    synthesise,
)

Data = dict[str, Any]


def solve_text(text: str) -> str:
    """Problem in, answer out, both as JSON."""
    data = json_object(text)
    task = data.pop("task", "analysis")
    if task == "analysis":
        seed = data.pop("seed", 0)
        problem = problem_from(data)
        if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
            raise ProblemError("not_a_number", "seed must be a whole number, not below zero.")
        return write_result(problem, solve(problem, seed=seed))
    answer = TASKS.get(task) if isinstance(task, str) else None
    if answer is None:
        raise ProblemError("unknown_task", f"The task must be one of analysis, {', '.join(TASKS)}.")
    return json.dumps(answer(data), indent=2, ensure_ascii=False, allow_nan=False)


def _power(data: Data) -> Data:
    problem = power_problem_from(data)
    power = power_of(problem)
    return {**asdict(power), "explanation": sentences_as_data(explain_power(power))}


def _randomise(data: Data) -> Data:
    return asdict(draw(record_from(DrawProblem, data)))


def _order(data: Data) -> Data:
    return asdict(draw_order(record_from(OrderProblem, data)))


def _match(data: Data) -> Data:
    return asdict(match(record_from(MatchProblem, data)))


def _balance(data: Data) -> Data:
    balance = compare(record_from(Covariates, data))
    return {**asdict(balance), "explanation": sentences_as_data(explain_balance(balance))}


def _multiple(data: Data) -> Data:
    corrected = correct(record_from(Measures, data))
    return {**asdict(corrected), "explanation": sentences_as_data(explain_measures(corrected))}


def _peeking(data: Data) -> Data:
    found = look(record_from(LookProblem, data))
    return {**asdict(found), "explanation": sentences_as_data(explain_look(found))}


def _synthesis(data: Data) -> Data:
    whole = synthesise(record_from(SynthesisProblem, data))
    return {**asdict(whole), "explanation": sentences_as_data(explain_synthesis(whole))}


def _grade(data: Data) -> Data:
    given = grade(record_from(Facts, data))
    return {"level": given.level, "explanation": sentences_as_data(explain_grade(given))}


TASKS: dict[str, Callable[[Data], Data]] = {
    "power": _power,
    "randomise": _randomise,
    "wedge_order": _order,
    "match": _match,
    "balance": _balance,
    "multiple": _multiple,
    "peeking": _peeking,
    "synthesis": _synthesis,
    "grade": _grade,
    "bundle": check_bundle,
}
