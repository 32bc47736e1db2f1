"""What the reader asks of a list: read from the address, checked, and turned into a query.

Whatever does not make sense is left out and said so in `notes`; a wrong address is never an error page.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, OrderBy, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Table, Text
from vuoksi.lib.folding import MOST_WORDS, pattern

LONGEST_QUERY = 200
FORMATS = ("csv", "json")


@dataclass(frozen=True, slots=True)
class Question:
    """One reading of `?q= &FILTER= &sort= &page= &format=`."""

    query: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    format: str = ""
    notes: tuple[Text, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or self.filters)

    def address(self, table: Table, **changes: Any) -> str:
        """Give the query part of the address of the same list with some answers changed."""
        asked = replace(self, format="", **changes)
        parts: dict[str, str] = {"q": asked.query, **asked.filters}
        parts["sort"] = "" if asked.sort == table.default_sort else asked.sort
        parts["page"] = "" if asked.page == 1 else str(asked.page)
        parts["format"] = asked.format
        return "?" + urlencode({key: value for key, value in parts.items() if value})


def read(table: Table, given: Mapping[str, str]) -> Question:
    """Read what was asked; unknown sorts, filters, pages and formats are left out with a note each."""
    notes: list[Text] = []
    return Question(
        query=_query(table, given.get("q", ""), notes),
        filters=_filters(table, given, notes),
        sort=_sort(table, given.get("sort", ""), notes),
        page=_page(given.get("page", ""), notes),
        format=_format(given.get("format", ""), notes),
        notes=tuple(notes),
    )


def narrowed(table: Table, question: Question, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """Give the rows that answer the question, in its order."""
    if question.query:
        queryset = _searched(table, question.query, queryset)
    for one in table.filters:
        if one.key in question.filters:
            queryset = one.apply(queryset, question.filters[one.key])
    return _ordered(table, question.sort, queryset)


def _searched(table: Table, query: str, queryset: QuerySet[Any]) -> QuerySet[Any]:
    read = [name for name in table.search if name in table.reading.names]
    names = [*table.search, *(table.reading.names[name] for name in read)]
    found = table.reading.apply(queryset, read).filter(holding(names, query))
    # By key, because a row of which several parts hold the words is found once for each.
    return queryset.filter(pk__in=found.order_by().values("pk"))


def holding(names: Iterable[str], query: str) -> Q:
    """Give the condition that each word of `query` stands in one of the fields, whatever its capitals and accents.

    SQLite knows the capitals of ASCII only, PostgreSQL those of its locale; so neither is asked (`lib.folding`).
    """
    whole = Q()
    for word in list(dict.fromkeys(query.split()))[:MOST_WORDS]:
        sought = pattern(word)
        whole &= reduce(or_, (Q((f"{name}__regex", sought)) for name in names))
    return whole


def _ordered(table: Table, sort: str, queryset: QuerySet[Any]) -> QuerySet[Any]:
    column = table.column(sort.removeprefix("-"))
    if column is None or column.sort is None:
        return queryset if queryset.ordered else queryset.order_by("pk")
    # Nulls last both ways: SQLite and PostgreSQL disagree otherwise. The key decides between equals, so pages never
    # overlap.
    nulls_last = None if column.never_empty else True
    field = column.sort
    if field in table.reading.names:
        queryset = table.reading.apply(queryset, [field])
        field = table.reading.names[field]
    by: OrderBy = OrderBy(F(field), descending=sort.startswith("-"), nulls_last=nulls_last)
    return queryset.order_by(by, "pk")


def _query(table: Table, value: str, notes: list[Text]) -> str:
    value = value.strip()
    if not value or not table.search:
        return ""
    if "\x00" in value:
        notes.append(_("The search was left out: it holds a character that no text has."))
        return ""
    if len(value) > LONGEST_QUERY:
        notes.append(_("The search was cut: only its first 200 characters count."))
    return value[:LONGEST_QUERY].strip()


def _filters(table: Table, given: Mapping[str, str], notes: list[Text]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for one in table.filters:
        value = given.get(one.key, "")
        if not value:
            continue
        if value in {str(key) for key, _label in one.choices()}:
            chosen[one.key] = value
        else:
            notes.append(_left_out(one.label))
    return chosen


def _left_out(label: Text) -> Promise | str:
    return _("The filter “%(filter)s” was left out: it has no such choice.") % {"filter": label}


def _sort(table: Table, value: str, notes: list[Text]) -> str:
    if not value:
        return table.default_sort
    column = table.column(value.removeprefix("-"))
    if column is None or column.sort is None:
        notes.append(_("The list cannot be sorted that way, so it stands in its usual order."))
        return table.default_sort
    return value


def _page(value: str, notes: list[Text]) -> int:
    if not value:
        return 1
    # Ten digits are more pages than any list has, and fewer than the database's largest number.
    if value.isascii() and value.isdigit() and len(value) < 10 and int(value) > 0:
        return int(value)
    notes.append(_("There is no such page, so this is the first one."))
    return 1


def _format(value: str, notes: list[Text]) -> str:
    if value and value not in FORMATS:
        notes.append(_("The list cannot be downloaded in that format. CSV and JSON can."))
        return ""
    return value
