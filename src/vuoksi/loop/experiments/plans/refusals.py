"""Why a step of an experiment was refused. The doors turn these into messages at the right field."""

from vuoksi.loop.experiments.plans.models import Experiment


class NotReady(Exception):
    """The plan lacks something without which the experiment cannot start.

    `faults` maps a field to a stable code: ``missing`` or ``past``.
    """

    def __init__(self, experiment: Experiment, faults: dict[str, str]) -> None:
        super().__init__(f"{experiment.slug} lacks {', '.join(faults)}")
        self.experiment = experiment
        self.faults = faults


class PlanChanged(Exception):
    """The plan is no longer the one that the person saw and wanted to fix."""
