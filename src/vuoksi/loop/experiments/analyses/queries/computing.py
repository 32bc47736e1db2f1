"""The effect with all that stands beside it, computed from what was planned and measured. Nothing is saved here."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from vuoksi.base.runs.models import Run
from vuoksi.loop.experiments.analyses.engine import SIDES, ProblemError, problem_as_data, solve
from vuoksi.loop.experiments.analyses.queries.findings import found_besides
from vuoksi.loop.experiments.analyses.queries.problems import data_digest, data_of, problem_of
from vuoksi.loop.experiments.analyses.refusals import NotEnough
from vuoksi.loop.experiments.measurements.queries import data_stamp, progress_of
from vuoksi.loop.experiments.plans.models import Experiment

KIND = "experiments.analyse"
# With more values than this the second methods may take longer than somebody should wait for a page: about a second
# where values of two sides are resampled, and where a regression over time is made again without each unit.
AT_ONCE, AT_ONCE_OVER_TIME = 2_000, 500

Stop = Callable[[int], bool]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Computed:
    """An analysis before it is kept: what was asked, what came out, and of which data."""

    digest: str
    stamp: str
    problem: dict[str, Any]
    result: dict[str, Any]
    more: dict[str, Any]


def computed(
    experiment: Experiment, *, stop: Stop | None = None, progress: Progress | None = None
) -> Computed:
    """Compute the effect. Raises NotEnough. One that was stopped lacks a part and must not be kept."""
    # Asked first: what comes in while this computes makes the analysis old.
    stamp = data_stamp(experiment)
    values = data_of(experiment)
    try:
        problem = problem_of(experiment, values)
        result = solve(problem, stop=stop, progress=progress)
    except ProblemError as error:
        raise NotEnough(error.code) from error
    return Computed(
        digest=data_digest(values),
        stamp=stamp,
        problem=problem_as_data(problem),
        result=asdict(result),
        more=found_besides(experiment, values, problem, result, stop=stop),
    )


def takes_long(experiment: Experiment) -> bool:
    """Whether the effect is computed apart from the page that asks for it."""
    most = AT_ONCE if experiment.design in SIDES else AT_ONCE_OVER_TIME
    values: int = sum(arm["values"] for arm in progress_of([experiment])[experiment.pk])
    return values > most


def run_under_way(experiment: Experiment) -> Run | None:
    """The run that computes this experiment's effect now, or waits to."""
    runs = Run.objects.filter(kind=KIND, problem__experiment=experiment.pk)
    waiting = [Run.Status.WAITING, Run.Status.RUNNING]
    return runs.filter(status__in=waiting).order_by("pk").first()
