"""Long work of panels: fetch, run the engine, keep what came out."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.runs.kinds import CannotRun, Progress, Result, Stop, run_kind
from vuoksi.base.runs.models import Run
from vuoksi.base.runs.ticks import every_tick
from vuoksi.loop.calls.engine import assignment, finals, ranking
from vuoksi.loop.calls.engine.refusal import ProblemError
from vuoksi.loop.juries import actions, queries
from vuoksi.loop.juries.models import Panel


def _panel_page(run: Run) -> str:
    return reverse("juries:standings", args=[run.problem["panel"]])


@run_kind(
    "juries.rank", "1", label=gettext_lazy("Rank the ideas of a panel"), result_url=_panel_page
)
def rank(run: Run, stop: Stop, progress: Progress) -> Result:
    """Rank by scores, or find the jury's common order."""
    panel = Panel.objects.get(pk=run.problem["panel"])
    result = ranked(panel, json.dumps(run.problem["problem"]), stop, progress)
    actions.keep_ranking(
        panel=panel, run=run, result=result, digest=run.problem["digest"], at=timezone.now()
    )
    return result


def ranked(panel: Panel, problem: str, stop: Stop, progress: Progress) -> dict[str, Any]:
    """Give what the engine of the panel's way makes of a problem. Raises CannotRun."""
    engine = ranking if panel.way == Panel.Way.SCORES else finals
    try:
        asked = engine.read_problem(problem)
    except ProblemError as error:
        raise CannotRun(gettext("This cannot be ranked yet: %(why)s") % {"why": error}) from error
    found = engine.solve(asked, stop=stop, progress=_share(progress))
    result: dict[str, Any] = json.loads(engine.write_result(asked, found))
    return result


def _panel(run: Run) -> str:
    return reverse("juries:panel", args=[run.problem["panel"]])


@run_kind("juries.assign", "1", label=gettext_lazy("Divide ideas among jurors"), result_url=_panel)
def assign(run: Run, stop: Stop, progress: Progress) -> Result:
    """Divide the entries among the jurors and ask for the reviews."""
    panel = Panel.objects.get(pk=run.problem["panel"])
    try:
        problem = assignment.read_problem(json.dumps(run.problem["problem"]))
    except ProblemError as error:
        raise CannotRun(gettext("The ideas cannot be divided: %(why)s") % {"why": error}) from error
    plan = assignment.solve(problem, stop=stop, progress=_share(progress))
    seats = {f"p{seat.user_id}": seat.pk for seat in panel.jurors.all()}
    pairs = [
        (seats[review.reviewer], int(review.entry.removeprefix("e")))
        for review in plan.reviews
        if not review.is_fixed and review.reviewer in seats
    ]
    assert run.owner is not None
    try:
        actions.ask_reviews(panel=panel, pairs=pairs, by=run.owner, at=timezone.now())
    except NotAllowed as refusal:
        # Locked while the ideas were shared out.
        raise CannotRun(str(refusal.reason)) from refusal
    result: dict[str, Any] = json.loads(assignment.write_plan(problem, plan))
    return result


@every_tick
def remind_late(at: datetime) -> None:
    """Remind those who are late once their panel's time is over; once."""
    for panel in queries.panels_to_remind(at):
        actions.remind_jurors(panel=panel, by=None, at=at)


def _share(progress: Progress) -> Callable[[int, int], None]:
    """Engines count steps of steps; a run shows a share."""
    return lambda done, of: progress(done / of)
