"""What `ingest.py` asks inside the application: an experiment with five datastreams, one of them long; and counts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import city
import cpu
import numpy as np
import pyarrow as pa
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from vuoksi.base.people.actions import create_person, create_token, grant_role
from vuoksi.base.people.models import Role, User
from vuoksi.base.people.tokens import new_secret
from vuoksi.base.series import actions as series
from vuoksi.base.series import tasks
from vuoksi.base.series.models import Batch
from vuoksi.loop.experiments.measurements.actions import Draft, connect
from vuoksi.loop.experiments.measurements.models import (
    Datastream,
    ObservedProperty,
    Sensor,
    Thing,
)
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS
from vuoksi.loop.experiments.plans.models import Experiment

START = datetime(2025, 1, 1, tzinfo=UTC)
ROWS_A_BATCH = 100_000


def build(rows: int) -> dict[str, Any]:
    """Make the city, the sensors and one datastream of `rows` observations, 20 seconds apart, all moved."""
    city.build(1)
    at, experiment = timezone.now(), Experiment.objects.get(slug="bench")
    by, secret = person_with_role(at), new_secret()
    create_token(
        user=by, name="poles", scopes=["measurements:write"], secret=secret,
        expires_at=at + timedelta(days=1), at=at,
    )  # fmt: skip
    streams = [connect(draft=_draft(n), experiment=experiment, by=by, at=at).pk for n in range(5)]
    for first in range(0, rows, ROWS_A_BATCH):
        series.append(
            kind=OBSERVATIONS, rows=_rows(streams[4], first, min(ROWS_A_BATCH, rows - first)), by=by, at=at
        )  # fmt: skip
    tasks.tend_stores(at)
    long = streams[4]
    # The long one feeds the measure of the experiment, so that the experiment's page counts its days.
    Experiment.objects.filter(pk=experiment.pk).update(design="before_after")
    Datastream.objects.filter(pk=long).update(arm="before", unit_code="pole-4")
    return {
        "secret": secret,
        "streams": streams,
        "pages": {
            "page of its experiment": "/experiments/bench/",
            "page that draws it": f"/experiments/bench/datastreams/{long}/",
            "its newest hundred": f"/sta/v1.1/Datastreams({long})/Observations?$orderby=phenomenonTime%20desc",
            "one hundred of one day": (
                f"/sta/v1.1/Datastreams({long})/Observations?$filter=phenomenonTime%20ge%202025-02-01T00:00:00Z"
                "%20and%20phenomenonTime%20lt%202025-02-02T00:00:00Z&$count=true"
            ),
            "a dashboard: newest of each": (
                "/sta/v1.1/Things?$expand=Locations,Datastreams($expand=ObservedProperty,"
                "Observations($top=1;$orderby=phenomenonTime%20desc))"
            ),
            "hourly filter with functions": (
                f"/sta/v1.1/Datastreams({long})/Observations?$filter=hour(phenomenonTime)%20eq%207%20and%20"
                "result%20mul%202%20gt%2010&$top=10"
            ),
        },
    }


def person_with_role(at: datetime) -> User:
    by = create_person(email="poles@example.org", name="Poles", password=None, language="en", at=at)
    grant_role(user=by, role=Role.STAFF, by=None, at=at)
    return by


def count() -> int:
    found: int | None = Batch.objects.aggregate(sum=Sum("added"))["sum"]
    return found or 0


def database_process() -> int | None:
    """The process of the database server, None for a database that has none."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    return cpu.parent_of(backend)


def _draft(number: int) -> Draft:
    return Draft(
        Datastream,
        {
            "name": f"Air {number}",
            "description": "Temperature",
            "observation_type": "OM_Measurement",
            "unit_of_measurement": {"name": "degree Celsius", "symbol": "°C", "definition": "x"},
        },
        needs={
            "thing": Draft(Thing, {"name": f"Pole {number}"}),
            "sensor": Draft(Sensor, {"name": "DHT22", "encoding_type": "x", "metadata": "x"}),
            "observed_property": Draft(ObservedProperty, {"name": "Heat", "definition": "x"}),
        },
    )


def _rows(stream: int, first: int, count_: int) -> pa.Table:
    steps = np.arange(first, first + count_)
    times = np.datetime64(START.replace(tzinfo=None), "us") + steps * np.timedelta64(20, "s")
    nothing = pa.nulls(count_)
    columns = {
        "datastream": np.full(count_, stream),
        "start": pa.array(times).cast(pa.timestamp("us", "UTC")),
        "result": 10 + 10 * np.sin(steps / 700.0),
    }
    return pa.table({name: columns.get(name, nothing) for name in OBSERVATIONS.schema.names}).cast(
        OBSERVATIONS.schema
    )
