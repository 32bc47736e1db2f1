"""Regressions written out in full: every level its own column, every covariance its own entry.

Slow and memory-hungry on purpose, so for small problems only; nothing is taken out beforehand.
"""

import math

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
MOST_ROWS = 400


def columns_of(labels: tuple[object, ...]) -> Matrix:
    """One column of zeros and ones a label, but for the first one."""
    known = sorted(set(labels), key=repr)[1:]
    return np.array([[float(label == one) for one in known] for label in labels]).reshape(
        len(labels), len(known)
    )


def cluster_robust(
    values: Matrix, design: Matrix, labels: tuple[str, ...]
) -> tuple[float, float, float]:
    """The first coefficient, its CR2 error and freedom, from the whole projection matrix."""
    inverse = np.linalg.pinv(design.T @ design)
    hat = design @ inverse @ design.T
    rests = values - hat @ values
    annihilator = np.eye(len(values)) - hat
    loads = []
    for name in sorted(set(labels)):
        rows = np.array([label == name for label in labels])
        root = inverse_root(annihilator[np.ix_(rows, rows)])
        load = np.zeros(len(values))
        load[rows] = root @ design[rows] @ inverse[:, 0]
        loads.append(load)
    square = sum(float(load @ rests) ** 2 for load in loads)
    turned = np.array(loads) @ annihilator
    cross = turned @ turned.T
    freedom = float(np.trace(cross)) ** 2 / float((cross**2).sum())
    return float((inverse @ design.T @ values)[0]), math.sqrt(square), freedom


def generalised(values: Matrix, design: Matrix, covariance: Matrix) -> tuple[Matrix, Matrix, float]:
    """Coefficients, their covariance at the variance that was left, and the restricted likelihood."""
    weight = np.linalg.inv(covariance)
    inverse = np.linalg.inv(design.T @ weight @ design)
    coefficients = inverse @ design.T @ weight @ values
    rests = values - design @ coefficients
    freedom = len(values) - design.shape[1]
    spread = float(rests @ weight @ rests) / freedom
    height = -freedom * math.log(spread) if spread > 0 else math.inf
    height -= float(np.linalg.slogdet(covariance)[1]) - float(np.linalg.slogdet(inverse)[1])
    return coefficients, spread * inverse, height / 2


def inverse_root(matrix: Matrix) -> Matrix:
    """The symmetric matrix whose square is the inverse, as far as there is one."""
    powers, axes = np.linalg.eigh(matrix)
    roots = np.array([1 / math.sqrt(power) if power > 1e-9 else 0.0 for power in powers])
    root: Matrix = axes @ np.diag(roots) @ axes.T
    return root
