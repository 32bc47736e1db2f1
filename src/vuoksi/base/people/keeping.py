"""What is kept about people, for how long, and how it is forgotten. Each app says so of its own in its `personal.py`:

    kept("calls.EntryLink", _("Links to write an idea"), fields=("email",), columns=("created_at", "expires_at"),
         rows=lambda user: EntryLink.objects.filter(email__iexact=user.email))
    not_exported("calls.Draft", "reviewer", reason=_("It is the reviewer's secret until …"))
    on_erasure(actions.forget_person)
    retention("calls.links", _("Links sent by e-mail"), days=30, why=_("…"), purge=actions.drop_old_links)

A test walks all tables: whatever points to a person, or holds an address, is declared here or it fails.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from vuoksi.base.people.models import User

Rows = Callable[[User], "QuerySet[Any]"]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Long:
    """A long table about a person that is in no database row: an export gives it as a file of its own, `name`.csv."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[Any]]


def nothing_long(user: User) -> Iterable[Long]:
    return ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows that hold something of a person.

    `fields` are how they are tied to the person, `columns` what an export gives of them, `file` the field of a file
    that goes with them, `long` the long tables that do. `told` puts words in the place of what only the program
    understands.
    """

    model: str
    label: "str | Promise"
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    rows: Rows
    file: str = ""
    told: Callable[[Row], Row] = dict
    long: Callable[[User], Iterable[Long]] = nothing_long


@dataclass(frozen=True, slots=True)
class NotExported:
    """A tie to a person that an export leaves out, and why."""

    model: str
    fields: tuple[str, ...]
    reason: "str | Promise"


@dataclass(frozen=True, slots=True)
class Retention:
    """How many days something is kept, and why so long. `purge(days=, at=)` forgets what is older."""

    key: str
    label: "str | Promise"
    days: int
    why: "str | Promise"
    purge: Callable[..., int]


@dataclass(frozen=True, slots=True)
class Consent:
    """Something that a person agreed to, and where they change their mind."""

    purpose: "str | Promise"
    given_at: datetime | None
    withdrawn_at: datetime | None
    url: str


Consents = Callable[[User], list[Consent]]

KEPT: list[Kept] = []
NOT_EXPORTED: list[NotExported] = []
RETENTIONS: dict[str, Retention] = {}
CONSENTS: list[Consents] = []
_erasers: list[tuple[int, Callable[..., object]]] = []


def kept(
    model: str,
    label: "str | Promise",
    *,
    fields: tuple[str, ...],
    columns: tuple[str, ...],
    rows: Rows | None = None,
    file: str = "",
    told: Callable[[Row], Row] = dict,
    long: Callable[[User], Iterable[Long]] = nothing_long,
) -> Kept:
    """Declare what is kept about people in a table; without `rows`, those whose first field is the person."""
    entry = Kept(
        model, label, fields, columns, rows or _tied_by(model, fields[0]), file, told, long
    )
    KEPT.append(entry)
    return entry


def not_exported(model: str, *fields: str, reason: "str | Promise") -> None:
    NOT_EXPORTED.append(NotExported(model, fields, reason))


def on_erasure(function: Callable[..., object], *, order: int = 50) -> None:
    """Call `function(user=, keep_texts=, at=)` when a person is erased; the account itself goes at 100."""
    _erasers.append((order, function))


def erasers() -> list[Callable[..., object]]:
    return [function for _order, function in sorted(_erasers, key=lambda pair: pair[0])]


def retention(
    key: str,
    label: "str | Promise",
    *,
    days: int,
    why: "str | Promise",
    purge: Callable[..., int],
) -> None:
    if key in RETENTIONS:
        raise ValueError(f"the retention {key!r} stands twice")
    RETENTIONS[key] = Retention(key, label, days, why, purge)


def consents_of(function: Consents) -> Consents:
    """Register a function that gives what a person agreed to."""
    CONSENTS.append(function)
    return function


def _tied_by(model: str, field: str) -> Rows:
    def rows(user: User) -> "QuerySet[Any]":
        table: type[Model] = apps.get_model(model)
        return table._default_manager.filter(**{field: user}).order_by("pk")

    return rows
