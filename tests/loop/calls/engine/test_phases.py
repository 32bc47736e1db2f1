from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.calls.engine import (
    ORDER,
    Fault,
    Mistake,
    Stage,
    Window,
    accepts_entries,
    entry_window,
    faults,
    in_order,
    next_change,
)

START = datetime(2026, 1, 1, tzinfo=UTC)

moments = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2060, 1, 1), timezones=st.just(UTC)
)
lengths = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=900))


@st.composite
def windows(draw):
    opens = draw(moments)
    return Window(draw(st.sampled_from(ORDER)), opens, opens + draw(lengths))


def day(kind, opens, closes):
    return Window(kind, START + timedelta(days=opens), START + timedelta(days=closes))


def test_a_phase_is_open_from_its_opening_until_just_before_its_closing():
    window = day("entry", 1, 2)
    instant = timedelta(microseconds=1)
    assert window.stage(window.opens_at - instant) == Stage.UPCOMING
    assert window.stage(window.opens_at) == Stage.OPEN
    assert window.stage(window.closes_at - instant) == Stage.OPEN
    assert window.stage(window.closes_at) == Stage.CLOSED


@given(windows(), moments)
def test_a_phase_is_in_one_stage_and_never_goes_back(window, at):
    order = [Stage.UPCOMING, Stage.OPEN, Stage.CLOSED]
    later = window.stage(at + timedelta(days=1))
    assert order.index(later) >= order.index(window.stage(at))
    assert (window.stage(at) is Stage.OPEN) == (window.opens_at <= at < window.closes_at)


@pytest.mark.parametrize(
    ("kind", "opens", "closes"),
    [
        ("party", START, START + timedelta(days=1)),
        ("entry", START, START),
        ("entry", START, START - timedelta(days=1)),
        ("entry", START.replace(tzinfo=None), START + timedelta(days=1)),
        ("entry", START, (START + timedelta(days=1)).replace(tzinfo=None)),
    ],
)
def test_what_is_no_phase(kind, opens, closes):
    with pytest.raises(ValueError, match=r"unknown kind|time zone|closes after"):
        Window(kind, opens, closes)


def test_what_is_wrong_among_phases():
    found = faults([day("review", 0, 5), day("entry", 1, 10), day("entry", 2, 3)])
    assert found == [
        Fault("entry", Mistake.TWICE, "entry"),
        Fault("review", Mistake.OPENS_TOO_EARLY, "entry"),
        Fault("review", Mistake.CLOSES_TOO_EARLY, "entry"),
        Fault("review", Mistake.OPENS_TOO_EARLY, "entry"),
    ]


@given(st.lists(windows(), max_size=6))
def test_no_faults_means_one_of_a_kind_and_none_before_an_earlier_one(some):
    ordered = in_order(some)
    kinds = [window.kind for window in ordered]
    opens = [window.opens_at for window in ordered]
    closes = [window.closes_at for window in ordered]
    is_fine = len(set(kinds)) == len(kinds) and opens == sorted(opens) and closes == sorted(closes)
    assert (faults(some) == []) == is_fine
    assert faults(some[::-1]) == faults(some) or not is_fine


@given(st.lists(windows(), max_size=6))
def test_phases_stand_in_their_order_and_none_is_lost(some):
    ordered = in_order(some)
    assert sorted(map(hash, ordered)) == sorted(map(hash, some))
    places = [ORDER.index(window.kind) for window in ordered]
    assert places == sorted(places)


@given(st.lists(windows(), max_size=4, unique_by=lambda window: window.kind), moments)
def test_ideas_are_taken_while_the_entry_phase_is_open(some, at):
    window = entry_window(some)
    assert accepts_entries(some, at) == (window is not None and window.stage(at) is Stage.OPEN)


@given(st.lists(windows(), max_size=4), moments)
def test_nothing_changes_before_the_next_change(some, at):
    change = next_change(some, at)
    before = change - timedelta(microseconds=1) if change else at + timedelta(days=40_000)
    assert [window.stage(at) for window in some] == [window.stage(before) for window in some]
    assert change is None or change > at
