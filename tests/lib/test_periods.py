from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.lib.periods import Period, month, parse, quarter, year

DAYS = st.dates()
YEARS = st.integers(1, 9998)


@pytest.mark.parametrize(
    ("label", "start", "last_day", "days"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), 366),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), 91),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), 92),
        ("2024-05", date(2024, 5, 1), date(2024, 5, 31), 31),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31), 31),
        ("2024-01-15/2024-02-01", date(2024, 1, 15), date(2024, 1, 31), 17),
        ("2024-02-01/2025-02-01", date(2024, 2, 1), date(2025, 1, 31), 366),
        ("2024-02-01/2024-05-01", date(2024, 2, 1), date(2024, 4, 30), 90),
        ("2024-01-01/2024-03-01", date(2024, 1, 1), date(2024, 2, 29), 60),
    ],
)
def test_a_label_names_its_days(label, start, last_day, days):
    period = parse(f" {label} ")
    assert (period.start, period.last_day, period.days) == (start, last_day, days)
    assert period.label == label


@given(DAYS, DAYS)
def test_every_period_reads_back_from_its_label(one, other):
    if one != other:
        period = Period(min(one, other), max(one, other))
        assert parse(period.label) == period


@given(YEARS)
def test_quarters_and_months_fill_the_year_without_a_gap(number):
    for parts in (
        [quarter(number, n) for n in range(1, 5)],
        [month(number, n) for n in range(1, 13)],
    ):
        assert parts[0].start == year(number).start
        assert parts[-1].end == year(number).end
        assert [part.end for part in parts[:-1]] == [part.start for part in parts[1:]]
        assert [parse(part.label) for part in parts] == parts


@given(YEARS, DAYS)
def test_a_year_contains_its_own_days_only(number, day):
    assert year(number).contains(day) == (day.year == number)


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-Q5", "2024-13", "2024-00", "2024-1", "0000", "9999", "2024-02-30/2024-03-01",
     "2024-03-01/2024-03-01", "2024-03-02/2024-03-01", "2024/2025", "٢٠٢٤", "next year"],
)  # fmt: skip
def test_what_is_not_a_period_is_refused(text):
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


@pytest.mark.parametrize("which", [0, 5, -1])
def test_there_are_four_quarters(which):
    with pytest.raises(ValueError, match="A quarter is 1, 2, 3 or 4"):
        quarter(2024, which)


def test_a_period_must_hold_a_day():
    with pytest.raises(ValueError, match="must end after it starts"):
        Period(date(2024, 1, 1), date(2024, 1, 1))


def test_periods_sort_by_start():
    assert sorted([month(2024, 2), year(2024), month(2023, 12)]) == [
        month(2023, 12), year(2024), month(2024, 2),
    ]  # fmt: skip


def test_the_last_days_of_all_can_be_written():
    period = Period(date(9999, 1, 1), date(9999, 6, 1))
    assert parse(period.label) == period
