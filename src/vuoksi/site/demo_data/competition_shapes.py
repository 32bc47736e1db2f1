"""What competition.json holds: calls of the demo that begin from the templates of their kinds, all invented."""

from dataclasses import dataclass
from datetime import date

from vuoksi.site.demo_data.shapes import Text


@dataclass(frozen=True)
class Share:
    """What one city of a joint call decides."""

    city: str
    amount: int
    text: str
    outcome: str = "accepted"


@dataclass(frozen=True)
class Entry:
    """An entry; `quality` is what experts think of it, 1 to 5; `responses` answer the questions in their order."""

    key: str
    author: str
    language: str
    category: str
    quality: int
    title: Text
    text: Text
    responses: tuple[str, ...]
    entered: date
    shares: tuple[Share, ...] = ()
    outcome: str = ""
    answer: Text | None = None


@dataclass(frozen=True)
class Call:
    """A call without a jury in the demo: sealed, or of several cities."""

    key: str
    first_day: date
    organiser: str
    goal: str
    title: Text
    entries: tuple[Entry, ...]
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class Citation:
    """Why an entry is awarded."""

    entry: str
    text: Text


@dataclass(frozen=True)
class Competition:
    """A competition with its people and what they say."""

    key: str
    first_day: date
    organiser: str
    goal: str
    title: Text
    experts: tuple[str, ...]
    jury: tuple[str, ...]
    to_author: Text
    award: Text
    citations: tuple[Citation, ...]
    accepted: Text
    refused: Text
    entries: tuple[Entry, ...]
