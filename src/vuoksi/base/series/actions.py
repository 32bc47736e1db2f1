"""Taking rows in, moving them, erasing them. What an acknowledgement rests on is the database alone.

The steps of a move are actions of their own, for each must stand before the next begins (`tasks.py` leads them).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from vuoksi.base.audit.actions import Actor, action, nothing_to_do, record, told_by
from vuoksi.base.series import queries
from vuoksi.base.series.engine import digest_of, first_of_each, keys_of, packed
from vuoksi.base.series.models import Batch, Erasure, Key, Parcel, Store
from vuoksi.base.series.registry import Kind

# A move is held in memory as a whole.
ROWS_A_MOVE = 500_000
PARCELS_A_MOVE = 5_000
KEYS_A_QUESTION = 500


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a batch: `added` rows are new, `repeated` stood here already; `is_new` says it row by row."""

    added: int
    repeated: int
    is_new: list[bool]


@action
def append(
    *,
    kind: Kind,
    rows: pa.Table | Sequence[dict[str, Any]],
    by: Actor,
    at: datetime,
    sender: str = "",
) -> Receipt:
    """Take rows in. Once this has returned, and the transaction around it stands, they may be acknowledged.

    A row whose key stands here already is counted and passed over. Raises pyarrow's ArrowInvalid or ArrowTypeError for
    rows that do not fit the kind's schema.
    """
    table = rows if isinstance(rows, pa.Table) else pa.Table.from_pylist(rows, kind.schema)
    table = table.select(kind.schema.names).cast(kind.schema)
    keys = keys_of(table, kind.key)
    places = {keys[place]: place for place in first_of_each(keys)}
    store = _store_of(kind)
    fresh = _claimed(store, sorted(places), at)
    fresh -= _known_to_the_table(kind, store, table, {key: places[key] for key in fresh})
    new = sorted(places[key] for key in fresh)
    if new:
        _take_in(store, table.take(new), len(keys) - len(new), by=by, at=at, sender=sender)
    else:
        nothing_to_do()
    is_new = set(new)
    return Receipt(len(new), len(keys) - len(new), [place in is_new for place in range(len(keys))])


@action
def erase(*, kind: Kind, column: str, value: int | str, by: Actor, at: datetime) -> None:
    """Erase all rows with `value` in `column`. They are not read from now on; the files follow with the next tick.

    Their keys stay, so that a device which sends them again does not bring them back.
    """
    if column not in kind.erased_by:
        raise ValueError(f"{kind.name} is not erased by {column}")
    store = _store_of(kind)
    Erasure.objects.create(
        store=store, column=column, value=value, until_batch=queries.newest_batch(store), at=at
    )
    record(actor=by, verb="series.erase", thing=store, at=at, column=column)


@action
def open_store(*, kind: Kind) -> Store:
    store, _is_new = Store.objects.get_or_create(kind=kind.name)
    nothing_to_do()
    return store


@action
def begin_move(*, kind: Kind) -> int | None:
    """Give the waiting parcels the next number; a move that was begun and not ended comes first. None: all is moved."""
    store = Store.objects.select_for_update().get(kind=kind.name)
    nothing_to_do()
    if queries.unfinished_move(store).exists():
        return store.last_move
    chosen = _next_parcels(store)
    if not chosen:
        return None
    store.last_move += 1
    store.save(update_fields=["last_move"])
    Parcel.objects.filter(pk__in=chosen).update(move=store.last_move)
    return store.last_move


@action
def end_move(*, kind: Kind, move: int, synced_version: int) -> None:
    """Empty the inbox of what the disk now holds in the Delta table."""
    store = Store.objects.select_for_update().get(kind=kind.name)
    Parcel.objects.filter(store=store, move=move).delete()
    store.synced_version = synced_version
    store.save(update_fields=["synced_version"])
    nothing_to_do()


@action
def note_synced(*, kind: Kind, version: int) -> None:
    Store.objects.filter(kind=kind.name).update(synced_version=version)
    nothing_to_do()


@action
def end_erasure(*, erasure: Erasure, at: datetime) -> None:
    """The rows are gone from the newest version of the files."""
    record(actor=None, verb="series.end_erasure", thing=erasure.store, at=at, column=erasure.column)
    erasure.delete()


@action
def note_dropped(*, kind: Kind, parts: Sequence[str], at: datetime) -> None:
    """Tell that whole parts have outlived their retention and were dropped."""
    store = Store.objects.get(kind=kind.name)
    record(actor=None, verb="series.drop_parts", thing=store, at=at, parts=list(parts))


