import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.lib import cells
from vuoksi.lib.tables import (
    Column,
    Row,
    Table,
    TableError,
    csv_cell,
    read_table,
    write_csv,
)

DAY = Column("day", cells.day)
VALUE = Column("value", cells.number)
NOTE = Column("note", cells.text, required=False)
COLUMNS = (DAY, VALUE, NOTE)
FIRST = {"day": date(2024, 1, 31), "value": 1.5, "note": "Käki"}
TWO_LINES = "day;value;note\r\n31.1.2024;1,5;Käki\r\n"


def read(text: str, columns=COLUMNS, **limits) -> Table:
    return read_table(text.encode(), columns, **limits)


def errors(text: str, **limits) -> list[tuple[int, str, str, str]]:
    table = read(text, **limits)
    assert table.rows == ()
    return [(error.line, error.column, error.code, error.value) for error in table.errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_each_encoding(encoding):
    assert read_table(TWO_LINES.encode(encoding), COLUMNS) == Table(rows=(Row(2, FIRST),))


def test_utf_16_is_read_in_both_byte_orders():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert read_table(mark + TWO_LINES.encode(encoding), COLUMNS).rows == (Row(2, FIRST),)


@pytest.mark.parametrize(
    "text",
    [
        "day,value,note\n2024-01-31,1.5,Käki\n",
        'day,value,note\n2024-01-31,"1,5",Käki\n',
        "day\tvalue\tnote\n31.1.2024\t1,5\tKäki",
        "Value; DAY ;note\r1,5;2024-01-31; Käki \r",
        "day;value;note;;\n2024-01-31;1.5;Käki;;\n;;;;\n",
    ],
)
def test_a_table_is_read_as_spreadsheets_write_it(text):
    assert read(text) == Table(rows=(Row(2, FIRST),))


def test_a_column_that_is_not_required_may_be_absent_or_empty():
    without = {"day": date(2024, 1, 31), "value": 1.5, "note": None}
    assert read("day,value\n2024-01-31,1.5\n").rows == (Row(2, without),)
    assert read("day,value,note\n2024-01-31,1.5,\n").rows == (Row(2, without),)


def test_one_column_needs_no_delimiter():
    assert read("value\n1,5\n", [VALUE]).errors == (TableError(2, "", "too_many_cells", "2"),)
    assert read("value\n1.5\n", [VALUE]).rows == (Row(2, {"value": 1.5}),)


def test_line_numbers_are_those_of_the_file():
    text = '\n\nday;value;note\n\n2024-01-31;1;"two\nlines"\n2024-02-29;x;\n2024-02-30;2;\n'
    assert errors(text) == [
        (7, "value", "not_a_number", "x"),
        (8, "day", "not_a_date", "2024-02-30"),
    ]


def test_a_cell_may_hold_line_breaks_and_quotes():
    table = read('day,value,note\n2024-01-31,1,"two\r\nlines, ""quoted"""\n')
    assert table.rows[0].values["note"] == 'two\r\nlines, "quoted"'


def test_all_errors_are_told_not_only_the_first():
    text = "day;value;note\n;x;\n1.1.2024;1\n1.1.2024;1;a;b\n32.1.2024;;ok\n"
    assert errors(text) == [
        (2, "day", "missing", ""),
        (2, "value", "not_a_number", "x"),
        (3, "", "too_few_cells", "2"),
        (4, "", "too_many_cells", "4"),
        (5, "day", "not_a_date", "32.1.2024"),
        (5, "value", "missing", ""),
    ]


def test_errors_stop_at_their_limit():
    table = read("day;value\n" + "x;y\n" * 10, most_errors=3)
    assert len(table.errors) == 3
    assert table.more_errors
    assert not read("day;value\nx;y\n", most_errors=2).more_errors


def test_columns_must_be_the_ones_asked_for():
    assert errors("day;colour;Day\n1.1.2024;red;1.1.2024\n") == [
        (1, "colour", "unknown_column", "colour"),
        (1, "day", "duplicate_column", "Day"),
        (1, "value", "missing_column", ""),
    ]


def test_a_column_without_a_name_is_unknown():
    assert errors("day;;value\n1.1.2024;;1\n") == [(1, "", "unknown_column", "")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b";;\n;;\n", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("day;value".encode("utf-16-le"), "binary"),
        (b"day;\x81\n", "encoding"),
        (b"\xff\xfed", "encoding"),
        (b'"day;value\n', "bad_quotes"),
    ],
)
def test_a_file_that_is_no_table_is_told_apart(content, code):
    assert read_table(content, COLUMNS) == Table(errors=(TableError(1, "", code, ""),))


def test_a_header_alone_has_no_rows():
    assert errors("day;value\n") == [(1, "", "no_rows", "")]


def test_a_quote_that_never_closes_is_told_where_it_opens():
    assert errors('day;value;note\n1.1.2024;1;"x\n2.1.2024;1;\n') == [(2, "", "bad_quotes", "")]
    assert errors('day;value;note\n1.1.2024;x;\n1.1.2024;1;"x"y\n') == [
        (2, "value", "not_a_number", "x"),
        (3, "", "bad_quotes", ""),
    ]


def test_rows_and_cells_have_limits():
    three = "day;value\n" + "1.1.2024;1\n" * 3
    assert len(read(three, most_rows=3).rows) == 3
    assert errors(three, most_rows=2) == [(4, "", "too_many_rows", "2")]
    long_note = f"day;value;note\n1.1.2024;1;{'a' * 101}\n"
    assert errors(long_note, longest_cell=100) == [(2, "note", "cell_too_long", "a" * 80)]
    assert errors(f"day;value;note\n1.1.2024;1;{'a' * 131_073}\n") == [(2, "", "cell_too_long", "")]
    assert read("a" * 200_000).errors == (TableError(1, "", "cell_too_long", ""),)


def test_two_decimal_marks_in_one_file_are_not_guessed_about():
    assert errors("day;value\n1.1.2024;1,5\n2.1.2024;3\n3.1.2024;1.5\n") == [
        (4, "value", "mixed_decimal_marks", "1.5")
    ]
    assert errors('day,value\n2024-01-01,12.5\n2024-01-02,"1,234"\n') == [
        (3, "value", "mixed_decimal_marks", "1,234")
    ]


@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_errors(content):
    table = read_table(content, COLUMNS)
    assert bool(table.rows) != bool(table.errors)


@given(
    st.lists(
        st.tuples(st.dates(), st.floats(allow_nan=False, allow_infinity=False)),
        min_size=1,
    )
)
def test_what_is_written_reads_back(rows):
    table = read(write_csv(["day", "value"], rows))
    assert table.errors == ()
    assert [(row.values["day"], row.values["value"]) for row in table.rows] == rows


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"), ("+358", "'+358"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("＝1", "'＝1"), ("a=1", "a=1"), ("", ""), (None, ""),
        (-5, "-5"), (-5.5, "-5.5"), (Decimal("-1.50"), "-1.50"), (True, "true"), (False, "false"),
        (date(2024, 5, 31), "2024-05-31"),
    ],
)  # fmt: skip
def test_text_that_a_spreadsheet_would_run_is_made_harmless(value, cell):
    assert csv_cell(value) == cell


def test_a_written_file_has_a_header_and_quotes_what_it_must():
    assert write_csv(["a", "=b"], [["x,y", 1], [None, -2.5]]) == 'a,\'=b\r\n"x,y",1\r\n,-2.5\r\n'


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_no_written_cell_starts_a_formula(rows):
    written = write_csv(["a", "b"], rows)
    for row in csv.reader(io.StringIO(written, newline="")):
        assert [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
