"""The kinds of long work. Each app registers its own in its `tasks.py`, which is loaded at the start.

    @run_kind("rosters.solve", "1", label=_("Make a roster"))
    def solve_roster(run: Run, stop: Stop, progress: Progress) -> Result:
        problem = formats.read(run.problem)
        plan = solve(problem, seed=run.seed, stop=stop, progress=progress)
        actions.save_roster(...)
        return asdict(plan)

A kind only joins an engine to an action; the engine asks `stop` and tells `progress`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.utils.functional import Promise

from vuoksi.base.runs.models import Run

# JSON all through; a number under the key "bound" is also kept as the run's bound.
Result = dict[str, Any]


class Stop(Protocol):
    """Asked by an engine now and then: is it time to end with the best found so far?"""

    def __call__(self, work_done: float = 0) -> bool: ...


class Progress(Protocol):
    """Told by an engine now and then: the share done (0 to 1) and what it is doing."""

    def __call__(self, share: float, message: str = "") -> None: ...


Work = Callable[[Run, Stop, Progress], Result]


class CannotRun(Exception):
    """The work cannot be done as asked. The message is shown to the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`result_url` gives the page that shows what came out, once the run is done."""

    name: str
    engine_version: str
    label: "str | Promise"
    work: Work
    result_url: Callable[[Run], str] | None = None


KINDS: dict[str, Kind] = {}


def run_kind(
    name: str,
    engine_version: str,
    *,
    label: "str | Promise" = "",
    result_url: Callable[[Run], str] | None = None,
) -> Callable[[Work], Work]:
    """Register a function as the work of the runs named `name`."""

    def register(work: Work) -> Work:
        if name in KINDS:
            raise ValueError(f"the kind of run {name!r} stands twice")
        KINDS[name] = Kind(name, engine_version, label or name, work, result_url)
        return work

    return register


def kind_of(name: str) -> Kind:
    """Give the kind; raises LookupError for a name that nobody registered."""
    if name not in KINDS:
        raise LookupError(f"no kind of run is named {name!r}")
    return KINDS[name]


# The way from an action to the worker: `tasks.py` fills it, so that actions need not import tasks.
_doors: list[Callable[[int], object]] = []


def worker_door(enqueue: Callable[[int], object]) -> None:
    """Say what puts the run with a given key before the worker."""
    _doors[:] = [enqueue]


def enqueue_on_commit(run: int) -> None:
    """Put the run before the worker once the present transaction stands."""
    transaction.on_commit(lambda: _doors[0](run))
