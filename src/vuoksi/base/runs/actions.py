from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record
from vuoksi.base.people.models import User
from vuoksi.base.runs.kinds import Result, enqueue_on_commit, kind_of
from vuoksi.base.runs.models import Run, TickLock
from vuoksi.base.runs.rules import ENDED, RUN

# A worker that says nothing for this long has died with its run.
LOST_AFTER = timedelta(hours=1)
# A tick that has not renewed its lock for this long has died with it.
TICK_LOST_AFTER = timedelta(minutes=15)


@action
def start(
    *,
    kind: str,
    problem: dict[str, Any],
    owner: User | None,
    at: datetime,
    seed: int = 0,
    limits: dict[str, Any] | None = None,
) -> Run:
    """Ask for a long computation; a worker takes it once the transaction stands.

    `limits` may hold `work` (the engine's own count of work) and `seconds`. Raises LookupError for an unknown kind.
    """
    run = Run.objects.create(
        kind=kind,
        engine_version=kind_of(kind).engine_version,
        problem=problem,
        seed=seed,
        limits=limits or {},
        owner=owner,
        created_at=at,
    )
    record(actor=owner, verb="runs.start", thing=run, at=at, kind=kind, seed=seed)
    enqueue_on_commit(run.pk)
    return run


@action
def request_cancel(*, run: Run, by: Actor, at: datetime) -> None:
    """Ask a run to stop: one that waits ends now, one that runs ends when its engine next asks."""
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.status in ENDED or row.is_cancel_wanted:
        return nothing_to_do()
    row.is_cancel_wanted = True
    if row.status == Run.Status.WAITING:
        row.status = RUN.target(row.status, "cancel")
        row.ended_at = at
    row.save(update_fields=["is_cancel_wanted", "status", "ended_at"])
    record(actor=by, verb="runs.request_cancel", thing=row, at=at)


@action
def begin(*, run: int, at: datetime) -> Run | None:
    """Take a waiting run to work on it; None when it was cancelled or taken by another worker."""
    row = Run.objects.select_for_update().filter(pk=run).first()
    if row is None or "begin" not in RUN.possible(row.status):
        nothing_to_do()
        return None
    row.status = RUN.target(row.status, "begin")
    row.started_at = row.heard_at = at
    row.save(update_fields=["status", "started_at", "heard_at"])
    record(actor=None, verb="runs.begin", thing=row, at=at)
    return row


@action
def finish(*, run: Run, result: Result, was_cancelled: bool, at: datetime) -> None:
    """Keep what came out. A cancelled run keeps the best that it had found by then."""
    row = Run.objects.select_for_update().get(pk=run.pk)
    row.status = RUN.target(row.status, "cancel" if was_cancelled else "finish")
    row.result = result
    row.bound = result.get("bound")
    row.progress = row.progress if was_cancelled else 1
    row.ended_at = at
    row.save(update_fields=["status", "result", "bound", "progress", "ended_at"])
    record(actor=None, verb="runs.finish", thing=row, at=at, was_cancelled=was_cancelled)


@action
def fail(*, run: Run, error: str, at: datetime) -> None:
    """End a run that could not be done; `error` is said to its owner."""
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.status in ENDED:
        return nothing_to_do()
    row.status = RUN.target(row.status, "fail")
    row.error = error
    row.ended_at = at
    row.save(update_fields=["status", "error", "ended_at"])
    record(actor=None, verb="runs.fail", thing=row, at=at)


@action
def fail_lost_runs(*, error: str, at: datetime) -> int:
    """End the runs whose worker died; give their number."""
    lost = Run.objects.filter(status=Run.Status.RUNNING, heard_at__lt=at - LOST_AFTER)
    count = 0
    for run in lost:
        fail(run=run, error=error, at=at)
        count += 1
    nothing_to_do()
    return count


@action
def note_progress(*, run: Run, share: float, message: str, at: datetime) -> None:
    """Show how far a run is. Not an event of the city's: it leaves no audit row."""
    Run.objects.filter(pk=run.pk).update(
        progress=min(max(share, 0), 1), message=message[:200], heard_at=at
    )
    nothing_to_do()


@action
def take_tick(*, holder: str, at: datetime) -> bool:
    """Take, or renew, the one right to tick; no when another holds it and is alive."""
    TickLock.objects.get_or_create(pk=TickLock.ONLY)
    free = Q(holder__in=["", holder]) | Q(taken_at__lt=at - TICK_LOST_AFTER)
    taken = TickLock.objects.filter(free, pk=TickLock.ONLY).update(holder=holder, taken_at=at)
    nothing_to_do()
    return bool(taken)


@action
def release_tick(*, holder: str) -> None:
    TickLock.objects.filter(pk=TickLock.ONLY, holder=holder).update(holder="")
    nothing_to_do()
