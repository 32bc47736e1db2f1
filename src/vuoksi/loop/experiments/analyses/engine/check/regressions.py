"""Adjusted groups, panels, series and wedges, recomputed from dense matrices where they are small."""

import math
from statistics import fmean

import numpy as np

from vuoksi.loop.experiments.analyses.engine.check.dense import (
    MOST_ROWS,
    Matrix,
    cluster_robust,
    columns_of,
    generalised,
    inverse_root,
)
from vuoksi.loop.experiments.analyses.engine.problem import (
    CoursesProblem,
    PanelProblem,
    Problem,
    Result,
    SeriesProblem,
    WedgeProblem,
)


def wrong_ancova(problem: Problem, result: Result) -> list[str]:
    """Wrong effect, error or freedom of two adjusted groups."""
    size = len(problem.reference) + len(problem.treatment)
    if size > MOST_ROWS:
        return []
    group = [0.0] * len(problem.reference) + [1.0] * len(problem.treatment)
    strata = (*problem.strata_reference, *problem.strata_treatment) or ("",) * size
    columns = [np.array(group), np.ones(size)]
    if problem.baseline_reference:
        columns.append(np.array([*problem.baseline_reference, *problem.baseline_treatment]))
    design = np.column_stack([*columns, columns_of(strata)])
    values = np.array([*problem.reference, *problem.treatment])
    coefficients, covariance, _ = generalised(values, design, np.eye(size))
    error = math.sqrt(float(covariance[0, 0]))
    return _differ(result, float(coefficients[0]), error, float(size - design.shape[1]))


def wrong_courses(problem: CoursesProblem, result: Result) -> list[str]:
    one, two = problem.treatment, problem.reference
    effect = one.after - two.after - one.before + two.before
    squares = [course.error**2 for course in (one, two)]
    parts = [square**2 / (course.n - 1) for square, course in zip(squares, (one, two), strict=True)]
    return _differ(result, effect, math.sqrt(sum(squares)), sum(squares) ** 2 / sum(parts))


def wrong_panel(problem: PanelProblem, result: Result) -> list[str]:
    """Wrong change of changes; in small problems also its error and freedom."""
    rows = _used(problem)
    if len(set(problem.units)) - len({problem.units[place] for place in rows}) != result.n_left_out:
        return ["n_left_out is wrong"]
    found = []
    if _balanced(problem, rows):
        effect = _change_of_changes(problem, rows)
        if not math.isclose(effect, result.effect, rel_tol=1e-6, abs_tol=1e-9 * _size(problem)):
            found.append("effect is not the change of changes")
    if len(rows) > MOST_ROWS:
        return found
    values = np.array([problem.values[place] for place in rows])
    treated = np.array([problem.treated[place] for place in rows], dtype=float)
    periods = tuple(problem.periods[place] for place in rows)
    on = treated * np.array([period >= problem.start for period in periods])
    units = tuple(problem.units[place] for place in rows)
    levels = columns_of(units) if problem.same_units else treated[:, None]
    design = np.column_stack([on, np.ones(len(rows)), columns_of(periods), levels])
    chosen = tuple(problem.chosen[place] for place in rows)
    return found + _differ(result, *cluster_robust(values, design, chosen))


def wrong_series(problem: SeriesProblem, result: Result) -> list[str]:
    """Wrong effect or error, or a correlation that is not the likeliest one."""
    size = len(problem.values)
    if size > MOST_ROWS:
        return []
    values, design = np.array(problem.values), course_of(problem)
    weights = asked_of(problem, design.shape[1])
    rho = next((part.effect for part in result.parts if part.code == "autocorrelation"), 0.0)
    coefficients, covariance, height = generalised(values, design, decay(size, rho))
    error = math.sqrt(float(weights @ covariance @ weights))
    if problem.errors == "newey_west":
        error = newey_west(problem, values, design, weights)
    found = _differ(result, float(weights @ coefficients), error, None)
    if problem.errors == "ar1":
        others = [max(rho - 0.03, -0.99), min(rho + 0.03, 0.99)]
        heights = [generalised(values, design, decay(size, other))[2] for other in others]
        if max(heights) > height + 1e-6:
            found.append("autocorrelation is not the likeliest")
    return found


def wrong_wedge(problem: WedgeProblem, result: Result) -> list[str]:
    """Wrong effect, error or freedom, or a share between sites that is not the likeliest one."""
    if len(problem.values) > MOST_ROWS:
        return []
    values = np.array(problem.values)
    on = np.array(problem.treated, dtype=float)
    design = np.column_stack([on, np.ones(len(values)), columns_of(problem.periods)])
    share = result.parts[0].effect
    covariance = _alike(problem, share)
    root = inverse_root(covariance)
    found = _differ(result, *cluster_robust(root @ values, root @ design, problem.sites))
    height = generalised(values, design, covariance)[2]
    others = [max(share - 0.02, 0.0), min(share + 0.02, 0.99)]
    heights = [generalised(values, design, _alike(problem, other))[2] for other in others]
    if max(heights) > height + 1e-6:
        found.append("intra_site_share is not the likeliest")
    return found


