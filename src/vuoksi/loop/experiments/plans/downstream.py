"""What became of an experiment, as higher storeys know it: decisions register a function here.

The function gets many experiments at once and gives the steps after each by the experiment's key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from vuoksi.base.people.rules import Person
from vuoksi.loop.calls.downstream import Offer, Step
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


@dataclass(frozen=True, slots=True)
class Result:
    """What an experiment showed, in a word or two."""

    label: "str | Promise"
    tone: str


Results = Callable[[Sequence[Experiment]], dict[int, Result]]

_results: list[Results] = []


def results_of_experiment(function: Results) -> Results:
    """Register a function from experiments to what each of them showed."""
    _results.append(function)
    return function


def results_of(experiments: Sequence[Experiment]) -> dict[int, Result]:
    """Give what each experiment showed; those that showed nothing yet are left out."""
    found: dict[int, Result] = {}
    for function in _results if experiments else ():
        found |= function(experiments)
    return found


Offers = Callable[[Person, Experiment], list[Offer]]

_offers: list[Offers] = []


def offered_on_experiment(function: Offers) -> Offers:
    """Register a function that gives what a person may do next with an experiment: record a decision, say."""
    _offers.append(function)
    return function


def offers_on(user: Person, experiment: Experiment) -> list[Offer]:
    """Give the buttons that higher storeys put on an experiment's page for this person."""
    return [offer for function in _offers for offer in function(user, experiment)]
