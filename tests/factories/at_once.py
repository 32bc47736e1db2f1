"""Many who act in the same moment, over database connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

ASKERS = 8


def all_at_once(work, askers=ASKERS):
    """Run `work(n)` in as many threads as there are askers, all let go together; give what each came back with."""
    barrier = Barrier(askers)

    def one(n):
        try:
            barrier.wait(20)
            return work(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(askers) as pool:
        return list(pool.map(one, range(askers)))
