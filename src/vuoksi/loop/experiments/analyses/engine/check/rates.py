"""Rates of counts, recomputed as one regression with every pair its own column, by dense matrices."""

import math

import numpy as np

from vuoksi.loop.experiments.analyses.engine.check.dense import (
    MOST_ROWS,
    Matrix,
    cluster_robust,
    columns_of,
)
from vuoksi.loop.experiments.analyses.engine.check.regressions import (
    asked_of,
    course_of,
    decay,
    newey_west,
)
from vuoksi.loop.experiments.analyses.engine.problem import Problem, Result, SeriesProblem

_ROUNDS = 60


def wrong_rates(problem: Problem | SeriesProblem, result: Result) -> list[str]:
    """Wrong effect, error or dispersion of two rates or of a series of counts; of small ones only."""
    counts, exposure, design, weights = _written_out(problem)
    if len(counts) > MOST_ROWS:
        return []
    told = {part.code: part.effect for part in result.parts}
    rho = told.get("autocorrelation", 0.0)
    values, rows = _working(counts, np.log(exposure), design)
    weight = np.linalg.inv(decay(len(values), rho))
    inverse = np.linalg.inv(rows.T @ weight @ rows)
    coefficients = inverse @ rows.T @ weight @ values
    rests, freedom = values - rows @ coefficients, len(values) - rows.shape[1]
    spread = float(rests @ weight @ rests) / freedom if freedom else math.nan
    square = float(weights @ inverse @ weights)
    if isinstance(problem, SeriesProblem) and problem.errors == "newey_west":
        square = newey_west(problem, values, rows, weights) ** 2
    elif problem.dispersion == "estimated":
        square *= spread
        if isinstance(problem, Problem) and problem.paired:
            square = cluster_robust(values, rows, _pairs(len(counts)))[1] ** 2
    found = _differ(result, float(weights @ coefficients), math.sqrt(square))
    if freedom and not math.isclose(
        told["dispersion"] * (1 - rho**2), spread, rel_tol=1e-4, abs_tol=1e-9
    ):
        found.append("dispersion is wrong")
    return found


def _written_out(problem: Problem | SeriesProblem) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Counts, what they were counted over, columns, and how the coefficients make up the effect."""
    if isinstance(problem, SeriesProblem):
        design, counts = course_of(problem), np.array(problem.values)
        exposure = np.array(problem.exposure or (1.0,) * len(counts))
        return counts, exposure, design, asked_of(problem, design.shape[1])
    rows, columns = _rows(problem), []
    if problem.paired:
        sums = [sum(pair) for pair in zip(problem.reference, problem.treatment, strict=True)]
        rows = [row for row in rows if sums[row[3]] > 0]
        columns = [columns_of(tuple(row[3] for row in rows))]
    treated = np.array([row[2] for row in rows])
    design = np.column_stack([treated, np.ones(len(rows)), *columns])
    counts, exposure = (np.array([row[place] for row in rows]) for place in (0, 1))
    return counts, exposure, design, np.eye(design.shape[1])[0]


def _pairs(size: int) -> tuple[str, ...]:
    """The pair of each value: both sides stand in the same order."""
    return tuple(str(place % (size // 2)) for place in range(size))


def _rows(problem: Problem) -> list[tuple[float, float, float, int]]:
    """Of each value: count, exposure, whether it is one with the trial, and its place on its side."""
    sides = (
        (problem.reference, problem.exposure_reference, 0.0),
        (problem.treatment, problem.exposure_treatment, 1.0),
    )
    return [
        (count, over[place] if over else 1.0, treated, place)
        for counts, over, treated in sides
        for place, count in enumerate(counts)
    ]


def _working(counts: Matrix, offset: Matrix, design: Matrix) -> tuple[Matrix, Matrix]:
    """Values and columns of the last round of reweighting, each row by the root of what is expected."""
    logs: Matrix = np.log(np.maximum(counts, 0.1))
    values: Matrix = counts
    rows: Matrix = design
    for _ in range(_ROUNDS):
        expected: Matrix = np.exp(logs)
        root: Matrix = np.sqrt(expected)
        rows = root[:, None] * design
        values = root * (logs - offset + counts / expected - 1)
        solution = np.linalg.inv(rows.T @ rows) @ rows.T @ values
        fitted: Matrix = design @ solution + offset
        logs = fitted
    return values, rows


def _differ(result: Result, effect: float, error: float) -> list[str]:
    room = 1e-5 * max(abs(effect), error)
    log_effect = math.log1p(result.effect / 100)
    found = [] if abs(effect - log_effect) <= room else ["effect is wrong"]
    if not math.isclose(error, result.standard_error, rel_tol=1e-4):
        found.append("standard_error is wrong")
    return found
