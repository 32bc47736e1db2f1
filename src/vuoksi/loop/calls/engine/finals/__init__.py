"""The second stage of a jury: members' orders of the finalists, combined."""

from vuoksi.loop.calls.engine.finals.check import violations
from vuoksi.loop.calls.engine.finals.decide import solve
from vuoksi.loop.calls.engine.finals.explain import ENGLISH, english, explain, explain_finalist
from vuoksi.loop.calls.engine.finals.formats import read_problem, solve_text, write_result
from vuoksi.loop.calls.engine.finals.problem import (
    MOST_FINALISTS,
    Ballot,
    Caution,
    Problem,
    Result,
    Standing,
)
from vuoksi.loop.calls.engine.refusal import ProblemError
from vuoksi.loop.calls.engine.sentences import Sentence

__all__ = [
    "ENGLISH",
    "MOST_FINALISTS",
    "Ballot",
    "Caution",
    "Problem",
    "ProblemError",
    "Result",
    "Sentence",
    "Standing",
    "english",
    "explain",
    "explain_finalist",
    "read_problem",
    "solve",
    "solve_text",
    "violations",
    "write_result",
]
