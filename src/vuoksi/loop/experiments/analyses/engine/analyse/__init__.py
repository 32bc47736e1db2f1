"""One verb for all designs: the effect, with its interval and all that it rests on."""

from vuoksi.loop.experiments.analyses.engine.analyse.ancova import solve_ancova
from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Progress, Stop
from vuoksi.loop.experiments.analyses.engine.analyse.courses import solve_courses
from vuoksi.loop.experiments.analyses.engine.analyse.inference import rule_outcome
from vuoksi.loop.experiments.analyses.engine.analyse.means import solve_means
from vuoksi.loop.experiments.analyses.engine.analyse.panel import solve_panel
from vuoksi.loop.experiments.analyses.engine.analyse.rates import solve_rates
from vuoksi.loop.experiments.analyses.engine.analyse.series import solve_series
from vuoksi.loop.experiments.analyses.engine.analyse.shares import solve_shares
from vuoksi.loop.experiments.analyses.engine.analyse.wedge import solve_wedge
from vuoksi.loop.experiments.analyses.engine.problem import (
    AnyProblem,
    CoursesProblem,
    PanelProblem,
    Problem,
    Result,
    SeriesProblem,
    WedgeProblem,
)

__all__ = ["rule_outcome", "solve"]


def solve(
    problem: AnyProblem,
    *,
    seed: int = 0,
    stop: Stop | None = None,
    progress: Progress | None = None,
) -> Result:
    """Analyse `problem`.

    Parameters
    ----------
    seed
        Seed of the bootstrap; nothing else is random. The same seed gives the same result.
    stop, progress
        Asked and told during the bootstrap, with the resamples done (and planned), and asked before
        each cluster or site is left out. A stopped analysis lacks the second interval or has one of
        fewer resamples, and says so; it may lack what leaving out shows.
    """
    match problem:
        case SeriesProblem():
            return solve_series(problem)
        case WedgeProblem():
            return solve_wedge(problem, stop=stop)
        case CoursesProblem():
            return solve_courses(problem)
        case PanelProblem():
            return solve_panel(problem, seed=seed, stop=stop, progress=progress)
        case _:
            return _solve_sides(problem, seed=seed, stop=stop, progress=progress)


def _solve_sides(
    problem: Problem, *, seed: int, stop: Stop | None, progress: Progress | None
) -> Result:
    if problem.kind == "share":
        return solve_shares(problem)
    if problem.kind == "count":
        return solve_rates(problem)
    if problem.adjusted:
        return solve_ancova(problem)
    return solve_means(problem, seed=seed, stop=stop, progress=progress)
