import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.calls.engine import Asked, Wrong, check_answer
from vuoksi.loop.calls.engine.answers import number


@pytest.mark.parametrize(
    ("asked", "text", "wrong"),
    [
        (Asked("short"), "", None),
        (Asked("short", is_required=True), "  \n", Wrong.MISSING),
        (Asked("long", max_length=3), "four", Wrong.TOO_LONG),
        (Asked("long", max_length=4), " four ", None),
        (Asked("number"), "3,5", None),
        (Asked("number"), "about three", Wrong.NOT_A_NUMBER),
        (Asked("choice", choices=("bus", "tram")), "tram", None),
        (Asked("choice", choices=("bus", "tram")), "boat", Wrong.NOT_A_CHOICE),
    ],
)
def test_what_is_wrong_with_an_answer(asked, text, wrong):
    assert check_answer(asked, text) == wrong


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        ("-0,5", -0.5),
        ("\N{MINUS SIGN}2", -2.0),
        ("1 200 000", 1_200_000.0),
        ("1\N{NO-BREAK SPACE}000.25", 1000.25),
        ("", None),
        ("-", None),
        (".", None),
        ("1.2.3", None),
        ("nan", None),
        ("1e5", None),
        ("٣", None),
    ],
)
def test_numbers_as_people_write_them(text, value):
    assert number(text) == value


@given(st.text())
def test_any_text_is_a_number_or_not(text):
    assert number(text) is None or isinstance(number(text), float)


@given(st.integers(-(10**15), 10**15))
def test_every_whole_number_is_read(value):
    assert number(str(value)) == float(value)
