"""One page of a list, ready for a template: rows, headings, filters and the addresses of everything beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Column, Table, Text
from vuoksi.base.lists.questions import Question


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading. `address` sorts by it; `order` is what `aria-sort` wants, or empty."""

    label: Text
    numeric: bool
    address: str
    order: str


@dataclass(frozen=True, slots=True)
class Cell:
    """`template` draws the cell when there is one; else `value` is shown."""

    label: Text
    value: Any
    numeric: bool
    template: str | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A row and its cells."""

    row: Any
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choosing:
    """A filter with its choices as they stand."""

    key: str
    label: Text
    choices: tuple[Choice, ...]


class TablePage:
    """What `table` is in a template."""

    def __init__(self, table: Table, question: Question, paginator: "Paginator[Any]") -> None:
        self._table, self._question = table, question
        self._page: Page[Any] = paginator.get_page(question.page)
        self.key, self.title = table.key, table.title
        self.rows: list[Any] = table.prepare(list(self._page.object_list))
        self.count = paginator.count
        self.page, self.pages = self._page.number, paginator.num_pages
        self.query, self.sort = question.query, question.sort
        self.is_searchable, self.is_narrowed = bool(table.search), question.is_narrowed
        self.notes = [*question.notes]
        if question.page > self.pages:
            self.notes.append(_("There is no such page, so this is the last one."))

    @property
    def first(self) -> int:
        return self._page.start_index()

    @property
    def last(self) -> int:
        return self._page.end_index()

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self._table.columns if column.is_drawn]

    @property
    def drawn(self) -> Iterator[Drawn]:
        columns = [column for column in self._table.columns if column.is_drawn]
        for row in self.rows:
            yield Drawn(row, tuple(_cell(column, row) for column in columns))

    @property
    def filters(self) -> list[Choosing]:
        return [
            Choosing(
                one.key,
                one.label,
                tuple(
                    Choice(str(value), label, str(value) == self._question.filters.get(one.key))
                    for value, label in one.choices()
                ),
            )
            for one in self._table.filters
        ]

    @property
    def sorts(self) -> list[Choice]:
        """Every order there is, for lists that have no headings to press."""
        orders = []
        for column in self._table.columns:
            if column.sort:
                orders.append(self._order(column.key, _("%(column)s, ascending"), column))
                orders.append(self._order(f"-{column.key}", _("%(column)s, descending"), column))
        return orders

    @property
    def previous_address(self) -> str:
        return self._to_page(self.page - 1) if self._page.has_previous() else ""

    @property
    def next_address(self) -> str:
        return self._to_page(self.page + 1) if self._page.has_next() else ""

    @property
    def near_pages(self) -> list[tuple[str, str]]:
        """The numbers around this page with their addresses; an empty address is this page, an empty number a gap."""
        numbers = self._page.paginator.get_elided_page_range(self.page, on_each_side=1, on_ends=1)
        return [
            (str(number), "" if number == self.page else self._to_page(number))
            if isinstance(number, int)
            else ("", "")
            for number in numbers
        ]

    @property
    def csv_address(self) -> str:
        return self._export("csv")

    @property
    def json_address(self) -> str:
        return self._export("json")

    @property
    def clear_address(self) -> str:
        return self._question.address(self._table, query="", filters={}, page=1)

    def _order(self, sort: str, words: Any, column: Column) -> Choice:
        return Choice(sort, words % {"column": column.label}, sort == self.sort)

    def _heading(self, column: Column) -> Heading:
        if column.sort is None:
            return Heading(column.label, column.numeric, "", "")
        up, down = column.key, f"-{column.key}"
        order = {up: "ascending", down: "descending"}.get(self.sort, "none")
        wanted = down if order == "ascending" else up
        address = self._question.address(self._table, sort=wanted, page=1)
        return Heading(column.label, column.numeric, address, order)

    def _to_page(self, number: int) -> str:
        return self._question.address(self._table, page=number)

    def _export(self, form: str) -> str:
        address = self._question.address(self._table, page=1)
        return f"{address}{'' if address == '?' else '&'}format={form}"


def _cell(column: Column, row: Any) -> Cell:
    value = None if column.template else column.value(row)
    return Cell(column.label, value, column.numeric, column.template)
