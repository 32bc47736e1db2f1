"""Problems and results as JSON, with the field names of `Problem` and `Result`.

A problem: ``{"finalists": ["a", "b", "c"], "ballots": [{"member": "m", "order": ["b", "a"]}],
"places": 1}``; ``confidence``, ``resamples`` and ``seed`` may be left out.
"""

import json
from dataclasses import asdict

from vuoksi.loop.calls.engine.finals.decide import solve
from vuoksi.loop.calls.engine.finals.explain import ENGLISH, explain
from vuoksi.loop.calls.engine.finals.problem import Ballot, Problem, Result
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
from vuoksi.loop.calls.engine.sentences import as_data


def read_problem(source: str) -> Problem:
    """Read a problem; `ProblemError` says what is wrong with it and where."""
    data = json_object(source)
    check_fields("", data, {"finalists", "ballots", "places"}, {"confidence", "resamples", "seed"})
    return Problem(
        finalists=texts("finalists", data["finalists"]),
        ballots=tuple(_ballot(row) for row in rows("ballots", data["ballots"])),
        places=whole("places", data["places"]),
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
    """Problem in, result out, both as JSON: what ``vuoksi engine finals`` does."""
    problem = read_problem(source)
    return write_result(problem, solve(problem))


def _ballot(row: Row) -> Ballot:
    check_fields("a ballot", row, {"member", "order"}, set())
    return Ballot(text("member", row["member"]), texts("order", row["order"]))
