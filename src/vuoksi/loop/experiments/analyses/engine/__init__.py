"""First analyses of an experiment: before and after, or two groups, with an interval."""

from vuoksi.loop.experiments.analyses.engine.analyse import rule_outcome, solve
from vuoksi.loop.experiments.analyses.engine.check import violations
from vuoksi.loop.experiments.analyses.engine.explain import ENGLISH, Sentence, english, explain
from vuoksi.loop.experiments.analyses.engine.formats import read_problem, solve_text, write_result
from vuoksi.loop.experiments.analyses.engine.problem import (
    DESIGNS,
    Better,
    Caution,
    Design,
    Interval,
    Outcome,
    Problem,
    ProblemError,
    Result,
)

__all__ = [
    "DESIGNS",
    "ENGLISH",
    "Better",
    "Caution",
    "Design",
    "Interval",
    "Outcome",
    "Problem",
    "ProblemError",
    "Result",
    "Sentence",
    "english",
    "explain",
    "read_problem",
    "rule_outcome",
    "solve",
    "solve_text",
    "violations",
    "write_result",
]
