"""The regression behind a difference in differences."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from vuoksi.loop.experiments.analyses.engine.analyse.bootstrap import Floats
from vuoksi.loop.experiments.analyses.engine.analyse.regression import (
    Fit,
    Whole,
    centred,
    cluster_error,
    codes_of,
    dummies,
    least_squares,
)
from vuoksi.loop.experiments.analyses.engine.problem import PanelProblem


@dataclass(frozen=True, slots=True)
class PanelModel:
    """The fit whose first coefficient is the effect, and what its errors hang on."""

    fit: Fit
    values: Floats
    clusters: Whole
    clusters_each: tuple[int, int]

    @property
    def effect(self) -> float:
        return float(self.fit.coefficients[0])

    @property
    def error(self) -> tuple[float, float]:
        """Standard error and degrees of freedom."""
        weights = np.eye(len(self.fit.coefficients))[0]
        return cluster_error(self.fit, weights, self.clusters)


@dataclass(frozen=True, slots=True)
class Cell:
    """One group at one side of the start."""

    mean: float
    units: int


def model_of(problem: PanelProblem) -> PanelModel:
    """Fit the values by units (or groups), periods, and the trial."""
    treated = np.asarray(problem.treated)
    on = treated & (np.asarray(problem.periods) >= problem.start)
    return fitted(problem, on.astype(float))


def fitted(problem: PanelProblem, column: Floats) -> PanelModel:
    """Fit the values by units (or groups), periods, and a column of one's own choice."""
    values = np.asarray(problem.values)
    treated = np.asarray(problem.treated)
    _, periods = np.unique(problem.periods, return_inverse=True)
    design = np.column_stack([column, dummies(periods)])
    if problem.same_units:
        units = codes_of(problem.units)
        values = centred(values[:, None], units)[:, 0]
        design = centred(design, units)
    else:
        design = np.column_stack([design, treated.astype(float), np.ones(len(values))])
    owners = dict(zip(problem.chosen, problem.treated, strict=True))
    each = (sum(owners.values()), len(owners) - sum(owners.values()))
    return PanelModel(least_squares(values, design), values, codes_of(problem.chosen), each)


def usable(problem: PanelProblem) -> PanelProblem:
    """The problem without the units that cannot be compared with themselves."""
    if not problem.same_units:
        return problem
    lost = _one_sided(problem)
    if not lost:
        return problem
    return subset(problem, np.array([unit not in lost for unit in problem.units]))


def left_out(problem: PanelProblem) -> int:
    return len(_one_sided(problem)) if problem.same_units else 0


def subset(
    problem: PanelProblem, rows: NDArray[np.bool_], *, start: int | None = None
) -> PanelProblem:
    """The problem with some of its rows; raises `ProblemError` if they are not enough."""
    places = np.flatnonzero(rows)
    return replace(
        problem,
        values=tuple(problem.values[place] for place in places),
        periods=tuple(problem.periods[place] for place in places),
        units=tuple(problem.units[place] for place in places),
        treated=tuple(problem.treated[place] for place in places),
        clusters=tuple(problem.clusters[place] for place in places) if problem.clusters else (),
        start=problem.start if start is None else start,
    )


def cells_of(problem: PanelProblem) -> dict[tuple[bool, bool], Cell]:
    """The four averages, by (with the trial's group, from the start on)."""
    values, treated = np.asarray(problem.values), np.asarray(problem.treated)
    after = np.asarray(problem.periods) >= problem.start
    units = codes_of(problem.units)
    cells = {}
    for group in (False, True):
        for late in (False, True):
            rows = (treated == group) & (after == late)
            cells[group, late] = Cell(float(values[rows].mean()), len(np.unique(units[rows])))
    return cells


def _one_sided(problem: PanelProblem) -> set[str]:
    sides: dict[str, set[bool]] = {}
    for unit, period in zip(problem.units, problem.periods, strict=True):
        sides.setdefault(unit, set()).add(period >= problem.start)
    return {unit for unit, seen in sides.items() if len(seen) < 2}
