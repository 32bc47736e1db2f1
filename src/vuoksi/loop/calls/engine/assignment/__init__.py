"""Who reviews what: even loads, fitting expertise, no conflict of interest."""

from vuoksi.loop.calls.engine.assignment.assign import solve
from vuoksi.loop.calls.engine.assignment.check import violations
from vuoksi.loop.calls.engine.assignment.conflicts import bars, co_authors
from vuoksi.loop.calls.engine.assignment.explain import ENGLISH, english, explain, explain_pair
from vuoksi.loop.calls.engine.assignment.formats import read_problem, solve_text, write_plan
from vuoksi.loop.calls.engine.assignment.problem import (
    Caution,
    Entry,
    Load,
    Pair,
    Plan,
    Problem,
    Reason,
    Review,
    Reviewer,
    Shortfall,
)
from vuoksi.loop.calls.engine.refusal import ProblemError
from vuoksi.loop.calls.engine.sentences import Sentence

__all__ = [
    "ENGLISH",
    "Caution",
    "Entry",
    "Load",
    "Pair",
    "Plan",
    "Problem",
    "ProblemError",
    "Reason",
    "Review",
    "Reviewer",
    "Sentence",
    "Shortfall",
    "bars",
    "co_authors",
    "english",
    "explain",
    "explain_pair",
    "read_problem",
    "solve",
    "solve_text",
    "violations",
    "write_plan",
]
