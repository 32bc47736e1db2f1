"""Ranking by scores: corrected for reviewers, with the chance to belong among the winners."""

from vuoksi.loop.calls.engine.ranking.check import violations
from vuoksi.loop.calls.engine.ranking.explain import ENGLISH, english, explain, explain_entry
from vuoksi.loop.calls.engine.ranking.formats import read_problem, solve_text, write_result
from vuoksi.loop.calls.engine.ranking.problem import (
    Band,
    Category,
    Caution,
    Criterion,
    Cut,
    Entry,
    Problem,
    Result,
    ReviewerEffect,
    Score,
    Standing,
)
from vuoksi.loop.calls.engine.ranking.rank import solve
from vuoksi.loop.calls.engine.refusal import ProblemError
from vuoksi.loop.calls.engine.sentences import Sentence

__all__ = [
    "ENGLISH",
    "Band",
    "Category",
    "Caution",
    "Criterion",
    "Cut",
    "Entry",
    "Problem",
    "ProblemError",
    "Result",
    "ReviewerEffect",
    "Score",
    "Sentence",
    "Standing",
    "english",
    "explain",
    "explain_entry",
    "read_problem",
    "solve",
    "solve_text",
    "violations",
    "write_result",
]
