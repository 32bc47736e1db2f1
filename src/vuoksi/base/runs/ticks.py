"""What is done again and again by the clock: `vuoksi tick` calls each of these.

An app registers its own in its `tasks.py`:

    @every_tick
    def send_digests(at: datetime) -> None: ...

Each must be quick when there is nothing to do, and right when it is called twice for the same time.
"""

from collections.abc import Callable
from datetime import datetime

OnTick = Callable[[datetime], object]

TICKS: dict[str, OnTick] = {}


def every_tick(function: OnTick) -> OnTick:
    """Call `function` with the time at each tick."""
    TICKS[f"{function.__module__}.{getattr(function, '__name__', 'tick')}"] = function
    return function
