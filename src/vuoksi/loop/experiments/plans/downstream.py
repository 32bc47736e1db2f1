"""What became of an experiment, as higher storeys know it: decisions register a function here.

The function gets many experiments at once and gives the steps after each by the experiment's key.
"""

from collections.abc import Callable, Sequence

from vuoksi.loop.calls.downstream import Step
from vuoksi.loop.experiments.plans.models import Experiment

Steps = Callable[[Sequence[Experiment]], dict[int, list[Step]]]

_functions: list[Steps] = []


def downstream_of_experiment(function: Steps) -> Steps:
    """Register a function from experiments to what came of each."""
    _functions.append(function)
    return function


def steps_after(experiments: Sequence[Experiment]) -> dict[int, list[Step]]:
    """Give what came of each experiment, in the order in which the storeys registered."""
    found: dict[int, list[Step]] = {experiment.pk: [] for experiment in experiments}
    for function in _functions if experiments else ():
        for key, steps in function(experiments).items():
            found[key].extend(steps)
    return found
