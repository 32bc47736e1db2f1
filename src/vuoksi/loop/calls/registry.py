"""What is compared with an idea while it is written. Each app says so beside its `searchable`, in its `search.py`.

    comparable("experiments", _("Pilots"), notes=results_of)

The key is that of a kind that can be searched: what everybody may read of it is compared, in each of its languages.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Note:
    """What became of a thing, in a few words; `tone` colours the tag."""

    text: "str | Promise"
    tone: str = "neutral"


Notes = Callable[[Sequence[Any]], dict[Any, Note]]


def no_notes(_rows: Sequence[Any]) -> dict[Any, Note]:
    return {}


@dataclass(frozen=True, slots=True)
class Comparable:
    """One kind of thing: its label, and what to note of rows, by their key."""

    key: str
    label: "str | Promise"
    notes: Notes


COMPARABLE: dict[str, Comparable] = {}


def comparable(key: str, label: "str | Promise", notes: Notes = no_notes) -> None:
    """Compare the things that are searchable under `key` with what people write."""
    if key in COMPARABLE:
        raise ValueError(f"{key!r} is compared already")
    COMPARABLE[key] = Comparable(key, label, notes)


WhenStarted = Callable[..., object]

_when_started: list[WhenStarted] = []


def when_started(function: WhenStarted) -> WhenStarted:
    """Call `function(call=, by=, at=)` when a call was started from the template of its kind: panels come with it.

    An app says so in its `starting.py`.
    """
    _when_started.append(function)
    return function


def tell_started(**what: Any) -> None:
    for function in _when_started:
        function(**what)
