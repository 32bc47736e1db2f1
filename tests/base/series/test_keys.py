from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.base.series.engine import NoKey, digest_of, first_of_each, keys_of, packed, unpacked

TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(
    lambda time: time.replace(tzinfo=UTC)
)
ROWS = st.tuples(
    st.one_of(st.none(), st.integers(-(2**63) + 1, 2**63 - 1)),
    st.one_of(st.none(), st.text(max_size=3)),
    st.one_of(st.none(), TIMES),
)
SCHEMA = pa.schema([("n", pa.int64()), ("t", pa.string()), ("at", pa.timestamp("us", "UTC"))])


def table(rows):
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA)


@given(st.lists(ROWS, min_size=1, max_size=12))
def test_two_rows_have_one_key_only_when_their_values_are_the_same(rows):
    keys = keys_of(table(rows), SCHEMA.names)
    assert len(set(keys)) == len(set(rows))
    assert {len(key) for key in keys} == {8 + 16 + 8}
    assert keys == [keys_of(table([row]), SCHEMA.names)[0] for row in rows]


@given(st.lists(st.integers(-(2**63) + 1, 2**63 - 1), min_size=1))
def test_keys_of_numbers_sort_as_the_numbers(numbers):
    rows = table([(number, None, None) for number in numbers])
    assert sorted(keys_of(rows, ["n"])) == [
        keys_of(table([(number, None, None)]), ["n"])[0] for number in sorted(numbers)
    ]


@given(st.lists(st.sampled_from([b"a", b"b", b"c"])))
def test_the_first_of_each_key_is_taken(keys):
    assert first_of_each(keys) == [
        place for place, key in enumerate(keys) if key not in keys[:place]
    ]


def test_a_date_may_be_part_of_a_key():
    days = pa.table({"day": pa.array([0, 1], pa.date32())})
    assert len(set(keys_of(days, ["day"]))) == 2


def test_a_fraction_is_no_key():
    with pytest.raises(NoKey, match="value is double"):
        keys_of(pa.table({"value": [1.5]}), ["value"])


@given(st.lists(ROWS, max_size=5))
def test_a_parcel_opens_as_it_was_packed(rows):
    parcel = packed(table(rows))
    assert unpacked(parcel) == table(rows)
    assert digest_of(parcel) == digest_of(packed(table(rows)))
