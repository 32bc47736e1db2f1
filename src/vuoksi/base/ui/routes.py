"""Where the lines of a diagram run: level out of a box, upright in the gaps between columns, level into the next box.

A column is 100 wide and the picture 100 high. Lines to one box run together; lines to different boxes get lanes of their
own in a gap, so that no two are taken for one. A line that passes a column goes between its boxes, never behind them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

# The box takes this share of its column; the rest is the gap in which the lines run.
BOX_SHARE = 0.78
HALF = 100 * BOX_SHARE / 2

Side = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Place:
    """A box by its column and the height of its middle."""

    column: int
    height: float


@dataclass(frozen=True, slots=True)
class Upright:
    """One piece of a line in the gap after column `gap`, on its way to `target`."""

    gap: int
    target: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Route:
    """A line: where it leaves its box, the uprights in order, where it comes in."""

    leaves: float
    uprights: tuple[Upright, ...]
    arrives: float


def places(sizes: Sequence[Sequence[str]]) -> dict[str, Place]:
    """Give each box its place; `sizes` names the boxes of each column, which share its height evenly."""
    return {
        name: Place(across, 100 * (down + 0.5) / len(names))
        for across, names in enumerate(sizes)
        for down, name in enumerate(names)
    }


def side_of_arrival(source: Place, target: Place) -> Side:
    """Say whether a line comes in before the box (in reading order) or after it."""
    return "before" if target.column > source.column else "after"


def paths(sizes: Sequence[Sequence[str]], edges: Iterable[tuple[str, str]]) -> list[str]:
    """Give each edge as an SVG path; both its ends must be among the boxes."""
    found = places(sizes)
    counts = [len(names) for names in sizes]
    routes = [_route(found[source], found[target], target, counts) for source, target in edges]
    lanes = _lanes(upright for route in routes for upright in route.uprights)
    return [_path(route, lanes, len(sizes)) for route in routes]


def _route(source: Place, target: Place, name: str, counts: Sequence[int]) -> Route:
    if target.column > source.column:
        gaps = list(range(source.column, target.column))
        passed = gaps[1:]
        ends = (HALF, -HALF)
    elif target.column < source.column:
        gaps = list(range(source.column - 1, target.column - 1, -1))
        passed = gaps[:-1]
        ends = (-HALF, HALF)
    else:
        # Within one column the line leaves and comes in on the same side, so that it crosses no box.
        gaps, passed, ends = [source.column], [], (HALF, HALF)
    heights = [source.height]
    for column in passed:
        heights.append(_between_boxes(counts[column], heights[-1], target.height))
    heights.append(target.height)
    uprights = [
        Upright(gap, name, heights[step], heights[step + 1]) for step, gap in enumerate(gaps)
    ]
    return Route(_middle(source) + ends[0], tuple(uprights), _middle(target) + ends[1])


def _middle(place: Place) -> float:
    return 100 * place.column + 50


def _between_boxes(count: int, start: float, end: float) -> float:
    """Give the height between two boxes of a passed column that makes the shortest way; the edge beside a lone box."""
    between = [100 * step / count for step in range(1, count)] or [2.0, 98.0]
    return min(between, key=lambda height: abs(height - start) + abs(height - end))


def _lanes(uprights: Iterable[Upright]) -> dict[tuple[int, str], tuple[int, int]]:
    """Give each target's uprights in a gap their lane and the number of lanes there; level lines need none."""
    spans: dict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    for upright in uprights:
        if upright.start != upright.end:
            low, high = sorted((upright.start, upright.end))
            old = spans[upright.gap].get(upright.target, (low, high))
            spans[upright.gap][upright.target] = (min(low, old[0]), max(high, old[1]))
    given: dict[tuple[int, str], tuple[int, int]] = {}
    for gap, targets in spans.items():
        lanes = _apart(targets)
        for target, lane in lanes.items():
            given[gap, target] = (lane, max(lanes.values()) + 1)
    return given


def _apart(spans: Mapping[str, tuple[float, float]]) -> dict[str, int]:
    """Give each span the first lane in which it touches no other."""
    taken: list[list[tuple[float, float]]] = []
    lanes: dict[str, int] = {}
    for name, (low, high) in sorted(spans.items(), key=lambda item: item[1]):
        free = (
            lane
            for lane, others in enumerate(taken)
            if all(high < start or low > end for start, end in others)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        lanes[name] = lane
    return lanes


def _path(route: Route, lanes: Mapping[tuple[int, str], tuple[int, int]], columns: int) -> str:
    path = f"M{route.leaves:g} {route.uprights[0].start:.2f}"
    for upright in route.uprights:
        if upright.start != upright.end:
            lane, count = lanes[upright.gap, upright.target]
            # After the last column there is only its own half of a gap.
            width = (100 - 2 * HALF) / (2 if upright.gap == columns - 1 else 1)
            across = 100 * upright.gap + 50 + HALF + width * (lane + 1) / (count + 1)
            path += f"H{across:.4g}V{upright.end:.2f}"
    return f"{path}H{route.arrives:g}"
