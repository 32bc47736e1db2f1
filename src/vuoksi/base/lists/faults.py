"""What is wrong with an uploaded table, in the reader's language: a sentence for each code of `lib.tables`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vuoksi.lib.tables import TableError

FAULT_WORDS: dict[str, "str | Promise"] = {
    "empty": _("The file is empty."),
    "old_spreadsheet": _(
        "This is a spreadsheet of an old kind, or one with a password. Save it as XLSX or CSV and choose it again."
    ),
    "workbook": _("This workbook cannot be read. Save it as CSV and choose it again."),
    "workbook_too_large": _("This workbook is too large when it is unpacked. Save it as CSV."),
    "binary": _("This is not a table. Save it as XLSX or CSV and choose it again."),
    "encoding": _("The letters of the file cannot be read. Save it as UTF-8."),
    "bad_quotes": _("A quotation mark is opened and not closed."),
    "too_many_rows": _("The file has more than %(value)s rows."),
    "no_rows": _("The file has a header and no rows."),
    "missing_column": _("The column %(column)s is missing."),
    "unknown_column": _("The column %(value)s is not known."),
    "duplicate_column": _("The column %(column)s stands twice."),
    "mixed_decimal_marks": _("“%(value)s” has another decimal mark than the rows before it."),
    "too_few_cells": _("The row has only %(value)s cells."),
    "too_many_cells": _("The row has %(value)s cells, more than the header."),
    "cell_too_long": _("The text in a cell is too long."),
    "missing": _("A value is missing."),
    "not_a_number": _("“%(value)s” is not a number."),
    "not_an_integer": _("“%(value)s” is not a whole number."),
    "not_a_date": _("“%(value)s” is not a date. Write 2026-05-31 or 31.5.2026."),
    "not_a_choice": _("“%(value)s” is not one of the values that this column knows."),
    "too_small": _("“%(value)s” is too small."),
    "too_large": _("“%(value)s” is too large."),
    "too_long": _("The text is too long."),
    # Codes that the apps add.
    "not_a_period": _("“%(value)s” is not a period. Write 2025, 2025-Q1 or 2025-05."),
    "not_finite": _("“%(value)s” is not a number."),
    "below_minimum": _("“%(value)s” is too small for the unit."),
    "above_maximum": _("“%(value)s” is too large for the unit."),
    "not_whole": _("“%(value)s” is not a whole number."),
    "outside_interval": _("“%(value)s” does not lie between low and high."),
    "repeated": _("The same stands on line %(value)s already."),
    "looks_personal": _(
        "“%(value)s” may be a person's name, address or number. Write a code with a digit in it, such as group-01."
    ),
    "not_a_code": _(
        "“%(value)s” is not a code. Use letters, digits, dots and hyphens, without spaces."
    ),
    "in_future": _("The day %(value)s has not come yet."),
    "not_listed": _("“%(value)s” does not stand in the groups of the plan."),
    "other_group": _("“%(value)s” stands in the other group of the plan."),
    "not_yes_no": _("“%(value)s” is neither 1 (yes) nor 0 (no), as the plan counts."),
    "outside_range": _("“%(value)s” lies outside the possible values of the plan."),
    "measured_by_sensor": _("“%(value)s” is measured by a sensor in this arm already."),
    "withdrawn": _("“%(value)s” has withdrawn: nothing more may be measured under this code."),
    "no_consent": _(
        "“%(value)s” has not agreed to the consent in force, or does not take part yet."
    ),
    "differs": _("Another value, %(value)s, was sent in before for this unit and day."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault as it is shown: where, and what."""

    line: int
    column: str
    words: str


def in_words(errors: Iterable[TableError]) -> list[Fault]:
    """Word each error, in the order of the file's lines."""
    ordered = sorted(errors, key=lambda error: (error.line, error.column))
    return [
        Fault(
            error.line,
            error.column,
            str(FAULT_WORDS[error.code]) % {"value": error.value, "column": error.column},
        )
        for error in ordered
    ]


def repeated(
    rows: Iterable[tuple[int, Any]], place: Callable[[Any], object], column: str
) -> list[TableError]:
    """Lines that say something for the same place as a line before: which is right, nobody can tell."""
    seen: dict[object, int] = {}
    faults = []
    for line, thing in rows:
        first = seen.setdefault(place(thing), line)
        if first != line:
            faults.append(TableError(line, column, "repeated", str(first)))
    return faults
