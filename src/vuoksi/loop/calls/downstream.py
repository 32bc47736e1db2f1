"""What became of an entry, as higher storeys know it.

Experiments and decisions register a function each; the idea's page shows their cards. The function gets many entries
at once, so that a list of ideas costs one query a function, and gives the cards of each by the entry's key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from vuoksi.base.people.rules import Person
from vuoksi.loop.calls.models import Call, Entry


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


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person may do next with a thing on a higher storey: a button on its page."""

    label: "str | Promise"
    url: str


Offers = Callable[[Person, Entry], list[Offer]]

_offers: list[Offers] = []


def offered_on_entry(function: Offers) -> Offers:
    """Register a function that gives what a person may do next with an entry."""
    _offers.append(function)
    return function


def offers_on(user: Person, entry: Entry) -> list[Offer]:
    """Give the buttons that higher storeys put on an idea's page for this person."""
    return [offer for function in _offers for offer in function(user, entry)]


CallOffers = Callable[[Person, Call], list[Offer]]

_call_offers: list[CallOffers] = []


def offered_on_call(function: CallOffers) -> CallOffers:
    """Register a function that gives what a person may do, or read, of a call on a higher storey."""
    _call_offers.append(function)
    return function


def offers_on_call(user: Person, call: Call) -> list[Offer]:
    return [offer for function in _call_offers for offer in function(user, call)]
