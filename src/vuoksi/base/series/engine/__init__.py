"""What a row is known by, and how rows travel: pure, on Arrow tables."""

from vuoksi.base.series.engine.keys import NoKey, first_of_each, keys_of
from vuoksi.base.series.engine.parcels import digest_of, packed, unpacked

__all__ = ["NoKey", "digest_of", "first_of_each", "keys_of", "packed", "unpacked"]
