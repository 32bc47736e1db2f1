from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from vuoksi.base.series import registry, store, tasks

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SCHEMA = pa.schema(
    [
        pa.field("meter", pa.int64()),
        pa.field("place", pa.string()),
        pa.field("time", registry.STAMP),
        pa.field("value", pa.float64()),
    ]
)


@pytest.fixture
def meters(settings, tmp_path):
    """A kind of series with a folder of its own."""
    settings.SERIES_ROOT = tmp_path / "series"
    kind = registry.kind(
        registry.Kind(
            "tests.meters",
            schema=SCHEMA,
            key=("meter", "place", "time"),
            time="time",
            erased_by=("meter", "place"),
            retention_days=400,
        )
    )
    yield kind
    registry.KINDS.pop(kind.name)


def row(second, meter=1, place="A", value=None):
    return {
        "meter": meter,
        "place": place,
        "time": NOW + timedelta(seconds=second),
        "value": float(second) if value is None else value,
    }


def tend(kind, at=NOW):
    """What a tick does."""
    with store.held(store.place_of(kind).parent):
        tasks.tend(kind, at=at)
