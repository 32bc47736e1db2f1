"""Slots on local clocks: each opening hour once, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.experiments.testbeds.engine import (
    MOST_DAYS,
    Rhythm,
    Slot,
    local_day,
    merged,
    slots_between,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
ZONES = ["Europe/Helsinki", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]


def rhythm(length="day", weekdays="12345", opens=8, closes=16, zone=HELSINKI):
    return Rhythm(zone, length, frozenset(map(int, weekdays)), opens, closes)


def local(slot):
    start, end = slot.start.astimezone(HELSINKI), slot.end.astimezone(HELSINKI)
    return f"{start:%d.%m. %H:%M}–{end:%d.%m. %H:%M}"


@st.composite
def rhythms(draw):
    opens = draw(st.integers(0, 21))
    return Rhythm(
        ZoneInfo(draw(st.sampled_from(ZONES))),
        draw(st.sampled_from(["hour", "half_day", "day", "week"])),
        draw(st.frozensets(st.integers(1, 7), min_size=1)),
        opens,
        draw(st.integers(opens + 2, 24)),
    )


days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(rhythms(), days, st.integers(0, 40))
def test_slots_follow_on_each_other_and_never_overlap(rhythm, first, length):
    slots = slots_between(rhythm, first, first + timedelta(days=length))
    assert all(slot.start < slot.end for slot in slots)
    assert all(one.end <= other.start for one, other in pairwise(slots))
    assert all(
        first <= local_day(rhythm, slot.start) <= first + timedelta(days=length) for slot in slots
    )


@given(rhythms(), days, st.integers(0, 20), st.integers(0, 20))
def test_days_can_be_asked_for_apart_or_together(rhythm, first, some, more):
    middle = first + timedelta(days=some)
    last = middle + timedelta(days=1 + more)
    together = slots_between(rhythm, first, last)
    apart = slots_between(rhythm, first, middle) + slots_between(
        rhythm, middle + timedelta(days=1), last
    )
    assert together == apart


@given(rhythms(), days)
def test_slots_begin_on_opening_days_only(rhythm, first):
    starts = {
        local_day(rhythm, slot.start).isoweekday()
        for slot in slots_between(rhythm, first, first + timedelta(days=6))
    }
    expected = {min(rhythm.weekdays)} if rhythm.length == "week" else rhythm.weekdays
    assert starts == expected


@given(days, st.sampled_from(ZONES))
def test_a_day_has_as_many_hours_as_it_has(day, zone):
    whole = Rhythm(ZoneInfo(zone), "hour", frozenset(range(1, 8)), 0, 24)
    slots = slots_between(whole, day, day)
    (day_itself,) = slots_between(
        Rhythm(ZoneInfo(zone), "day", frozenset(range(1, 8)), 0, 24), day, day
    )
    assert len(slots) == (day_itself.end - day_itself.start) // timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 5, 4), 24)]
)
def test_the_days_on_which_the_clocks_change(day, hours):
    assert len(slots_between(rhythm("hour", "1234567", 0, 24), day, day)) == hours


def test_an_hour_that_does_not_exist_is_no_slot():
    spring = date(2026, 3, 29)
    assert slots_between(rhythm("hour", "7", 3, 4), spring, spring) == ()
    assert slots_between(rhythm("day", "7", 3, 4), spring, spring) == ()
    night = slots_between(rhythm("hour", "7", 2, 5), spring, spring)
    assert [local(slot) for slot in night] == [
        "29.03. 02:00–29.03. 04:00",
        "29.03. 04:00–29.03. 05:00",
    ]


def test_opening_hours_stay_on_the_local_clock():
    autumn = slots_between(rhythm("day", "1234567"), date(2026, 10, 24), date(2026, 10, 26))
    assert [local(slot) for slot in autumn] == [
        "24.10. 08:00–24.10. 16:00",
        "25.10. 08:00–25.10. 16:00",
        "26.10. 08:00–26.10. 16:00",
    ]
    assert [slot.start.hour for slot in autumn] == [5, 6, 6]


def test_halves_and_weeks():
    monday, friday = date(2026, 5, 4), date(2026, 5, 8)
    halves = slots_between(rhythm("half_day"), monday, monday)
    assert [local(slot) for slot in halves] == [
        "04.05. 08:00–04.05. 12:00",
        "04.05. 12:00–04.05. 16:00",
    ]
    weeks = slots_between(rhythm("week"), monday, friday + timedelta(days=7))
    assert [local(slot) for slot in weeks] == [
        "04.05. 08:00–08.05. 16:00",
        "11.05. 08:00–15.05. 16:00",
    ]


def test_a_day_may_close_at_midnight():
    (slot,) = slots_between(rhythm("day", "1", 20, 24), date(2026, 5, 4), date(2026, 5, 4))
    assert local(slot) == "04.05. 20:00–05.05. 00:00"


def test_no_more_days_than_anybody_looks_at():
    slots = slots_between(rhythm("day", "1234567"), date(2026, 1, 1), date(2040, 1, 1))
    assert len(slots) == MOST_DAYS + 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": ""},
        {"weekdays": "8"},
        {"opens": 16, "closes": 8},
        {"opens": 8, "closes": 25},
        {"length": "half_day", "opens": 8, "closes": 9},
    ],
)
def test_a_rhythm_without_a_slot_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        rhythm(**wrong)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 3), timezones=st.just(UTC))
stretches = st.builds(
    lambda start, length: Slot(start, start + timedelta(minutes=length)),
    moments,
    st.integers(1, 600),
)


@given(st.lists(stretches, max_size=8).map(tuple))
def test_merged_stretches_cover_the_same_time_with_gaps_between(slots):
    joined = merged(slots)
    assert all(one.end < other.start for one, other in pairwise(joined))
    for slot in slots:
        assert sum(one.start <= slot.start and slot.end <= one.end for one in joined) == 1
    edges = {slot.start for slot in slots} | {slot.end for slot in slots}
    assert all(one.start in edges and one.end in edges for one in joined)
