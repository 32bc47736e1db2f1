"""What moderators can take out of sight. Each app says so in its `links.py`:

    moderated(
        Entry,
        _("idea"),
        parts=lambda entry: [Part(entry, "title"), Part(entry, "summary")],
        url=Entry.get_absolute_url,
        may_read=lambda user, entry: rules.may_read_public_entry(user, rules.Held(entry)),
        authors=queries.authors_of,
        sent_by=queries.entries_sent_by,
        sent_at="submitted_at",
    )

The model takes `visibility`, `hidden_at` and `hidden_reason` from `texts.models.Moderated`. Whatever shows its rows to
everybody (pages, search, feeds, exports, API) asks for those that are shown.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst

from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person


@dataclass(frozen=True, slots=True)
class Part:
    """One text of a thing: a field of the thing itself, or of a row that belongs to it."""

    row: Model
    field: str

    @property
    def key(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}-{self.field}"

    @property
    def label(self) -> str:
        column: Any = self.row._meta.get_field(self.field)
        return str(capfirst(column.verbose_name))

    @property
    def text(self) -> str:
        return str(getattr(self.row, self.field))

    @property
    def longest(self) -> int | None:
        column: Any = self.row._meta.get_field(self.field)
        longest: int | None = column.max_length
        return longest


def _nobody(_thing: Any) -> list[Any]:
    return []


def _nothing(_thing: Any, _at: datetime) -> None:
    """A thing that nobody waits for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How things of one model are moderated.

    `addresses` gives (e-mail, language) of authors without an account; `sent_by(author, address)` what somebody sent,
    by the time in the field `sent_at`; `around` the things that one reads to understand this one; `when_shown(thing,
    at)` is called when a held thing shows for the first time.
    """

    model: type[Model]
    label: "str | Promise"
    parts: Callable[[Any], list[Part]]
    url: Callable[[Any], str]
    may_read: Callable[[Person, Any], bool]
    authors: Callable[[Any], Iterable[User]]
    sent_by: Callable[[User | None, str], "QuerySet[Any]"]
    sent_at: str
    addresses: Callable[[Any], list[tuple[str, str]]] = _nobody
    around: Callable[[Any], Iterable[Model]] = _nobody
    when_shown: Callable[[Any, datetime], object] = _nothing


KINDS: dict[type[Model], Kind] = {}


def moderated(model: type[Model], label: "str | Promise", **how: Any) -> Kind:
    """Register how things of `model` are moderated; see `Kind`."""
    if model in KINDS:
        raise ValueError(f"{model._meta.label} is moderated twice")
    KINDS[model] = Kind(model, label, **how)
    return KINDS[model]


def kind_of(thing: Model | None) -> Kind | None:
    return KINDS.get(type(thing)) if thing is not None else None


def model_of(name: str) -> type[Model] | None:
    """Give the model that `name` ("calls.entry") names, if its things are moderated."""
    try:
        model = apps.get_model(name)
    except (LookupError, ValueError):
        return None
    return model if model in KINDS else None
