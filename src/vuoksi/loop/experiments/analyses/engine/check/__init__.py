"""What must hold of every result, recomputed without the solver's code."""

import math

from vuoksi.loop.experiments.analyses.engine.check.general import RATES, wrong_in_general
from vuoksi.loop.experiments.analyses.engine.check.means import wrong_means
from vuoksi.loop.experiments.analyses.engine.check.rates import wrong_rates
from vuoksi.loop.experiments.analyses.engine.check.regressions import (
    wrong_ancova,
    wrong_courses,
    wrong_panel,
    wrong_series,
    wrong_wedge,
)
from vuoksi.loop.experiments.analyses.engine.check.shares import wrong_shares
from vuoksi.loop.experiments.analyses.engine.problem import (
    AnyProblem,
    CoursesProblem,
    PanelProblem,
    Problem,
    Result,
    SeriesProblem,
    WedgeProblem,
)

__all__ = ["violations"]


def violations(problem: AnyProblem, result: Result) -> tuple[str, ...]:
    """Every way in which `result` does not follow from `problem`; empty for a right result."""
    return (*_by_design(problem, result), *wrong_in_general(problem, result), *_wrong_share(result))


def _by_design(problem: AnyProblem, result: Result) -> list[str]:
    match problem:
        case SeriesProblem(kind="count") | Problem(kind="count"):
            return wrong_rates(problem, result)
        case SeriesProblem():
            return wrong_series(problem, result)
        case WedgeProblem():
            return wrong_wedge(problem, result)
        case CoursesProblem():
            return wrong_courses(problem, result)
        case PanelProblem():
            return wrong_panel(problem, result)
        case Problem(kind="share"):
            return wrong_shares(problem, result)
        case Problem() if problem.adjusted:
            return wrong_ancova(problem, result)
        case _:
            return wrong_means(problem, result)


def _wrong_share(result: Result) -> list[str]:
    """The effect as a share of the reference; a series gives its average effect's, counts that of their rates."""
    effect = next((part.effect for part in result.parts if part.code == "average"), result.effect)
    if result.method in RATES:
        effect = result.mean_treatment - result.mean_reference
    if result.mean_reference <= 0 or result.relative_effect is None:
        right = (result.mean_reference <= 0) == (result.relative_effect is None)
    else:
        wanted = effect / result.mean_reference
        right = math.isclose(wanted, result.relative_effect, rel_tol=1e-9, abs_tol=1e-12)
    return [] if right else ["relative_effect is wrong"]
