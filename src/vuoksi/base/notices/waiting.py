"""What waits for an answer, over all apps. Each app says so of its own in its `waiting.py`:

    @waiting_for("decisions.evidence", _("An experiment has ended without evidence"))
    def without_evidence(user: User, today: date) -> Iterable[Waiting]: ...

The function gives what the person may read, those first that have waited longest, at most MOST of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.utils.functional import Promise
from django.utils.timezone import localtime

from vuoksi.base.people.models import User
from vuoksi.base.texts.queries import Rendered

MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: for whom, since when, and until when somebody should have acted."""

    kind: "str | Promise"
    name: Rendered
    url: str
    whom: str
    since: date
    due: date | None = None
    is_late: bool = False


Source = Callable[[User, date], Iterable[Waiting]]

SOURCES: dict[str, tuple["str | Promise", Source]] = {}


def waiting_for(key: str, label: "str | Promise") -> Callable[[Source], Source]:
    """Register a function that gives what waits, under a key that no other has."""

    def register(function: Source) -> Source:
        if key in SOURCES:
            raise ValueError(f"the source {key!r} stands twice")
        SOURCES[key] = (label, function)
        return function

    return register


def everything_waiting(
    user: User, at: datetime
) -> dict[str, tuple["str | Promise", list[Waiting]]]:
    """All that waits, by source; sources with nothing are left out."""
    today = localtime(at).date()
    found = {
        key: (label, list(islice(function(user, today), MOST)))
        for key, (label, function) in SOURCES.items()
    }
    return {key: one for key, one in found.items() if one[1]}
