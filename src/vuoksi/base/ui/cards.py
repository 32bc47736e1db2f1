"""Cards that higher storeys put on the first page. Each app's `cards.py` is found by itself.

@home_card("try", order=20)
def swimming(request: HttpRequest) -> Card | None: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from django.http import HttpRequest
from django.utils.functional import Promise

Section = Literal["reach", "try", "part"]
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Card:
    """What "ui/card.html" shows."""

    title: Text
    url: str = ""
    body: Text = ""
    meta: Text = ""
    tag: Text = ""
    tone: str = "neutral"


Maker = Callable[[HttpRequest], Card | None]
M = TypeVar("M", bound=Maker)
MAKERS: dict[str, list[tuple[int, str, Maker]]] = {section: [] for section in get_args(Section)}


def home_card(section: Section, order: int) -> Callable[[M], M]:
    """Put a card into a section of the first page; smaller orders stand first."""

    def register(make: M) -> M:
        MAKERS[section].append((order, f"{make.__module__}.{make.__qualname__}", make))
        MAKERS[section].sort(key=lambda entry: entry[:2])
        return make

    return register


def home_cards(section: Section, request: HttpRequest) -> list[Card]:
    """Give a section's cards; a maker that has nothing to show gives None."""
    made = (make(request) for _order, _name, make in MAKERS[section])
    return [card for card in made if card is not None]