@action
def note_tended(*, kind: Kind, at: datetime) -> None:
    Store.objects.filter(kind=kind.name).update(tended_at=at)
    nothing_to_do()


@action
def announce_forgetting(*, kind: Kind, until: datetime) -> None:
    """Say up to which time of measuring keys may be missing. It must stand before the first of them is forgotten."""
    store = Store.objects.select_for_update().get(kind=kind.name)
    if store.forgotten_until is None or store.forgotten_until < until:
        store.forgotten_until = until
        store.save(update_fields=["forgotten_until"])
    nothing_to_do()


@action
def forget_keys(*, kind: Kind, before: date) -> int:
    """Forget the keys that came before a day, of rows that are all in the Delta table."""
    keys = Key.objects.filter(store__kind=kind.name, day__lt=before)
    count = keys.count()
    # Not `delete()`: with a key of two columns it would first read every row.
    keys._raw_delete(keys.db)
    nothing_to_do()
    return count


def _store_of(kind: Kind) -> Store:
    found = Store.objects.filter(kind=kind.name).first()
    return found if found is not None else open_store(kind=kind)


def _claimed(store: Store, keys: list[bytes], at: datetime) -> set[bytes]:
    """Write down the keys that are new, and give them. Two batches that meet wait for each other, key by key."""
    day = at.astimezone(UTC).date()
    if connection.vendor == "postgresql":
        return _claimed_at_once(store, keys, day)
    known: set[bytes] = set()
    # SQLite has one writer at a time, and this transaction is it: between question and answer nobody writes.
    for first in range(0, len(keys), KEYS_A_QUESTION):
        some = keys[first : first + KEYS_A_QUESTION]
        found = Key.objects.filter(store=store, key__in=some).values_list("key", flat=True)
        known.update(bytes(key) for key in found)
    fresh = [key for key in keys if key not in known]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO series_key (store_id, key, day) VALUES (%s, %s, %s)",
            [(store.pk, key, day) for key in fresh],
        )
    return set(fresh)


def _claimed_at_once(store: Store, keys: list[bytes], day: date) -> set[bytes]:
    """The keys come in order, so that two batches with the same ones cannot each wait for the other.

    They travel as one value, cut apart by the database: keys of a kind are of one length, and a list of thousands
    would cost more to write down than all else here.
    """
    if not keys:
        return set()
    whole, width = b"".join(keys), len(keys[0])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO series_key (store_id, key, day)"
            " SELECT %s, substring(whole.keys FROM place FOR %s), %s"
            " FROM (SELECT %s::bytea AS keys) AS whole, generate_series(1, %s, %s) AS place"
            " ON CONFLICT DO NOTHING RETURNING key",
            [store.pk, width, day, whole, len(whole), width],
        )
        if cursor.rowcount == len(keys):
            return set(keys)
        return {bytes(key) for (key,) in cursor.fetchall()}


def _known_to_the_table(
    kind: Kind, store: Store, rows: pa.Table, fresh: dict[bytes, int]
) -> set[bytes]:
    """Of keys that seem new, those whose row stands in the Delta table, and whose first key was forgotten.

    Asked after the keys were written down: whoever forgets announces it first.
    """
    until = Store.objects.values_list("forgotten_until", flat=True).get(pk=store.pk)
    if until is None or not fresh:
        return set()
    times = rows.column(kind.time).take(sorted(fresh.values()))
    old = times.filter(pc.less_equal(times, pa.scalar(until, times.type)))
    if not len(old):
        return set()
    found = queries.moved_rows(kind, pc.field(kind.time).isin(old.unique()))
    if found is None:
        return set()
    return fresh.keys() & set(keys_of(found.to_table(columns=list(kind.key)), kind.key))


def _take_in(
    store: Store, rows: pa.Table, repeated: int, *, by: Actor, at: datetime, sender: str
) -> None:
    parcel = packed(rows)
    batch = Batch.objects.create(
        store=store,
        at=at,
        by_id=by.pk if by is not None else None,
        sender=sender,
        added=rows.num_rows,
        repeated=repeated,
        digest=digest_of(parcel),
    )
    Parcel.objects.create(batch=batch, store=store, rows=parcel)
    told_by(batch)


def _next_parcels(store: Store) -> list[int]:
    """The oldest parcels that wait, as many as fit into memory; at least one."""
    waiting = store.parcels.filter(move=None).order_by("batch").values_list("pk", "batch__added")
    chosen: list[int] = []
    rows = 0
    for pk, added in waiting[:PARCELS_A_MOVE]:
        if chosen and rows + added > ROWS_A_MOVE:
            break
        chosen.append(pk)
        rows += added
    return chosen
