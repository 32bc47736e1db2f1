"""What testbeds.json holds: testbeds with what they offer, templates of agreements, and one experiment's use of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from vuoksi.site.demo_data.shapes import Text


@dataclass(frozen=True)
class Offering:
    """What is offered as numbered units; `opens` and `closes` are hours, `weekdays` ISO numbers."""

    key: str
    kind: str
    units: int
    slot: str
    weekdays: str
    opens: int
    closes: int
    lead_days: int
    price_cents: int | None
    needs_approval: bool
    title: Text
    summary: Text
    price_note: Text


@dataclass(frozen=True)
class Testbed:
    """A testbed at the place of the same key."""

    key: str
    demo: bool
    owner: str
    title: Text
    summary: Text
    rules: Text
    contact: Text
    source: str
    offerings: tuple[Offering, ...]


@dataclass(frozen=True)
class Template:
    key: str
    language: str
    title: str
    text: str
    source: str


@dataclass(frozen=True)
class Booking:
    """`answer` is approve or refuse, or empty while it waits."""

    key: str
    testbed: str
    offering: str
    first: date
    last: date
    units: int
    asked: date
    answer: str
    purpose: str
    reason: str


@dataclass(frozen=True)
class Story:
    """How one experiment got its checklist, its agreement and its bookings."""

    experiment: str
    person: str
    organisation: str
    source: str
    checklist_on: date
    yes: tuple[str, ...]
    assessment: str
    agreement_on: date
    testbed: str
    blanks: Mapping[str, Any]
    bookings: tuple[Booking, ...]
