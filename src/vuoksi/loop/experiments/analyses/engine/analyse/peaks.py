"""The highest point of a function of one number: a grid, then golden sections around its best."""

import math
from collections.abc import Callable

import numpy as np

GRID = 41
_SECTIONS = 40
_GOLDEN = (math.sqrt(5) - 1) / 2


def highest(height: Callable[[float], float], low: float, high: float) -> float:
    """The place between `low` and `high` (both included) where `height` is greatest."""
    places = np.linspace(low, high, GRID)
    heights = [height(float(place)) for place in places]
    best = int(np.argmax(heights))
    left, right = float(places[max(best - 1, 0)]), float(places[min(best + 1, GRID - 1)])
    found = _golden(height, left, right)
    # An end of the range is often the best place, and sections only come close to it.
    return found if height(found) > heights[best] else float(places[best])


def _golden(height: Callable[[float], float], left: float, right: float) -> float:
    inner = [right - _GOLDEN * (right - left), left + _GOLDEN * (right - left)]
    heights = [height(place) for place in inner]
    for _ in range(_SECTIONS):
        if heights[0] > heights[1]:
            right = inner[1]
            inner = [right - _GOLDEN * (right - left), inner[0]]
            heights = [height(inner[0]), heights[0]]
        else:
            left = inner[0]
            inner = [inner[1], left + _GOLDEN * (right - left)]
            heights = [heights[1], height(inner[1])]
    return (left + right) / 2
