"""Diagrams of things that lead to things: columns of boxes with lines between, drawn on the server.

The boxes are a list of links, so the same page is a picture on a wide screen and a list on a narrow one or without
styles. The lines are one SVG behind the boxes, stretched to fit: positions are shares of the whole, not pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from vuoksi.base.texts.queries import Rendered
from vuoksi.base.ui import routes

# A text of the interface, or one from a table that knows which language it is written in.
Text = str | Promise | Rendered


@dataclass(frozen=True, slots=True)
class Node:
    """A box. `tone` as in "ui/tag.html"; `indicator` is what measures it, if anything does.

    `is_here` if the reader comes from its page.
    """

    id: str
    title: Text
    text: Text = ""
    url: str = ""
    tone: str = "neutral"
    indicator: Text = ""
    is_here: bool = False


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
    def drawn_edges(self) -> list[Edge]:
        known = {node.id for column in self.columns for node in column.nodes}
        return [edge for edge in self.edges if {edge.source, edge.target} <= known]

    @property
    def paths(self) -> list[str]:
        """The lines as SVG paths in a box of `width` x 100."""
        return routes.paths(self._ids, [(edge.source, edge.target) for edge in self.drawn_edges])

    @property
    def sides(self) -> dict[str, str]:
        """Where lines come in, by node: "before" it, "after" it, or both; there the arrowheads stand."""
        places = routes.places(self._ids)
        sides: dict[str, set[str]] = {}
        for edge in self.drawn_edges:
            side = routes.side_of_arrival(places[edge.source], places[edge.target])
            sides.setdefault(edge.target, set()).add(side)
        return {node: " ".join(sorted(found)) for node, found in sides.items()}

    @property
    def listed(self) -> list[tuple[Column, list[tuple[Node, list[Node]]]]]:
        """Each column's nodes, each with those it leads to."""
        nodes = {node.id: node for column in self.columns for node in column.nodes}
        after: dict[str, list[Node]] = {}
        for edge in self.drawn_edges:
            after.setdefault(edge.source, []).append(nodes[edge.target])
        return [
            (column, [(node, after.get(node.id, [])) for node in column.nodes])
            for column in self.columns
        ]

    @property
    def _ids(self) -> list[list[str]]:
        return [[node.id for node in column.nodes] for column in self.columns]