def _differ(result: Result, effect: float, error: float, freedom: float | None) -> list[str]:
    room = 1e-6 * max(abs(effect), error)
    found = [] if abs(effect - result.effect) <= room else ["effect is wrong"]
    if not math.isclose(error, result.standard_error, rel_tol=1e-5):
        found.append("standard_error is wrong")
    given = result.degrees_of_freedom
    if freedom is not None and not math.isclose(freedom, given or 0.0, rel_tol=1e-4):
        found.append("degrees_of_freedom is wrong")
    return found


def _size(problem: PanelProblem) -> float:
    return max(map(abs, problem.values))


def _used(problem: PanelProblem) -> list[int]:
    """Places of the values of units that were measured on both sides of the start."""
    sides: dict[str, set[bool]] = {}
    for unit, period in zip(problem.units, problem.periods, strict=True):
        sides.setdefault(unit, set()).add(period >= problem.start)
    return [
        place
        for place, unit in enumerate(problem.units)
        if len(sides[unit]) == 2 or not problem.same_units
    ]


def _balanced(problem: PanelProblem, rows: list[int]) -> bool:
    """Whether every unit was measured exactly once in each period."""
    seen = [(problem.units[place], problem.periods[place]) for place in rows]
    units, periods = {unit for unit, _ in seen}, {period for _, period in seen}
    return len(seen) == len(set(seen)) == len(units) * len(periods)


def _change_of_changes(problem: PanelProblem, rows: list[int]) -> float:
    cells: dict[tuple[bool, bool], list[float]] = {}
    for place in rows:
        cell = problem.treated[place], problem.periods[place] >= problem.start
        cells.setdefault(cell, []).append(problem.values[place])
    means = {cell: fmean(values) for cell, values in cells.items()}
    return means[True, True] - means[True, False] - means[False, True] + means[False, False]


def course_of(problem: SeriesProblem) -> Matrix:
    """The columns of the course, time counted from the first period."""
    rows = []
    for time in range(len(problem.values)):
        late = float(time >= problem.start)
        row = [late] + ([late * (time - problem.start)] if problem.slope_change else [])
        rows.append([*row, 1.0, float(time), *_place_in_season(problem, time)])
    return np.array(rows)


def _place_in_season(problem: SeriesProblem, time: int) -> list[float]:
    length = problem.season_length
    if problem.season == "none":
        return []
    if problem.season == "dummies":
        return [float(time % length == place) for place in range(length - 1)]
    waves = []
    for pair in range(1, problem.harmonics + 1):
        waves.append(math.cos(math.tau * pair * time / length))
        if 2 * pair != length:
            waves.append(math.sin(math.tau * pair * time / length))
    return waves


def asked_of(problem: SeriesProblem, parameters: int) -> Matrix:
    weights = np.zeros(parameters)
    weights[0] = float(problem.estimand != "slope")
    if problem.slope_change and problem.estimand != "level":
        since = range(len(problem.values) - problem.start)
        weights[1] = 1.0 if problem.estimand == "slope" else fmean(since)
    return weights


def decay(size: int, rho: float) -> Matrix:
    places = np.arange(size)
    powers: Matrix = rho ** np.abs(places[:, None] - places[None, :]) / (1 - rho**2)
    return powers


def newey_west(problem: SeriesProblem, values: Matrix, design: Matrix, weights: Matrix) -> float:
    """Every pair of periods written out."""
    size, parameters = design.shape
    lags = problem.lags if problem.lags is not None else math.floor(4 * (size / 100) ** (2 / 9))
    inverse = np.linalg.inv(design.T @ design)
    rests = values - design @ inverse @ design.T @ values
    distance = np.abs(np.arange(size)[:, None] - np.arange(size)[None, :])
    kernel = np.maximum(1 - distance / (lags + 1), 0)
    middle = design.T @ (kernel * np.outer(rests, rests)) @ design
    square = float(weights @ inverse @ middle @ inverse @ weights)
    return math.sqrt(square * size / (size - parameters))


def _alike(problem: WedgeProblem, share: float) -> Matrix:
    sites = np.array(problem.sites)
    covariance: Matrix = share * (sites[:, None] == sites[None, :]) + (1 - share) * np.eye(
        len(sites)
    )
    return covariance
