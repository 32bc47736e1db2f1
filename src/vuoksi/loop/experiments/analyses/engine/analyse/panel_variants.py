"""Placebo tests and sensitivity of a difference in differences."""

import numpy as np

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats, Stop, is_stopped
from vuoksi.loop.experiments.analyses.engine.analyse.inference import estimate, two_sided
from vuoksi.loop.experiments.analyses.engine.analyse.panel_model import (
    PanelModel,
    fitted,
    model_of,
    subset,
    usable,
)
from vuoksi.loop.experiments.analyses.engine.problem import (
    Check,
    Estimate,
    PanelProblem,
    ProblemError,
)

DOUBTFUL_P = 0.05
MOST_LEFT_OUT = 60


def panel_variants(problem: PanelProblem, stop: Stop | None = None) -> tuple[Estimate, ...]:
    """A placebo start, and the least and greatest effect when one cluster is left out."""
    if is_stopped(stop):
        return ()
    return (*_placebo(problem), *_without_one(problem, stop))


def trend_check(problem: PanelProblem) -> tuple[Check, ...]:
    """Whether both groups rose alike before the start; empty with fewer than two periods before."""
    early = _early(problem)
    if early is None:
        return ()
    periods = np.asarray(early.periods, dtype=float)
    model = _fitted(early, np.asarray(early.treated) * (periods - periods.mean()))
    if model is None:
        return ()
    error, freedom = model.error
    p_value = two_sided(model.effect / error, freedom) if error > 0 else 1.0
    return (Check("parallel_trends", "doubtful" if p_value < DOUBTFUL_P else "holds", p_value),)


def _early(problem: PanelProblem) -> PanelProblem | None:
    """What was measured before the start, as if the trial had started halfway."""
    periods = np.asarray(problem.periods)
    before = periods < problem.start
    times = np.unique(periods[before])
    if len(times) < 2:
        return None
    try:
        early = subset(problem, before, start=int(times[len(times) // 2]))
        return usable(early)
    except ProblemError:
        return None


def _placebo(problem: PanelProblem) -> tuple[Estimate, ...]:
    early = _early(problem)
    if early is None:
        return ()
    on = np.asarray(early.treated) & (np.asarray(early.periods) >= early.start)
    model = _fitted(early, on.astype(float))
    if model is None:
        return ()
    return (estimate("placebo", model.effect, *model.error, problem.confidence),)


def _fitted(early: PanelProblem, column: Floats) -> PanelModel | None:
    """The fit, or None where what came before the start does not hang together enough for one."""
    try:
        return fitted(early, column)
    except ProblemError:
        return None


def _without_one(problem: PanelProblem, stop: Stop | None) -> tuple[Estimate, ...]:
    names = list(dict.fromkeys(problem.chosen))
    if len(names) > MOST_LEFT_OUT:
        return ()
    chosen = np.asarray(problem.chosen)
    effects = []
    for name in names:
        if is_stopped(stop):
            return ()
        try:
            effects.append(model_of(subset(problem, chosen != name)).effect)
        except ProblemError:
            continue
    if not effects:
        return ()
    return (
        Estimate("leave_one_out_least", min(effects)),
        Estimate("leave_one_out_most", max(effects)),
    )
