"""What the clock does for the stores: move, erase, drop what is too old, keep the files few."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from vuoksi.base.runs.ticks import every_tick
from vuoksi.base.series import actions, queries, store
from vuoksi.base.series.engine import unpacked
from vuoksi.base.series.models import Store
from vuoksi.base.series.registry import BATCH, KINDS, PART, Kind

logger = logging.getLogger(__name__)
TEND_EVERY = timedelta(days=1)


@every_tick
def tend_stores(at: datetime) -> None:
    """Bring every store up to date, unless a backup is copying them: then the next tick does."""
    try:
        with store.held(Path(settings.SERIES_ROOT)):
            for kind in KINDS.values():
                tend(kind, at=at)
    except store.Busy:
        logger.info("the stores of measured rows are being copied; the next tick moves on")


def tend(kind: Kind, *, at: datetime) -> None:
    """All that is due for one kind. The caller holds the lock."""
    row = queries.store_of(kind)
    if row is None:
        return
    actions.note_synced(kind=kind, version=store.settle(kind, row.synced_version))
    if store.moved_up_to(store.opened(kind)) > row.last_move:
        raise store.Astray(
            f"{store.place_of(kind)} is newer than the database: restore both from one backup"
        )
    while move_on(kind):
        pass
    _erase(kind, at)
    if row.tended_at is None or at - row.tended_at >= TEND_EVERY:
        _drop_old_parts(kind, at)
        _forget_keys(kind, at)
        actions.note_tended(kind=kind, at=at)
    if store.compact(kind):
        _settle(kind)
    store.clean(kind)
    _settle(kind)


def move_on(kind: Kind) -> bool:
    """Move some parcels; say whether there may be more.

    Every step may be the last one before a crash. A move that was begun is written again with its number unless the
    table holds it; parcels go only after the disk has the files. The number is on the disk before the table names it,
    because both databases flush each commit (of SQLite `synchronous=FULL` asks it), whoever reads meanwhile.
    """
    move = actions.begin_move(kind=kind)
    if move is None:
        return False
    row = queries.store_of(kind)
    assert row is not None
    store.append(kind, _rows_of(kind, row), move)
    version = store.settle(kind, row.synced_version)
    if store.moved_up_to(store.opened(kind)) < move:
        raise OSError(f"{kind.name}: move {move} did not reach the disk whole; it is tried again")
    actions.end_move(kind=kind, move=move, synced_version=version)
    return True


def _rows_of(kind: Kind, row: Store) -> pa.Table:
    parcels = queries.unfinished_move(row).values_list("batch_id", "rows")
    return pa.concat_tables(
        queries.with_batch(unpacked(bytes(rows)), batch) for batch, rows in parcels.iterator(200)
    )


def _settle(kind: Kind) -> None:
    row = queries.store_of(kind)
    assert row is not None
    actions.note_synced(kind=kind, version=store.settle(kind, row.synced_version))


def _erase(kind: Kind, at: datetime) -> None:
    """Follow the erasures of which no row is in the inbox any more; the next tick follows the others."""
    for erasure in queries.erasures(kind):
        if queries.waits(kind, erasure.until_batch):
            continue
        store.erase(
            kind,
            f'"{erasure.column}" = {store.literal(erasure.value)} AND {BATCH} <= {erasure.until_batch}',
        )
        _settle(kind)
        actions.end_erasure(erasure=erasure, at=at)


def _drop_old_parts(kind: Kind, at: datetime) -> None:
    if kind.retention_days is None:
        return
    last = at.astimezone(UTC) - timedelta(days=kind.retention_days)
    parts = store.parts_before(kind, last.strftime(kind.part_names))
    if parts:
        store.erase(kind, f"{PART} <= {store.literal(parts[-1])}")
        _settle(kind)
        actions.note_dropped(kind=kind, parts=parts, at=at)


def _forget_keys(kind: Kind, at: datetime) -> None:
    before = (at.astimezone(UTC) - timedelta(days=kind.keys_days)).date()
    batch = queries.newest_batch_before(kind, before)
    if batch is None or queries.waits(kind, batch):
        return
    rows = queries.moved_rows(kind, pc.field(BATCH) <= batch)
    if rows is None:
        return
    newest = pc.max(rows.to_table(columns=[kind.time]).column(0)).as_py()
    if newest is not None:
        actions.announce_forgetting(kind=kind, until=newest)
    actions.forget_keys(kind=kind, before=before)
