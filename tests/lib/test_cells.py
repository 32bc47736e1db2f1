from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.lib import cells
from vuoksi.lib.cells import CellError, Choice, Integer, Number, Text


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12.0), ("12.5", 12.5), ("12,5", 12.5), ("-12,5", -12.5), ("+3", 3.0), (".5", 0.5),
        (",5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("1,5E+05", 150_000.0), ("\u22123", -3.0),
        ("1 234,5", 1234.5), ("1\u00a0234\u00a0567", 1_234_567.0), ("1\u202f234.5", 1234.5),
        ("1,234", 1.234), ("1.234", 1.234), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
        ("1,234,567", 1_234_567.0), ("1.234.567", 1_234_567.0), ("1,234,567.25", 1_234_567.25),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(written, value):
    assert cells.number(written) == value


@pytest.mark.parametrize(
    "written",
    ["", "n/a", "12 %", "12kWh", "1 23", "12,34.5", "1,2,3", "1.234,567,8", "--1", "nan", "inf",
     "1e999", "١٢", "1e", "=1+1", ".", "-"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(written):
    with pytest.raises(CellError) as caught:
        cells.number(written)
    assert caught.value.code == "not_a_number"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_is_written_out_reads_back(value):
    assert cells.number(repr(value)) == value
    assert cells.number(repr(value).replace(".", ",")) == value


@pytest.mark.parametrize(
    ("written", "mark"),
    [("12", None), ("12.5", "."), ("12,5", ","), ("1,234.5", "."), ("1.234,5", ","),
     ("1,234,567", None)],
)  # fmt: skip
def test_the_decimal_mark_is_the_later_one(written, mark):
    assert cells.decimal_mark(written) == mark


@pytest.mark.parametrize(("written", "value"), [("12", 12), ("-1 234", -1234), ("+7", 7)])
def test_whole_numbers_are_read(written, value):
    assert cells.integer(written) == value


@pytest.mark.parametrize("written", ["1.0", "1,5", "x", "1_000", "1 23", "9" * 41])
def test_what_is_not_whole_is_refused(written):
    with pytest.raises(CellError) as caught:
        cells.integer(written)
    assert caught.value.code == "not_an_integer"


@pytest.mark.parametrize("parse", [Number(0, 10), Integer(0, 10)])
def test_a_range_can_be_set(parse):
    assert [parse("0"), parse("10")] == [0, 10]
    codes = []
    for written in ("-1", "11"):
        with pytest.raises(CellError) as caught:
            parse(written)
        codes.append(caught.value.code)
    assert codes == ["too_small", "too_large"]


@pytest.mark.parametrize("written", ["2024-05-31", "31.5.2024", "31.05.2024"])
def test_dates_are_read_in_both_orders(written):
    assert cells.day(written) == date(2024, 5, 31)


@pytest.mark.parametrize(
    "written",
    [
        "2024-5-31",
        "31.5.24",
        "31/5/2024",
        "2024-02-30",
        "30.2.2024",
        "0000-01-01",
        "May",
    ],
)
def test_what_is_not_a_date_is_refused(written):
    with pytest.raises(CellError) as caught:
        cells.day(written)
    assert caught.value.code == "not_a_date"


def test_text_has_a_longest_length():
    assert Text(3)("abc") == "abc"
    with pytest.raises(CellError, match="too_long"):
        Text(3)("abcd")


def test_a_choice_comes_back_as_it_is_spelt():
    options = Choice(("Draft", "Open"))
    assert options("OPEN") == "Open"
    with pytest.raises(CellError, match="not_a_choice"):
        options("closed")
