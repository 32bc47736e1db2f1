"""Rows come in once, are read once, and move without a difference to those who read."""

from contextlib import closing
from datetime import timedelta

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.db import connection

from tests.base.series.conftest import NOW, row, tend
from tests.factories.people import UserFactory
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.series import actions, queries, registry, store, tasks
from vuoksi.base.series.models import Batch, Erasure, Key, Parcel, Store

pytestmark = pytest.mark.django_db


def append(kind, *rows, at=NOW, **more):
    return actions.append(kind=kind, rows=list(rows), by=None, at=at, **more)


def seconds(kind, **how):
    found = queries.read(kind, order=[("time", "ascending")], **how)
    return [int((time - NOW).total_seconds()) for time in found.column("time").to_pylist()]


def test_what_came_is_read_before_and_after_it_moved(meters):
    append(meters, row(2), row(1))
    assert (seconds(meters), Parcel.objects.count()) == ([1, 2], 1)

    tend(meters)

    assert (seconds(meters), Parcel.objects.count()) == ([1, 2], 0)
    append(meters, row(3))
    assert seconds(meters) == [1, 2, 3]
    assert queries.read(meters, where=pc.field("value") == 3).to_pylist() == [row(3)]


def test_a_repeated_row_is_counted_and_passed_over(meters):
    assert append(meters, row(1), row(2), row(1)) == actions.Receipt(2, 1, [True, True, False])
    assert append(meters, row(2, value=9), row(3)) == actions.Receipt(1, 1, [False, True])
    tend(meters)
    assert append(meters, row(1), row(2), row(3)) == actions.Receipt(0, 3, [False] * 3)

    assert queries.count(meters) == 3
    assert [batch.repeated for batch in queries.batches(meters)] == [1, 1]


def test_a_batch_tells_who_sent_it_and_leaves_no_other_audit(meters):
    user = UserFactory()
    before = AuditEntry.objects.count()

    actions.append(kind=meters, rows=[row(1)], by=user, at=NOW, sender="token vuoksi_abc")

    batch = Batch.objects.get()
    assert (batch.by, batch.sender, batch.at, batch.added) == (user, "token vuoksi_abc", NOW, 1)
    assert len(batch.digest) == 64
    assert AuditEntry.objects.count() == before


def test_rows_that_do_not_fit_are_refused_as_a_whole(meters):
    with pytest.raises(pa.ArrowInvalid):
        append(meters, row(1), {**row(2), "value": "much"})

    assert (Key.objects.count(), Batch.objects.count()) == (0, 0)


def test_rows_are_ordered_and_cut(meters):
    append(meters, *(row(second) for second in range(5)))
    tend(meters)
    append(meters, *(row(second) for second in range(5, 9)))

    page = queries.read(
        meters, columns=["value"], order=[("time", "descending")], limit=3, offset=2
    )

    assert page.to_pydict() == {"value": [6.0, 5.0, 4.0]}
    assert queries.count(meters, where=pc.field("value") >= 4) == 5
    assert queries.span(meters) == (NOW, NOW + timedelta(seconds=8))
    assert queries.span(meters, where=pc.field("meter") == 2) is None


def test_buckets_are_never_more_than_asked_and_hold_every_row(meters):
    append(meters, *(row(second) for second in range(100)))

    found = queries.buckets(
        meters, value="value", start=NOW, end=NOW + timedelta(seconds=100), most=7
    )

    assert (len(found), sum(bucket["count"] for bucket in found)) == (7, 100)
    assert (found[0]["at"], found[0]["low"], found[0]["high"]) == (NOW, 0, 14)
    assert found[0]["mean"] == pytest.approx(7)


def test_values_are_summed_by_group_and_day_in_a_time_zone(meters):
    late = 9 * 3600 + 1800  # 21.30 UTC is the next day in Helsinki
    append(meters, row(0, value=1.0), row(60, value=3.0), row(late, value=8.0), row(5, meter=2))

    found = queries.summed(meters, value="value", by=["meter"], zone="Europe/Helsinki")

    assert [(one["meter"], one["day"].day, one["count"], one["mean"]) for one in found] == [
        (1, 4, 2, 2.0),
        (1, 5, 1, 8.0),
        (2, 4, 1, 5.0),
    ]


def test_a_move_that_was_committed_and_not_ended_is_not_written_again(meters):
    append(meters, row(1), row(2))
    tend(meters)
    append(meters, row(3))
    move = actions.begin_move(kind=meters)
    store.append(meters, tasks._rows_of(meters, Store.objects.get()), move)
    # The process dies here: the rows stand in both places.
    assert (Parcel.objects.count(), store.moved_up_to(store.opened(meters))) == (1, 2)
    assert seconds(meters) == [1, 2, 3]
    append(meters, row(4))

    tend(meters)

    assert (seconds(meters), Parcel.objects.count()) == ([1, 2, 3, 4], 0)


