"""The observations of all datastreams: one kind of series, in which a datastream has one result at one time."""

import pyarrow as pa

from vuoksi.base.series.registry import STAMP, Kind, kind

OBSERVATIONS = kind(
    Kind(
        "experiments.observations",
        schema=pa.schema(
            [
                pa.field("datastream", pa.int64()),
                # The phenomenon time; without an end it is an instant.
                pa.field("start", STAMP),
                pa.field("end", STAMP),
                # A result is a number, or anything else as JSON.
                pa.field("result", pa.float64()),
                pa.field("other", pa.string()),
                pa.field("result_time", STAMP),
                pa.field("feature", pa.int64()),
                # parameters, resultQuality and validTime as JSON, null for none.
                pa.field("more", pa.string()),
            ]
        ),
        key=("datastream", "start", "end"),
        time="start",
        erased_by=("datastream",),
    )
)
