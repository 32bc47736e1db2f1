"""What can be searched. Each app says so in its `search.py`, which is loaded at the start.

    searchable("entries", _("Ideas"), queryset=queries.entries_for, fields=("title", "summary"), url=url_of)

The search page shows them under the label.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from vuoksi.base.people.rules import Person


def no_more_text(row: Any) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Searchable:
    """One kind of thing that people can find.

    `queryset(person)` gives what the person may read: what a person without an account may read goes into the index.
    `fields` are texts of the row, its title first; their translations are found too. `text(row)` is more to be found
    by, in the row's own language: the names of its organisations, say.
    """

    key: str
    label: "str | Promise"
    queryset: Callable[[Person], "QuerySet[Any]"]
    fields: tuple[str, ...]
    url: Callable[[Any], str]
    text: Callable[[Any], str]


SEARCHABLE: dict[str, Searchable] = {}


def searchable(
    key: str,
    label: "str | Promise",
    queryset: Callable[[Person], "QuerySet[Any]"],
    fields: tuple[str, ...],
    url: Callable[[Any], str],
    text: Callable[[Any], str] = no_more_text,
) -> Searchable:
    """Register a kind of thing under `key`; `label` is its heading among the results."""
    if key in SEARCHABLE:
        raise ValueError(f"the searchable {key!r} stands twice")
    SEARCHABLE[key] = Searchable(key, label, queryset, fields, url, text)
    return SEARCHABLE[key]
