"""An impact map as a picture: one column a stage, boxes and arrows. The list beside it says the same in words."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi

from vuoksi.strategy.models import ImpactNode
from vuoksi.strategy.queries import Step

BOX_WIDTH = 190
GAP = 60
LINE_HEIGHT = 17
PADDING = 12
HEAD = 34
LETTERS = 25
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """A step's box with its text, line by line; `figure` is what was measured."""

    step: Step
    x: int
    y: int
    height: int
    lines: tuple[Line, ...]
    figure: Line | None

    @property
    def text_x(self) -> int:
        return self.x + (BOX_WIDTH - PADDING if get_language_bidi() else PADDING)

    @property
    def width(self) -> int:
        return BOX_WIDTH


@dataclass(frozen=True, slots=True)
class Heading:
    label: "str | Promise"
    x: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """`arrows` are SVG paths. A right-to-left reader finds the levers on the right."""

    width: int
    height: int
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]


def drawn(steps: Sequence[Step]) -> Drawing | None:
    """Lay the steps out; None if there are none."""
    if not steps:
        return None
    stages = [stage for stage in ImpactNode.Stage if any(s.node.stage == stage for s in steps)]
    if get_language_bidi():
        stages.reverse()
    places = {stage.value: index * (BOX_WIDTH + GAP) + 1 for index, stage in enumerate(stages)}
    heights = dict.fromkeys(places, HEAD)
    boxes: dict[int, Box] = {}
    for step in steps:
        box = _box(step, places[step.node.stage], heights[step.node.stage])
        boxes[step.node.pk] = box
        heights[step.node.stage] = box.y + box.height + PADDING * 2
    return Drawing(
        width=len(stages) * (BOX_WIDTH + GAP) - GAP + 2,
        height=max(heights.values()),
        headings=tuple(
            Heading(stage.label, places[stage.value] + BOX_WIDTH // 2) for stage in stages
        ),
        boxes=tuple(boxes.values()),
        arrows=tuple(
            _arrow(boxes[step.node.pk], boxes[later.pk])
            for step in steps
            for later in step.leads_to
        ),
    )


def _box(step: Step, x: int, y: int) -> Box:
    title = str(getattr(step.node, "texts", {}).get("title", step.node.title))
    texts = textwrap.wrap(title, LETTERS, max_lines=MOST_LINES, placeholder=" …")
    lines = tuple(
        Line(text, y + PADDING + LINE_HEIGHT * number - 4)
        for number, text in enumerate(texts, start=1)
    )
    height = 2 * PADDING + LINE_HEIGHT * len(texts)
    figure = None
    if step.figure:
        height += LINE_HEIGHT
        figure = Line(step.figure, y + height - PADDING - 2)
    return Box(step, x, y, height, lines, figure)


def _arrow(start: Box, end: Box) -> str:
    """Draw from the side of one box to the facing side of the other; within a stage, from bottom to top."""
    if start.x == end.x:
        middle = start.x + BOX_WIDTH // 2
        return (
            f"M{middle} {start.y + start.height} V{end.y - 4}"
            if end.y > start.y
            else f"M{middle} {start.y} V{end.y + end.height + 4}"
        )
    y1, y2 = start.y + start.height // 2, end.y + end.height // 2
    forward = end.x > start.x
    x1 = start.x + (BOX_WIDTH if forward else 0)
    x2 = end.x - 4 if forward else end.x + BOX_WIDTH + 4
    bend = GAP // 2 if forward else -GAP // 2
    return f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