def test_a_move_that_was_begun_and_not_written_is_written(meters):
    append(meters, row(1))
    assert actions.begin_move(kind=meters) == 1
    append(meters, row(2))
    assert seconds(meters) == [1, 2]

    tend(meters)

    assert (seconds(meters), Store.objects.get().last_move) == ([1, 2], 2)


@pytest.mark.parametrize("harm", ["log", "data", "missing"])
def test_what_the_disk_lost_is_moved_again(meters, harm):
    append(meters, row(1))
    tend(meters)
    append(meters, row(2))
    move = actions.begin_move(kind=meters)
    place = store.place_of(meters)
    before = set(place.rglob("*.parquet"))
    store.append(meters, tasks._rows_of(meters, Store.objects.get()), move)
    # The power fails before the disk has everything.
    (new,) = set(place.rglob("*.parquet")) - before
    newest = max((place / "_delta_log").glob("*.json"))
    {
        "log": lambda: newest.write_text(""),
        "data": lambda: new.write_bytes(b""),
        "missing": new.unlink,
    }[harm]()

    tend(meters)

    assert (seconds(meters), Parcel.objects.count()) == ([1, 2], 0)


def test_a_database_older_than_its_tables_is_refused(meters):
    append(meters, row(1))
    tend(meters)
    Store.objects.update(last_move=0)
    append(meters, row(2))

    with pytest.raises(store.Astray):
        tend(meters)

    assert Parcel.objects.count() == 1


def test_erased_rows_are_not_read_and_leave_the_files(meters):
    append(meters, row(1), row(2, meter=2))
    tend(meters)
    append(meters, row(3), row(4, meter=2))

    actions.erase(kind=meters, column="meter", value=1, by=None, at=NOW)
    assert seconds(meters) == [2, 4]
    tend(meters)

    assert (seconds(meters), Erasure.objects.count()) == ([2, 4], 0)
    table = store.opened(meters)
    assert sorted(table.to_pyarrow_table().column("meter").to_pylist()) == [2, 2]
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "series.erase",
        "series.end_erasure",
    ]
    # A device that sends it again does not bring it back; what is new comes in.
    assert append(meters, row(1), row(5)).added == 1
    assert seconds(meters) == [2, 4, 5]


def test_rows_are_erased_by_a_text_with_quotes(meters):
    append(meters, row(1, place="O'Brien"), row(2))
    tend(meters)

    actions.erase(kind=meters, column="place", value="O'Brien", by=None, at=NOW)
    tend(meters)

    assert store.opened(meters).to_pyarrow_table().column("place").to_pylist() == ["A"]


def test_rows_are_erased_only_by_what_the_kind_declares(meters):
    with pytest.raises(ValueError, match="not erased by value"):
        actions.erase(kind=meters, column="value", value=1, by=None, at=NOW)


def test_parts_that_outlived_their_time_are_dropped(meters):
    append(meters, row(1), row(2))
    tend(meters)
    later = NOW + timedelta(days=440)
    append(meters, row(440 * 86400), at=later)

    tend(meters, later)

    assert seconds(meters) == [440 * 86400]
    assert AuditEntry.objects.get().details == {"parts": ["2026-05"]}


def test_a_late_duplicate_is_known_after_its_key_was_forgotten(meters):
    append(meters, row(1), row(2))
    tend(meters)
    later = NOW + timedelta(days=40)
    append(meters, row(40 * 86400), at=later)

    tend(meters, later)

    assert (Key.objects.count(), Store.objects.get().forgotten_until) == (
        1,
        NOW + timedelta(seconds=2),
    )
    assert append(meters, row(1), row(0), row(41 * 86400), at=later) == actions.Receipt(
        2, 1, [False, True, True]
    )
    assert seconds(meters) == [0, 1, 2, 40 * 86400, 41 * 86400]


def test_keys_of_rows_that_wait_are_not_forgotten(meters):
    append(meters, row(1))
    tend(meters)
    append(meters, row(2))

    tasks._forget_keys(meters, NOW + timedelta(days=40))

    assert Key.objects.count() == 2


def test_many_small_files_become_one(meters, monkeypatch):
    monkeypatch.setattr(store, "FEW_FILES", 3)
    for second in range(4):
        append(meters, row(second))
        tend(meters)
    table = store.opened(meters)
    assert (seconds(meters), len(table.file_uris())) == ([0, 1, 2, 3], 1)
    assert store.moved_up_to(table) == 4


