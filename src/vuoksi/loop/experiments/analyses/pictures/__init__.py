"""What pages draw, made from what was read."""

from vuoksi.loop.experiments.analyses.pictures.results import (
    LookShown,
    OtherShown,
    Shown,
    look_shown,
    shown_of,
)
from vuoksi.loop.experiments.analyses.pictures.steps import map_of, timeline_of
from vuoksi.loop.experiments.analyses.pictures.together import (
    SampleSizeShown,
    SynthesisShown,
    sample_size_shown,
    synthesis_shown,
)

__all__ = [
    "LookShown",
    "OtherShown",
    "SampleSizeShown",
    "Shown",
    "SynthesisShown",
    "look_shown",
    "map_of",
    "sample_size_shown",
    "shown_of",
    "synthesis_shown",
    "timeline_of",
]
