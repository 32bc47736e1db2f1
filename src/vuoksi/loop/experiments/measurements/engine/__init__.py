"""Codes under which units are measured, and the language in which the SensorThings API is asked."""

from vuoksi.loop.experiments.measurements.engine.asking import (
    Expand,
    Options,
    Order,
    Segment,
    options_of,
    path_of,
)
from vuoksi.loop.experiments.measurements.engine.codes import LONGEST_CODE, fault_of, unit_code
from vuoksi.loop.experiments.measurements.engine.filters import (
    All,
    AnyOf,
    Compare,
    Condition,
    Not,
    parsed,
)
from vuoksi.loop.experiments.measurements.engine.moments import (
    NoMoment,
    key_of,
    moment,
    place_of,
    span,
    written,
    written_span,
)
from vuoksi.loop.experiments.measurements.engine.terms import (
    AskedWrongly,
    Call,
    Name,
    NotOffered,
    Term,
)

__all__ = [
    "LONGEST_CODE",
    "All",
    "AnyOf",
    "AskedWrongly",
    "Call",
    "Compare",
    "Condition",
    "Expand",
    "Name",
    "NoMoment",
    "Not",
    "NotOffered",
    "Options",
    "Order",
    "Segment",
    "Term",
    "fault_of",
    "key_of",
    "moment",
    "options_of",
    "parsed",
    "path_of",
    "place_of",
    "span",
    "unit_code",
    "written",
    "written_span",
]
