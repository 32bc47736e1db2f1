"""Why a step of an experiment was refused. The doors turn these into messages at the right field."""

from collections.abc import Sequence

from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.registry import Obstacle


class NotReady(Exception):
    """The plan lacks something without which the experiment cannot start.

    `faults` maps a field to a stable code: ``missing`` or ``past``. `obstacles` is what higher storeys say against it.
    """

    def __init__(
        self, experiment: Experiment, faults: dict[str, str], obstacles: Sequence[Obstacle] = ()
    ) -> None:
        lacking = [*faults, *(one.code for one in obstacles)]
        super().__init__(f"{experiment.slug} lacks {', '.join(lacking)}")
        self.experiment = experiment
        self.faults = faults
        self.obstacles = tuple(obstacles)


class PlanChanged(Exception):
    """The plan is no longer the one that the person saw and wanted to fix."""
