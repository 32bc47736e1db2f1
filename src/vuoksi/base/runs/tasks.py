"""The worker's door: takes a run, does its work, keeps what came out."""

import logging
import time
from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks import task

from vuoksi.base.runs import actions, queries
from vuoksi.base.runs.kinds import CannotRun, kind_of, worker_door
from vuoksi.base.runs.models import Run
from vuoksi.base.runs.ticks import every_tick

logger = logging.getLogger(__name__)

# Engines call back thousands of times a second; the database hears of it this often.
WRITE_EVERY_S = 0.5
READ_EVERY_S = 0.5


@task()
def execute(run: int) -> None:
    """Do the work of one run, in the language of the person who asked for it."""
    taken = actions.begin(run=run, at=timezone.now())
    if taken is None:
        return
    with translation.override(taken.owner.language if taken.owner else None):
        _work(taken)


worker_door(execute.enqueue)


@every_tick
def end_lost_runs(at: datetime) -> None:
    actions.fail_lost_runs(error=gettext("The computer that worked on this has gone away."), at=at)


def _work(run: Run) -> None:
    watch = Watch(run)
    try:
        result = kind_of(run.kind).work(run, watch.stop, watch.progress)
    except CannotRun as refusal:
        actions.fail(run=run, error=str(refusal), at=timezone.now())
    except Exception:
        # A run must never stay "running": whatever went wrong, its owner is told and the log has the rest.
        logger.exception("run %s (%s) failed", run.pk, run.kind)
        sentence = gettext(
            "A mistake in the program stopped this. The log tells more, as run %(number)s."
        )
        actions.fail(run=run, error=sentence % {"number": run.pk}, at=timezone.now())
    else:
        actions.finish(run=run, result=result, was_cancelled=watch.is_cancelled, at=timezone.now())


class Watch:
    """Stands between an engine and the world: its clock, its limits and the wish to cancel it."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.is_cancelled = False
        self._began = time.monotonic()
        self._read = self._wrote = float("-inf")

    def stop(self, work_done: float = 0) -> bool:
        limits = self.run.limits
        now = time.monotonic()
        if now - self._read >= READ_EVERY_S:
            self._read = now
            self.is_cancelled = queries.is_cancel_wanted(self.run)
        return (
            self.is_cancelled
            or work_done >= limits.get("work", float("inf"))
            or now - self._began >= limits.get("seconds", float("inf"))
        )

    def progress(self, share: float, message: str = "") -> None:
        now = time.monotonic()
        if now - self._wrote < WRITE_EVERY_S:
            return
        self._wrote = now
        actions.note_progress(run=self.run, share=share, message=message, at=timezone.now())
