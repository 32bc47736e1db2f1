"""What a list is made of: its columns, its filters, its searchable fields. Declared once, beside the view."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Text = str | Promise
Choices = list[tuple[str, Text]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `value` is exported, and shown unless the template file `template` draws the cell (it gets `row`).

    `sort` is the field that the database orders by ("owner__name"); without it the column cannot be sorted.
    `never_empty` says that no row of this list lacks it, so that the database may read the order from an index.
    """

    key: str
    label: Text
    value: Callable[[Any], Any]
    sort: str | None = None
    numeric: bool = False
    template: str | None = None
    never_empty: bool = False

    @property
    def is_drawn(self) -> bool:
        """A row's own address ("url") is exported only: on the page its title leads there."""
        return self.key != "url"


@dataclass(frozen=True, slots=True)
class Filter:
    """One drop-down above the list. Only the values of `choices()` ever reach `apply`."""

    key: str
    label: Text
    choices: Callable[[], Choices]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What readers read in place of some fields: texts in their own language, a translated name.

    `names` leads from such a field to the name under which `apply` gives rows what is read of the fields it is told.
    The list is searched by both, and sorted by what is read.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    apply: Callable[[QuerySet[Any], Iterable[str]], QuerySet[Any]] = lambda rows, fields: rows


@dataclass(frozen=True, slots=True)
class Table:
    """One list. `search` names the fields in which every word of the query must be found, in any of them.

    `prepare` runs on a page's rows only (and on each part of an export), e.g. `texts.attach`.
    `default_sort` is a column's key, with "-" before it for the opposite order; without it the query's own order stays.
    """

    key: str
    title: Text
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    page_size: int = 25
    default_sort: str = ""
    prepare: Callable[[list[Any]], list[Any]] = list
    reading: Reading = Reading()

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)
