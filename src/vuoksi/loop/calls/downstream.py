"""What became of an entry, as higher storeys know it.

Experiments and decisions register a function each; the idea's page shows their cards. The function gets many entries
at once, so that a list of ideas costs one query a function, and gives the cards of each by the entry's key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from vuoksi.loop.calls.models import Entry


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that came of an entry: `tone` colours its tag (neutral, info, good, warn, bad, idea, try, decide)."""

    title: str
    url: str
    label: "str | Promise"
    tone: str
    text: str = ""
    at: datetime | None = None


Cards = Callable[[Sequence[Entry]], dict[int, list[Step]]]

_functions: list[Cards] = []


def downstream_of_entry(function: Cards) -> Cards:
    """Register a function from entries to what came of each."""
    _functions.append(function)
    return function


def steps_after(entries: Sequence[Entry]) -> dict[int, list[Step]]:
    """Give what came of each entry, in the order in which the storeys registered."""
    found: dict[int, list[Step]] = {entry.pk: [] for entry in entries}
    if not entries:
        return found
    for function in _functions:
        for key, steps in function(entries).items():
            found[key].extend(steps)
    return found
