"""What people type around an analysis: before the start (`planning`, `sample_size`) and after the end (`telling`)."""

from vuoksi.loop.experiments.analyses.forms.planning import GroupsForm, MeasureForm, methods_for
from vuoksi.loop.experiments.analyses.forms.sample_size import SampleSizeForm, power_design
from vuoksi.loop.experiments.analyses.forms.telling import (
    DeviationForm,
    EvidenceForm,
    ExperimentsForm,
    QuestionForm,
)

__all__ = [
    "DeviationForm",
    "EvidenceForm",
    "ExperimentsForm",
    "GroupsForm",
    "MeasureForm",
    "QuestionForm",
    "SampleSizeForm",
    "methods_for",
    "power_design",
]
