"""Problems and plans as JSON, with the field names of `Problem` and `Plan`.

A problem: ``{"entries": [{"key": "a", "topics": ["heat"], "language": "fi", "authors": ["p1"],
"organisations": ["o1"]}], "reviewers": [{"key": "p2", "most": 10, "least": 2, "expertise": ["heat"],
"languages": ["fi"], "organisations": [], "conflicts": []}], "wanted": 3, "fixed": [["p2", "a"]],
"forbidden": [], "mixing_price": 0.05}``. Only the keys, ``most``, entries and reviewers are needed;
a pair is reviewer and entry.
"""

import json
from dataclasses import asdict

from vuoksi.loop.calls.engine.assignment.assign import solve
from vuoksi.loop.calls.engine.assignment.explain import ENGLISH, explain
from vuoksi.loop.calls.engine.assignment.problem import Entry, Pair, Plan, Problem, Reviewer
from vuoksi.loop.calls.engine.reading import (
    Row,
    check_fields,
    json_object,
    number,
    pairs,
    rows,
    text,
    texts,
    whole,
)
from vuoksi.loop.calls.engine.sentences import as_data


def read_problem(source: str) -> Problem:
    """Read a problem; `ProblemError` says what is wrong with it and where."""
    data = json_object(source)
    optional = {"wanted", "fixed", "forbidden", "mixing_price"}
    check_fields("", data, {"entries", "reviewers"}, optional)
    return Problem(
        entries=tuple(_entry(row) for row in rows("entries", data["entries"])),
        reviewers=tuple(_reviewer(row) for row in rows("reviewers", data["reviewers"])),
        wanted=whole("wanted", data.get("wanted", 3)),
        fixed=tuple(Pair(*each) for each in pairs("fixed", data.get("fixed", []))),
        forbidden=tuple(Pair(*each) for each in pairs("forbidden", data.get("forbidden", []))),
        mixing_price=number("mixing_price", data.get("mixing_price", 0.05)),
    )


def write_plan(problem: Problem, plan: Plan) -> str:
    """Write a plan as JSON, with its explanation: code, facts and English text of each sentence."""
    sentences = [as_data(each, ENGLISH) for each in explain(problem, plan)]
    data = {**asdict(plan), "explanation": sentences}
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)


def solve_text(source: str) -> str:
    """Problem in, plan out, both as JSON: what ``vuoksi engine assignment`` does."""
    problem = read_problem(source)
    return write_plan(problem, solve(problem))


def _entry(row: Row) -> Entry:
    check_fields("an entry", row, {"key"}, {"topics", "language", "authors", "organisations"})
    return Entry(
        key=text("key", row["key"]),
        topics=texts("topics", row.get("topics", [])),
        language=text("language", row.get("language", "")),
        authors=texts("authors", row.get("authors", [])),
        organisations=texts("organisations", row.get("organisations", [])),
    )


def _reviewer(row: Row) -> Reviewer:
    optional = {"least", "expertise", "languages", "organisations", "conflicts"}
    check_fields("a reviewer", row, {"key", "most"}, optional)
    return Reviewer(
        key=text("key", row["key"]),
        most=whole("most", row["most"]),
        least=whole("least", row.get("least", 0)),
        expertise=texts("expertise", row.get("expertise", [])),
        languages=texts("languages", row.get("languages", [])),
        organisations=texts("organisations", row.get("organisations", [])),
        conflicts=texts("conflicts", row.get("conflicts", [])),
    )