def test_a_checkpoint_keeps_count_of_the_moves(meters, monkeypatch):
    monkeypatch.setattr(store, "COMMITS_A_CHECKPOINT", 2)
    for second in range(4):
        append(meters, row(second))
        tend(meters)
    log = store.place_of(meters) / "_delta_log"
    assert list(log.glob("*.checkpoint.parquet"))
    assert (seconds(meters), store.moved_up_to(store.opened(meters))) == ([0, 1, 2, 3], 4)

    # The power failed while the checkpoint was written: the commits are still there.
    max(log.glob("*.checkpoint.parquet")).write_bytes(b"")
    append(meters, row(4))
    tend(meters)
    assert seconds(meters) == [0, 1, 2, 3, 4]


def test_replaced_files_are_removed(meters, monkeypatch):
    append(meters, row(1), row(2, meter=2))
    tend(meters)
    actions.erase(kind=meters, column="meter", value=1, by=None, at=NOW)
    tend(meters)
    assert len(list(store.place_of(meters).rglob("part=*/*.parquet"))) == 2

    monkeypatch.setattr(store, "REPLACED_STAY_HOURS", 0)
    tend(meters)

    assert len(list(store.place_of(meters).rglob("part=*/*.parquet"))) == 1
    assert seconds(meters) == [2]


def test_the_tick_waits_for_who_copies_the_tables(meters, settings):
    append(meters, row(1))
    with store.held(settings.SERIES_ROOT):
        tasks.tend_stores(NOW)
        assert Parcel.objects.count() == 1
    tasks.tend_stores(NOW)
    assert Parcel.objects.count() == 0


def test_a_version_changes_with_every_row_that_comes_or_goes(meters):
    versions = [queries.snapshot(meters).version]
    append(meters, row(1))
    versions.append(queries.snapshot(meters).version)
    append(meters, row(2))
    versions.append(queries.snapshot(meters).version)
    actions.erase(kind=meters, column="meter", value=1, by=None, at=NOW)
    versions.append(queries.snapshot(meters).version)
    tend(meters)
    versions.append(queries.snapshot(meters).version)
    assert len(set(versions)) == 5


def test_a_table_that_changes_under_the_reader_is_read_again(meters, monkeypatch):
    append(meters, row(1))
    tend(meters)
    append(meters, row(2))
    ask = queries._parcels_after

    def moved_meanwhile(kind, move):
        monkeypatch.setattr(queries, "_parcels_after", ask)
        tend(kind)
        return ask(kind, move)

    monkeypatch.setattr(queries, "_parcels_after", moved_meanwhile)
    assert seconds(meters) == [1, 2]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"key": ("nowhere",)}, "no column is named nowhere"),
        ({"time": "value"}, "time must be|value must be timestamp"),
        ({"erased_by": ("value",)}, "value must be a whole number or a text"),
        ({"schema": pa.schema([("batch", pa.int64()), ("time", registry.STAMP)]), "key": ("time",)}, "batch is the store's own"),
    ],
)  # fmt: skip
def test_a_declaration_that_cannot_work_is_refused(meters, wrong, fault):
    right = {"schema": meters.schema, "key": ("time",), "time": "time"}
    with pytest.raises(ValueError, match=fault):
        registry.kind(registry.Kind("tests.wrong", **{**right, **wrong}))
    with pytest.raises(ValueError, match="stands twice"):
        registry.kind(meters)


@pytest.mark.django_db(transaction=True)
def test_a_move_stands_in_the_database_before_the_table_holds_it(meters):
    append(meters, row(1))
    tend(meters)
    assert (seconds(meters), Store.objects.get().last_move) == ([1], 1)


@pytest.mark.parametrize("way", ["ascending", "descending"])
@pytest.mark.parametrize("number", [1, 2, 5])
@pytest.mark.parametrize("offset", [0, 1])
def test_the_newest_and_the_oldest_of_each(meters, way, number, offset):
    rows = [row(second, meter, place) for meter in (1, 2) for second in (1, 2, 3) for place in "AB"]
    append(meters, *rows[:7])
    tend(meters)
    append(meters, *rows[7:], row(9, meter=3))

    found = queries.read(
        meters,
        order=[("time", way), ("meter", "ascending"), ("place", "ascending")],
        limit=number,
        offset=offset,
        per="meter",
    ).to_pylist()

    for meter, mine in ((1, rows[:6]), (2, rows[6:]), (3, [row(9, meter=3)])):
        ordered = sorted(mine, key=lambda one: one["place"])
        ordered.sort(key=lambda one: one["time"], reverse=way == "descending")
        assert [one for one in found if one["meter"] == meter] == ordered[offset : offset + number]


@pytest.mark.django_db(transaction=True)
def test_a_store_moves_on_while_somebody_reads_the_database(meters):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone() == (2,)  # FULL: what is committed is on the disk
    append(meters, row(1))
    with closing(connection.copy()) as reader, reader.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM series_parcel")
        cursor.fetchone()
        append(meters, row(2))
        tend(meters)

    assert (seconds(meters), Parcel.objects.count()) == ([1, 2], 0)
