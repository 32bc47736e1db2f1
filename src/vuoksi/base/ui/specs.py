"""Vega-Lite specifications of the charts. The colours are names: the stylesheet repaints them for the dark theme."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

# Blue-green, amber, violet, moss, rose, slate: apart also for the colour-blind, and each with its own dash and shape.
COLOURS = ("#0b5c6b", "#b45309", "#6d4aa3", "#4d7c0f", "#b4235a", "#475569")
DASHES = ([1, 0], [7, 3], [2, 3], [9, 3, 2, 3], [4, 2], [12, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
INK, FAINT, GRID, PAPER, TARGET = "#1d2b2f", "#52646a", "#dcd8cd", "#fffdf8", "#c2410c"
FONT = "Noto Sans, Noto Sans Variable, Liberation Sans, sans-serif"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
NARROW, WIDE = 340, 720

Spec = dict[str, Any]


def styles(number: int) -> tuple[int, int]:
    """Give the numbers of a line's colour and of its dash and shape: when colours come round again, shapes differ."""
    return number % len(COLOURS), (number + number // len(COLOURS)) % len(COLOURS)


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure as the picture needs it."""

    series: str
    x: str
    y: float
    low: float | None
    high: float | None
    is_noted: bool


def lines(dots: Sequence[Dot], levels: Sequence[tuple[str, float]], width: int) -> Spec:
    """One line a series, hollow points for noted figures, whiskers for uncertainty, dashed lines for levels."""
    names = list(dict.fromkeys(dot.series for dot in dots))
    layers = [_whiskers(), _path(names, width), _dots(names)] if dots else []
    if levels:
        layers += _levels(levels)
    data = {"values": [asdict(dot) for dot in dots]}
    return {
        **frame(width, 300 if width > NARROW else 260),
        "data": data,
        "encoding": {"x": _time(dots, width)},
        "layer": layers,
    }


def bars(rows: Sequence[tuple[str, float]], width: int) -> Spec:
    """Horizontal bars: labels are read without turning the head."""
    return {
        **frame(width, {"step": 34}),
        "data": {"values": [{"label": label, "value": value} for label, value in rows]},
        "encoding": {
            "y": _labels(width),
            "x": {
                "field": "value",
                "type": "quantitative",
                "title": None,
                "axis": {"tickCount": 4},
            },
        },
        "layer": [
            {"mark": {"type": "bar", "color": COLOURS[0], "cornerRadiusEnd": 3, "height": 18}},
        ],
    }


def intervals(rows: Sequence[tuple[str, float, float, float]], width: int) -> Spec:
    """A dot with whiskers a row, and the line of no effect."""
    values = [{"label": r[0], "estimate": r[1], "low": r[2], "high": r[3]} for r in rows]
    across = {"field": "low", "type": "quantitative", "title": None, "axis": {"tickCount": 5}}
    return {
        **frame(width, {"step": 44}),
        "data": {"values": values},
        "layer": [
            {
                "data": {"values": [{"zero": 0}]},
                "mark": {"type": "rule", "color": FAINT, "strokeDash": [3, 3]},
                "encoding": {"x": {"field": "zero", "type": "quantitative"}},
            },
            {
                "mark": {"type": "rule", "color": COLOURS[0], "strokeWidth": 3},
                "encoding": {"y": _labels(width), "x": across, "x2": {"field": "high"}},
            },
            {
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 130,
                    "opacity": 1,
                    "color": COLOURS[0],
                },
                "encoding": {"y": _labels(width), "x": {**across, "field": "estimate"}},
            },
        ],
    }


def frame(width: int, height: Any) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "padding": 4,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": {
            "aria": False,
            "background": None,
            "font": FONT,
            "view": {"stroke": None},
            "axis": {
                "labelColor": FAINT,
                "labelFontSize": 13,
                "labelPadding": 6,
                "titleColor": INK,
                "titleFontSize": 13,
                "titleFontWeight": 600,
                "gridColor": GRID,
                "domainColor": GRID,
                "tickColor": GRID,
                "labelLimit": 0,
            },
            "axisY": {"domain": False, "ticks": False},
            "axisX": {"grid": False},
            "text": {"color": INK, "fontSize": 13},
        },
    }


def _time(dots: Sequence[Dot], width: int) -> Spec:
    years = sorted({dot.x[:4] for dot in dots})
    axis: Spec = {"labelOverlap": True, "labelFlush": True, "tickCount": 5 if width > NARROW else 3}
    if dots and all(dot.x.endswith("-01-01") for dot in dots):
        # Ticks only where a whole year begins: "2021.5" would be no date.
        wanted = [f"{year}-01-01" for year in range(int(years[0]), int(years[-1]) + 1)]
        step = max(1, len(wanted) // (8 if width > NARROW else 4))
        axis = {
            "format": "%Y",
            "labelOverlap": True,
            "values": [{"year": int(day[:4]), "utc": True} for day in wanted[::step]],
        }
    # Dates are read as UTC; drawn in another zone, a year would begin in the one before.
    scale = {"type": "utc"}
    return {"field": "x", "type": "temporal", "title": None, "axis": axis, "scale": scale}


def _height(field: str = "y") -> Spec:
    return {
        "field": field,
        "type": "quantitative",
        "title": None,
        "scale": {"zero": False, "nice": True},
        "axis": {"tickCount": 5},
    }


def _coloured(names: Sequence[str]) -> Spec:
    colours = [COLOURS[styles(number)[0]] for number in range(len(names))]
    return {
        "field": "series",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(names), "range": colours},
    }


def _styled(names: Sequence[str], choices: Sequence[Any]) -> Spec:
    chosen = [choices[styles(number)[1]] for number in range(len(names))]
    return {**_coloured(names), "scale": {"domain": list(names), "range": chosen}}


def _whiskers() -> Spec:
    return {
        "transform": [{"filter": "isValid(datum.low) && isValid(datum.high)"}],
        "mark": {"type": "rule", "color": FAINT, "strokeWidth": 1.5},
        "encoding": {"y": _height("low"), "y2": {"field": "high"}},
    }


def _path(names: Sequence[str], width: int) -> Spec:
    return {
        "mark": {"type": "line", "strokeWidth": 2.5, "strokeJoin": "round"},
        "encoding": {
            "y": _height(),
            "color": _coloured(names),
            "strokeDash": _styled(names, DASHES),
        },
    }


def _dots(names: Sequence[str]) -> Spec:
    """A noted figure is hollow, so that one sees at once that it is not like the others."""
    encoding = {"y": _height(), "shape": _styled(names, SHAPES)}
    full = {**encoding, "color": _coloured(names)}
    hollow = {**encoding, "stroke": _coloured(names)}
    return {
        "layer": [
            {
                "transform": [{"filter": "!datum.is_noted"}],
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": full,
            },
            {
                "transform": [{"filter": "datum.is_noted"}],
                "mark": {
                    "type": "point",
                    "fill": PAPER,
                    "size": 60,
                    "strokeWidth": 2,
                    "opacity": 1,
                },
                "encoding": hollow,
            },
        ]
    }


def _levels(levels: Sequence[tuple[str, float]]) -> list[Spec]:
    data = {"values": [{"label": label, "y": y} for label, y in levels]}
    mark = {"type": "rule", "color": TARGET, "strokeDash": [6, 4], "strokeWidth": 1.5}
    words = {
        "type": "text",
        "align": "left",
        "dy": -7,
        "x": 2,
        "color": TARGET,
        "fontWeight": 600,
    }
    return [
        {"data": data, "mark": mark, "encoding": {"x": None, "y": _height()}},
        {
            "data": data,
            "mark": words,
            "encoding": {"x": None, "y": _height(), "text": {"field": "label"}},
        },
    ]


def _labels(width: int) -> Spec:
    axis: Spec = {"labelColor": INK, "labelLimit": width // 2 - 20}
    return {"field": "label", "type": "nominal", "sort": None, "title": None, "axis": axis}
