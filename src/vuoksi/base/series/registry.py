"""The kinds of series: each is declared in the `series.py` of the app that measures.

OBSERVATIONS = kind(
    Kind("experiments.observations", schema=…, key=("datastream", "start", "end"), time="start", erased_by=("datastream",))
)
"""

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

# Columns that the store adds to every row: the batch it came with, and the part of the table it lies in.
BATCH = "batch"
PART = "part"
STAMP = pa.timestamp("us", "UTC")

# Names of parts sort as their times do.
PART_NAMES = {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of series.

    `key` are the columns that tell one row from every other. `time` is the column (a UTC timestamp in microseconds,
    never null) by which rows are parted, kept and forgotten. `erased_by` are the columns by whose value rows can be
    erased. A key is remembered for `keys_days`; what comes later than that is looked for in the store itself.
    """

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    time: str
    erased_by: tuple[str, ...] = ()
    parts: Literal["day", "month", "year"] = "month"
    retention_days: int | None = None
    keys_days: int = 30

    @property
    def stored(self) -> pa.Schema:
        """The schema of the store: the rows' own columns, and those that it adds."""
        return pa.schema([*self.schema, pa.field(BATCH, pa.int64()), pa.field(PART, pa.string())])

    @property
    def part_names(self) -> str:
        """How a part is named after a time, for strftime."""
        return PART_NAMES[self.parts]


KINDS: dict[str, Kind] = {}


def kind(new: Kind) -> Kind:
    """Declare a kind of series. Raises ValueError for a declaration that cannot work."""
    faults = [*_faults(new)]
    if faults:
        raise ValueError(f"series {new.name}: {'; '.join(faults)}")
    KINDS[new.name] = new
    return new


def _faults(new: Kind) -> list[str]:
    named = {*new.key, new.time, *new.erased_by}
    unknown = sorted(named - set(new.schema.names))
    taken = sorted({BATCH, PART} & set(new.schema.names))
    found = [f"no column is named {name}" for name in unknown]
    found += [f"the column {name} is the store's own" for name in taken]
    if new.name in KINDS:
        found.append("stands twice")
    if not unknown:
        found += _faults_of_types(new)
    return found


def _faults_of_types(new: Kind) -> list[str]:
    found = [
        f"{name} must be a whole number or a text to erase by"
        for name in new.erased_by
        if new.schema.field(name).type not in {pa.int64(), pa.string()}
    ]
    if new.schema.field(new.time).type != STAMP:
        found.append(f"{new.time} must be {STAMP}")
    return found
