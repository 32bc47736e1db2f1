"""Diagrams of things that lead to things: columns of boxes with lines between, drawn on the server.

The boxes are a list of links, so the same page is a picture on a wide screen and a list on a narrow one or without
styles. The lines are one SVG behind the boxes, stretched to fit: positions are shares of the whole, not pixels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise
# The box takes this share of its column; the rest is the gap in which the lines run.
BOX_SHARE = 0.78


@dataclass(frozen=True, slots=True)
class Node:
    """A box. `tone` as in "ui/tag.html"; `indicator` is what measures it, if anything does."""

    id: str
    title: Text
    text: Text = ""
    url: str = ""
    tone: str = "neutral"
    indicator: Text = ""


@dataclass(frozen=True, slots=True)
class Column:
    title: Text
    nodes: Sequence[Node]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from one node to another, by their ids."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Diagram:
    """Columns in reading order. Edges whose ends are not both in the picture are left out."""

    columns: Sequence[Column]
    edges: Sequence[Edge]

    @property
    def width(self) -> int:
        return 100 * len(self.columns)

    @property
    def paths(self) -> list[str]:
        """The lines as SVG paths in a box of `width` x 100."""
        places = dict(_places(self.columns))
        known = [edge for edge in self.edges if edge.source in places and edge.target in places]
        return [_path(places[edge.source], places[edge.target]) for edge in known]

    @property
    def listed(self) -> list[tuple[Column, list[tuple[Node, list[Node]]]]]:
        """Each column's nodes, each with those it leads to."""
        nodes = {node.id: node for column in self.columns for node in column.nodes}
        after: dict[str, list[Node]] = {}
        for edge in self.edges:
            if edge.source in nodes and edge.target in nodes:
                after.setdefault(edge.source, []).append(nodes[edge.target])
        return [
            (column, [(node, after.get(node.id, [])) for node in column.nodes])
            for column in self.columns
        ]


def _places(columns: Sequence[Column]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Give the middle of each node: columns share the width, a column's nodes share the height evenly."""
    for across, column in enumerate(columns):
        for down, node in enumerate(column.nodes):
            yield node.id, (100 * across + 50, 100 * (down + 0.5) / len(column.nodes))


def _path(source: tuple[float, float], target: tuple[float, float]) -> str:
    """An elbow that bends in the gap before its target, so that lines to one box run together."""
    half = 100 * BOX_SHARE / 2
    is_onward = target[0] > source[0]
    start, end = source[0] + half, target[0] - half
    if not is_onward:
        start, end = source[0] - half, target[0] + half
    bend = end - (100 - 2 * half) / 2 * (1 if is_onward else -1)
    return f"M{start:g} {source[1]:.2f}H{bend:g}V{target[1]:.2f}H{end:g}"
