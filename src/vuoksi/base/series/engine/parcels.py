"""Rows on their way to the store: an Arrow stream, packed, as one value of the database.

Arrow IPC streaming format: https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format
"""

import hashlib

import pyarrow as pa

OPTIONS = pa.ipc.IpcWriteOptions(compression="zstd")


def packed(rows: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema, options=OPTIONS) as stream:
        stream.write_table(rows)
    return bytes(sink.getvalue())


def unpacked(parcel: bytes) -> pa.Table:
    with pa.ipc.open_stream(pa.py_buffer(parcel)) as stream:
        return stream.read_all()


def digest_of(parcel: bytes) -> str:
    """SHA-256 of the very bytes that were kept: what the audit of a batch rests on."""
    return hashlib.sha256(parcel).hexdigest()
