"""What else must be in order before an experiment starts, as higher storeys know it: they register a condition here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from vuoksi.loop.experiments.plans.models import Experiment


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps an experiment from starting: a stable code, the words for it, and the page where it is put right."""

    code: str
    words: "str | Promise"
    url: str


Condition = Callable[[Experiment, date], Iterable[Obstacle]]

_conditions: list[Condition] = []


def start_condition(function: Condition) -> Condition:
    """Register a function from an experiment and the day of its start to what stands in the way."""
    _conditions.append(function)
    return function


def obstacles_before_start(experiment: Experiment, today: date) -> list[Obstacle]:
    """Give what higher storeys say against a start on `today`."""
    return [one for condition in _conditions for one in condition(experiment, today)]
