"""The key of a row as bytes of one length, so that one unique index serves every kind of series.

A whole number, a time or a date takes eight bytes, big end first and with its sign turned, so that keys sort as the
rows do: rows of one sensor come to the right-hand end of their part of the index. A text takes the sixteen bytes of its
BLAKE2b digest (RFC 7693); two texts of one digest are not to be expected in the life of any city.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NUMBER_BYTES = 8
TEXT_BYTES = 16
# Nothing is as good a value as any other: an instant has no end.
NOTHING = np.iinfo(np.int64).min
Bytes = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
SIGN = np.uint64(1 << 63)


class NoKey(ValueError):
    """A column of this type tells no row from another."""


def keys_of(rows: pa.Table, columns: Sequence[str]) -> list[bytes]:
    """Give the key of each row, made from `columns`; raises NoKey for a type such as float."""
    parts = [_part(rows.column(name).combine_chunks(), name) for name in columns]
    packed = np.concatenate(parts, axis=1)
    width = packed.shape[1]
    whole = packed.tobytes()
    return [whole[place : place + width] for place in range(0, len(whole), width)]


def first_of_each(keys: Sequence[bytes]) -> list[int]:
    """Give the places of the first row of each key, in their order."""
    seen: dict[bytes, int] = {}
    for place, key in enumerate(keys):
        seen.setdefault(key, place)
    return list(seen.values())


def _part(column: pa.Array, name: str) -> Bytes:
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_temporal(kind):
        return _of_numbers(column)
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        return _of_texts(column)
    raise NoKey(f"{name} is {kind}; a key is made of whole numbers, times and texts")


def _of_numbers(column: pa.Array) -> Bytes:
    if pa.types.is_date32(column.type):
        column = column.cast(pa.int32())
    numbers = pc.fill_null(column.cast(pa.int64()), NOTHING).to_numpy(zero_copy_only=False)
    turned = numbers.view(np.uint64) ^ SIGN
    parts: Bytes = turned.astype(">u8").view(np.uint8).reshape(-1, NUMBER_BYTES)
    return parts


def _of_texts(column: pa.Array) -> Bytes:
    """Digest each different text once: a batch holds few."""
    encoded = column.dictionary_encode()
    known = [_digest(value) for value in encoded.dictionary.to_pylist()]
    # The last place stands for no text at all.
    table = np.frombuffer(b"".join([*known, bytes(TEXT_BYTES)]), np.uint8).reshape(-1, TEXT_BYTES)
    places = pc.fill_null(encoded.indices, len(known)).to_numpy(zero_copy_only=False)
    parts: Bytes = table[places]
    return parts


def _digest(value: str | bytes) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return hashlib.blake2b(raw, digest_size=TEXT_BYTES).digest()
