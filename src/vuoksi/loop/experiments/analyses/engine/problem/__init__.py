"""What an analysis is made from, and what it says.

All values are in the unit of the experiment's measure, and so is the effect.
"""

from vuoksi.loop.experiments.analyses.engine.problem.panel import (
    Course,
    CoursesProblem,
    PanelProblem,
)
from vuoksi.loop.experiments.analyses.engine.problem.question import (
    DESIGNS,
    Better,
    Design,
    ProblemError,
    Question,
)
from vuoksi.loop.experiments.analyses.engine.problem.result import (
    Caution,
    Check,
    Estimate,
    Interval,
    Outcome,
    Result,
)
from vuoksi.loop.experiments.analyses.engine.problem.series import SeriesProblem
from vuoksi.loop.experiments.analyses.engine.problem.sides import (
    SIDES,
    SMALL_SAMPLE,
    Assignment,
    Kind,
    Problem,
)
from vuoksi.loop.experiments.analyses.engine.problem.wedge import WedgeProblem

AnyProblem = Problem | PanelProblem | CoursesProblem | SeriesProblem | WedgeProblem

__all__ = [
    "DESIGNS",
    "SIDES",
    "SMALL_SAMPLE",
    "AnyProblem",
    "Assignment",
    "Better",
    "Caution",
    "Check",
    "Course",
    "CoursesProblem",
    "Design",
    "Estimate",
    "Interval",
    "Kind",
    "Outcome",
    "PanelProblem",
    "Problem",
    "ProblemError",
    "Question",
    "Result",
    "SeriesProblem",
    "WedgeProblem",
]
