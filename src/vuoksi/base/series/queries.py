"""Reading rows: what has come (the inbox) and what has moved (the Delta table) as one.

A condition is an expression of `pyarrow.compute`, as in `pc.field("datastream") == 7`: values are never text of a query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, TypeAlias

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as pds
from django.db.models import Max, Q, QuerySet

from vuoksi.base.series import store
from vuoksi.base.series.engine import unpacked
from vuoksi.base.series.models import Batch, Erasure, Parcel, Store
from vuoksi.base.series.registry import BATCH, PART, Kind

Where: TypeAlias = "pc.Expression | None"
MOST_TRIES = 10
# Of more rows than this it takes as long to find where they end as to put them in order.
MOST_LOOKED_UP = 1_000
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The database of nothing in which Arrow rows are counted and ordered: it reaches no file and fetches nothing.
DUCKDB: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "512MB",
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}


class Moving(Exception):
    """The table changed under every try to read it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All rows of a kind at one moment. `version` changes whenever a row comes or goes."""

    rows: pds.Dataset
    version: str


def batches(kind: Kind) -> QuerySet[Batch]:
    """Every batch that came, newest first: who sent what, and when."""
    return Batch.objects.filter(store__kind=kind.name).order_by("-pk")


def snapshot(kind: Kind) -> Snapshot:
    """All rows, each once, whatever moves meanwhile.

    A parcel leaves the inbox only after its move was committed. So if the table is the same before and after the
    inbox was read, nothing was missed; and what has a move that the table holds is not counted twice.
    """
    for _try in range(MOST_TRIES):
        table = store.opened(kind)
        before = table.version() if table is not None else -1
        parcels = _parcels_after(kind, store.moved_up_to(table))
        pending = list(erasures(kind))
        now = store.opened(kind)
        if (now.version() if now is not None else -1) == before:
            break
    else:
        raise Moving(kind.name)
    parts = [_inbox(kind, parcels)]
    if table is not None:
        parts.append(table.to_pyarrow_dataset(schema=kind.stored))
    rows = pds.dataset(parts)
    for erasure in pending:
        rows = rows.filter(_spared(erasure))
    newest = max((batch for batch, _rows in parcels), default=0)
    return Snapshot(rows, f"{before}.{newest}.{len(parcels)}.{len(pending)}")


def read(
    kind: Kind,
    *,
    where: Where = None,
    columns: Sequence[str] | None = None,
    order: Sequence[tuple[str, str]] = (),
    limit: int | None = None,
    offset: int = 0,
    per: str | None = None,
    of: Snapshot | None = None,
) -> pa.Table:
    """Rows of a kind. `order` are pairs of a column and "ascending" or "descending".

    With `per` the limit and the offset hold for each value of that column. `of` reads a snapshot taken before.
    """
    names = list(columns or kind.schema.names)
    found = _narrowed(kind, where, of)
    if limit is not None and offset + limit <= MOST_LOOKED_UP and _is_by_time(kind, order):
        found = found.filter(_no_further(kind, found, order[0][1], offset + limit, per))
    text = f"SELECT {_listed(names)} FROM rows"  # noqa: S608 - names of the kind's own columns
    steps = ", ".join(f"{_quoted(name)} {_direction(way)} NULLS LAST" for name, way in order)
    by = f" ORDER BY {steps}" if steps else ""
    last = "NULL" if limit is None else str(offset + limit)
    if per is not None:
        text += (
            f" QUALIFY row_number() OVER (PARTITION BY {_quoted(per)}{by})"
            f" BETWEEN {int(offset) + 1} AND coalesce({last}, 1 << 62)"
        )
    text += by
    if per is None and (limit is not None or offset):
        text += f" LIMIT {int(limit) if limit is not None else 'ALL'} OFFSET {int(offset)}"
    shape = pa.schema([kind.schema.field(name) for name in names])
    return _asked(found, text).cast(shape)


def count(kind: Kind, *, where: Where = None, of: Snapshot | None = None) -> int:
    return int(_narrowed(kind, where, of).count_rows())


def counts(
    kind: Kind, *, by: str, where: Where = None, of: Snapshot | None = None
) -> dict[Any, int]:
    """How many rows there are for each value of the column `by`."""
    name = _quoted(by)
    text = f"SELECT {name} AS one, count(*) AS count FROM rows GROUP BY 1"  # noqa: S608 - as above
    return {
        row["one"]: row["count"] for row in _asked(_narrowed(kind, where, of), text).to_pylist()
    }


def summed(
    kind: Kind,
    *,
    value: str,
    by: Sequence[str],
    where: Where = None,
    zone: str | None = None,
    of: Snapshot | None = None,
) -> list[dict[str, Any]]:
    """Count, lowest, mean and highest of `value` for each group of the columns `by`.

    With a time zone there is a `day` too: the date of the kind's time there.
    """
    groups = [_quoted(name) for name in by]
    if zone is not None:
        groups.append(f"CAST({_quoted(kind.time)} AT TIME ZONE $zone AS DATE) AS day")
    places = ", ".join(str(place + 1) for place in range(len(groups)))
    text = (
        f"SELECT {', '.join([*groups, *_figures(value)])} FROM rows"  # noqa: S608 - as above
        f" WHERE {_quoted(value)} IS NOT NULL GROUP BY {places} ORDER BY {places}"
    )
    found = _asked(_narrowed(kind, where, of), text, {"zone": zone} if zone is not None else {})
    return found.to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types


def buckets(
    kind: Kind,
    *,
    value: str,
    start: datetime,
    end: datetime,
    where: Where = None,
    most: int = 1000,
    of: Snapshot | None = None,
) -> list[dict[str, Any]]:
    """Cut the time from `start` to `end` into at most `most` equal lengths: `at`, `count`, `low`, `mean`, `high` of each.

    A length without rows is left out.
    """
    # Rounded up, so that they are never one too many.
    step = max(-(-((end - start) // MICROSECOND) // most), 1)
    within = (pc.field(kind.time) >= start) & (pc.field(kind.time) < end)
    first = f"epoch_us({_quoted(kind.time)}) - $first"
    text = (
        f"SELECT ({first}) // $step AS place, {', '.join(_figures(value))} FROM rows"  # noqa: S608 - as above
        f" WHERE {_quoted(value)} IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    rows = _narrowed(kind, within if where is None else within & where, of)
    values = {"first": _microseconds(start), "step": step}
    length = step * MICROSECOND
    return [
        {"at": start + length * row.pop("place"), **row}
        for row in _asked(rows, text, values).to_pylist()
    ]


def span(
    kind: Kind, *, where: Where = None, of: Snapshot | None = None
) -> tuple[datetime, datetime] | None:
    """The first and the last time of rows, None if there are none."""
    name = _quoted(kind.time)
    text = f"SELECT min({name}) AS first, max({name}) AS last FROM rows"  # noqa: S608 - as above
    (row,) = _asked(_narrowed(kind, where, of), text).to_pylist()
    return None if row["first"] is None else (row["first"], row["last"])


def newest_batch(store_row: Store) -> int:
    found: int | None = store_row.batches.aggregate(newest=Max("pk"))["newest"]
    return found or 0


def store_of(kind: Kind) -> Store | None:
    return Store.objects.filter(kind=kind.name).first()


def erasures(kind: Kind) -> QuerySet[Erasure]:
    """Erasures that the files have not followed yet."""
    return Erasure.objects.filter(store__kind=kind.name).select_related("store").order_by("pk")


def newest_batch_before(kind: Kind, day: date) -> int | None:
    """The last batch that came before a day (UTC) began."""
    midnight = datetime.combine(day, time.min, UTC)
    found: int | None = batches(kind).filter(at__lt=midnight).aggregate(last=Max("pk"))["last"]
    return found


def waits(kind: Kind, batch: int) -> bool:
    """Whether a batch up to this one has not moved yet."""
    return Parcel.objects.filter(store__kind=kind.name, batch__lte=batch).exists()


def unfinished_move(store_row: Store) -> QuerySet[Parcel]:
    """Parcels whose move was begun, in the order they came."""
    return store_row.parcels.exclude(move=None).order_by("batch")


def moved_rows(kind: Kind, where: pc.Expression) -> pds.Dataset | None:
    """Rows of the Delta table alone, None before the first move."""
    table = store.opened(kind)
    if table is None:
        return None
    return table.to_pyarrow_dataset(schema=kind.stored).filter(where)


def with_batch(rows: pa.Table, batch: int) -> pa.Table:
    return rows.append_column(BATCH, pa.repeat(pa.scalar(batch, pa.int64()), rows.num_rows))


def _parcels_after(kind: Kind, move: int) -> list[tuple[int, bytes]]:
    waiting = Parcel.objects.filter(Q(move=None) | Q(move__gt=move), store__kind=kind.name)
    found = waiting.order_by("batch").values_list("batch_id", "rows")
    return [(batch, bytes(rows)) for batch, rows in found]


def _inbox(kind: Kind, parcels: Sequence[tuple[int, bytes]]) -> pds.Dataset:
    tables = [with_batch(unpacked(rows), batch) for batch, rows in parcels]
    whole = (
        pa.concat_tables(tables)
        if tables
        else kind.stored.remove(kind.stored.get_field_index(PART)).empty_table()
    )
    return pds.dataset(whole.append_column(PART, pa.nulls(whole.num_rows, pa.string())))


def _spared(erasure: Erasure) -> pc.Expression:
    """What an erasure leaves; a column without a value is no match."""
    column = pc.field(erasure.column)
    return (column != erasure.value) | column.is_null() | (pc.field(BATCH) > erasure.until_batch)


def _narrowed(kind: Kind, where: Where, of: Snapshot | None = None) -> pds.Dataset:
    rows = (of or snapshot(kind)).rows
    return rows if where is None else rows.filter(where)


def _is_by_time(kind: Kind, order: Sequence[tuple[str, str]]) -> bool:
    return bool(order) and order[0][0] == kind.time


def _no_further(
    kind: Kind, rows: pds.Dataset, way: str, number: int, per: str | None
) -> pc.Expression:
    """Leave out what is older (or newer) than the newest (or oldest) `number` rows, of each `per` if there is one.

    Times are read alone, so that whole rows are read and put in order only where they may be wanted. Rows of the same
    time all stay: the rest of the order decides among them.
    """
    time, best = pc.field(kind.time), "max" if way == "descending" else "min"
    one = "NULL" if per is None else _quoted(per)
    text = (
        f"SELECT {one} AS one, {best}({_quoted(kind.time)}, {int(number)}) AS times"  # noqa: S608 - as above
        " FROM rows GROUP BY 1"
    )
    wanted = pc.scalar(False)
    for group in _asked(rows, text).to_pylist():
        mine = pc.scalar(True) if per is None else _is(per, group["one"])
        # Of fewer all are wanted.
        if len(group["times"]) == number:
            last = group["times"][-1]
            mine &= time >= last if way == "descending" else time <= last
        wanted |= mine
    return wanted


def _is(name: str, value: Any) -> pc.Expression:
    return pc.field(name).is_null() if value is None else pc.field(name) == value


@cache
def _duckdb() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config=DUCKDB)


def _asked(rows: pds.Dataset, text: str, values: dict[str, Any] | None = None) -> pa.Table:
    with _duckdb().cursor() as cursor:
        cursor.register("rows", rows)
        return cursor.sql(text, params=values or None).to_arrow_table()


def _figures(value: str) -> list[str]:
    name = _quoted(value)
    return [
        "count(*) AS count",
        f"min({name}) AS low",
        f"avg({name}) AS mean",
        f"max({name}) AS high",
    ]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _direction(way: str) -> str:
    return {"ascending": "ASC", "descending": "DESC"}[way]


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND
