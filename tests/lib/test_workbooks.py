import io
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from vuoksi.lib import cells, workbooks
from vuoksi.lib.tables import Column, Row, TableError, read_table
from vuoksi.lib.workbooks import WorkbookError, records

COLUMNS = (
    Column("day", cells.day),
    Column("value", cells.number),
    Column("note", cells.text, required=False),
)


def book(*rows, sheets=1) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for n in range(1, sheets):
        made.create_sheet(f"More {n}").append(["not looked at"])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


GOOD = book(["day", "value", "note"], [date(2024, 1, 31), 1.5, "Käki"], sheets=2)


def test_a_workbook_is_read_as_a_csv_file_is():
    content = book(
        [],
        ["Value", " DAY ", "note"],
        [1.5, date(2024, 1, 31), "Käki"],
        [],
        [2, datetime(2024, 2, 1), None],
        ["3.5", "2.2.2024", " x "],
    )

    assert read_table(content, COLUMNS).rows == (
        Row(3, {"day": date(2024, 1, 31), "value": 1.5, "note": "Käki"}),
        Row(5, {"day": date(2024, 2, 1), "value": 2.0, "note": None}),
        Row(6, {"day": date(2024, 2, 2), "value": 3.5, "note": "x"}),
    )


def test_what_is_wrong_stands_at_its_row():
    content = book(["day", "value"], [date(2024, 1, 31), 1], ["soon", 2], [None, "#DIV/0!"])

    assert read_table(content, COLUMNS).errors == (
        TableError(3, "day", "not_a_date", "soon"),
        TableError(4, "day", "missing", ""),
        TableError(4, "value", "not_a_number", "#DIV/0!"),
    )


def test_cells_become_the_text_that_a_csv_file_would_hold():
    row = [True, 12.0, 0.1, 1e-7, datetime(2024, 1, 31, 8, 30), time(8, 30), 7]

    assert records(book(row), 5) == [
        (1, ["true", "12", "0.1", "1e-07", "2024-01-31T08:30:00", "08:30:00", "7"])
    ]


def test_only_the_first_sheet_is_read():
    assert [number for number, _cells in records(GOOD, 10)] == [1, 2]


def test_too_many_rows_are_refused_and_not_read_to_the_end():
    content = book(["day", "value"], *([date(2024, 1, n), n] for n in range(1, 6)))

    assert read_table(content, COLUMNS, most_rows=4).errors == (
        TableError(6, "", "too_many_rows", "4"),
    )
    assert len(records(content, 3)) == 3


def test_a_cell_far_away_costs_nothing():
    sheet = parts_of(GOOD)
    far = sheet["xl/worksheets/sheet1.xml"].replace(
        b"</sheetData>", b'<row r="1000000"><c r="XFD1000000"><v>1</v></c></row></sheetData>'
    )

    found = records(zipped({**sheet, "xl/worksheets/sheet1.xml": far}), 10)

    assert [number for number, _cells in found] == [1, 2]


def test_a_workbook_that_is_large_inside_is_not_unpacked():
    content = zipped({**parts_of(GOOD), "xl/media/a": b"0" * (workbooks.MOST_UNPACKED_BYTES + 1)})

    assert len(content) < 1_000_000
    assert [error.code for error in read_table(content, COLUMNS).errors] == ["workbook_too_large"]


def test_entities_are_not_expanded():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData>&a;</sheetData></worksheet>'

    with pytest.raises(WorkbookError, match=r"^workbook$"):
        records(zipped({**parts_of(GOOD), "xl/worksheets/sheet1.xml": bomb}), 10)


def read_or_refused(content: bytes) -> bool:
    """Whatever else is raised fails the test."""
    try:
        return len(records(content, 10)) <= 10
    except WorkbookError:
        return True


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255), st.booleans())
def test_a_broken_workbook_is_refused_or_read(place, change, is_cut):
    broken = bytearray(GOOD)
    broken[place] ^= change

    assert read_or_refused(bytes(broken[:place] if is_cut else broken))


@given(st.sampled_from(sorted(parts_of(GOOD))), st.binary(max_size=300))
def test_a_workbook_with_a_strange_part_is_refused_or_read(name, content):
    strange = zipped({**parts_of(GOOD), name: content})

    assert read_or_refused(strange)
