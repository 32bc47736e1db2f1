from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.base.lists.exports import FORMULA_STARTS, _in_language, csv_cell, plain_value


@pytest.mark.parametrize(
    ("value", "plain", "cell"),
    [
        (None, None, ""),
        (True, True, "True"),
        (-3, -3, "-3"),
        (-1.5, -1.5, "-1.5"),
        (Decimal("2.50"), "2.50", "2.50"),
        (date(2026, 11, 24), "2026-11-24", "2026-11-24"),
        (
            datetime(2026, 11, 24, 10, tzinfo=UTC),
            "2026-11-24T12:00:00+02:00",
            "2026-11-24T12:00:00+02:00",
        ),
        (datetime(2026, 11, 24, 10), "2026-11-24 10:00:00", "2026-11-24 10:00:00"),
        (_("Home"), "Home", "Home"),
        ("=cmd", "=cmd", "'=cmd"),
        ("-3", "-3", "'-3"),
    ],
)
def test_values_are_written_plainly(value, plain, cell):
    assert (plain_value(value), csv_cell(value)) == (plain, cell)


@given(st.text())
def test_no_text_starts_a_formula(text):
    assert not csv_cell(text).startswith(FORMULA_STARTS)
    assert csv_cell(text).removeprefix("'") == text.removeprefix("'")


def test_a_file_keeps_the_language_it_was_asked_in():
    def parts():
        yield translation.get_language()
        yield translation.get_language()

    with translation.override("fi"):
        file = _in_language(parts())
        first = next(file)
    with translation.override("sv"):
        assert [first, *file] == ["fi", "fi"]
