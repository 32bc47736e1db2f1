"""One text for the same data, and its fingerprint: how a plan is frozen.

The format, so that anybody can recompute a digest in any language:

- JSON without spaces or line breaks; the keys of every object sorted by Unicode code point;
- strings as they are (no normalisation), escaped only where JSON demands it (the quotation mark,
  the backslash and control characters, in the short form where there is one), encoded as UTF-8;
- whole numbers in plain digits; a float as the shortest decimal that reads back as the same
  double, always with a point or an exponent (``1.0``, ``0.1``, ``1e+22``): ``1`` and ``1.0`` differ;
- a ``Decimal`` as a string with its own digits (``"1.50"``); dates and times as ISO 8601 strings;
- no NaN and no infinity;
- the digest is the SHA-256 of those bytes in 64 lower-case hexadecimal digits (FIPS 180-4,
  doi:10.6028/NIST.FIPS.180-4).

Store the text beside the digest: a database's own JSON type may rewrite numbers.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal


def canonical(data: object) -> str:
    """Write `data` as canonical JSON.

    Parameters
    ----------
    data
        Mappings with string keys, lists, tuples, strings, numbers, booleans, None, ``Decimal``,
        ``date``, ``datetime`` and ``time``, nested at will.

    Raises
    ------
    TypeError
        For anything else: a digest must not depend on how a class happens to print itself.
    ValueError
        For a number that is not finite.
    """
    return json.dumps(
        _plain(data),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def digest(data: object) -> str:
    """SHA-256 of `canonical(data)` in UTF-8, as 64 lower-case hexadecimal digits."""
    return digest_of_text(canonical(data))


def digest_of_text(text: str) -> str:
    """SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(data: object) -> object:
    if isinstance(data, Mapping):
        return {_key(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    return _scalar(data)


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"A key must be a string, not {type(key).__name__}.")
    return key


def _scalar(value: object) -> object:
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise ValueError(f"{value} is not a finite number.")
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"No canonical form for {type(value).__name__}.")
