"""An impact map as a picture: one column a stage, a box a step."""

from collections.abc import Sequence

from vuoksi.base.texts.queries import in_language
from vuoksi.base.ui.diagram import Column, Diagram, Edge, Node
from vuoksi.strategy.models import ImpactNode
from vuoksi.strategy.queries import Step


def drawn(steps: Sequence[Step]) -> Diagram | None:
    """Draw the steps; None if there are none. A box has the tone of its verdict and leads to its line in the list."""
    if not steps:
        return None
    return Diagram(
        [
            Column(stage.label, [_node(s) for s in steps if s.node.stage == stage])
            for stage in ImpactNode.Stage
        ],
        [Edge(step.node.slug, later.slug) for step in steps for later in step.leads_to],
    )


def _node(step: Step) -> Node:
    measured = f"{step.figure} ({step.period})" if step.figure else ""
    return Node(
        step.node.slug,
        in_language(step.node, "title"),
        text=step.target.label if step.target else "",
        url=f"#step-{step.node.slug}",
        tone=step.target.tone if step.target else "neutral",
        indicator=measured,
    )
