"""Which units a wish gets: never one that is taken, and what is near by is found as by brute force."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.experiments.testbeds.engine import (
    Limits,
    Offer,
    Slot,
    Wish,
    alternatives,
    assign,
    free_units,
    mistakes,
    wished,
)

START = datetime(2026, 5, 4, 5, tzinfo=UTC)
DAY = timedelta(days=1)
SLOTS = tuple(Slot(START + n * DAY, START + n * DAY + timedelta(hours=8)) for n in range(12))
LIMITS = Limits(units=3, now=START - DAY, earliest=START, latest=START + 20 * DAY)

takens = st.frozensets(
    st.tuples(st.integers(1, 4), st.sampled_from([slot.start for slot in SLOTS])), max_size=20
)


def wish(first, last, units=1):
    return Wish(START + first * DAY, START + last * DAY, units)


wishes = st.builds(
    lambda first, length, units: wish(first, min(first + length, 11), units),
    st.integers(0, 11),
    st.integers(0, 4),
    st.integers(1, 4),
)


def violations(offer: Offer, wanted: Wish, taken) -> list[str]:
    """What is wrong with an offer, sharing no code with the engine."""
    found = []
    if len(offer.units) != wanted.units or len(set(offer.units)) != wanted.units:
        found.append("not the number of units that was wished")
    found += [f"no unit {unit}" for unit in offer.units if not 1 <= unit <= LIMITS.units]
    found += [
        f"unit {unit} is taken on {slot.start}"
        for unit in offer.units
        for slot in offer.slots
        if (unit, slot.start) in taken
    ]
    places = [SLOTS.index(slot) for slot in offer.slots]
    if places != list(range(places[0], places[0] + len(places))):
        found.append("slots do not follow on each other")
    return found


@given(takens, wishes)
def test_what_is_given_is_free_and_nothing_free_is_withheld(taken, wanted):
    slots = wished(wanted, SLOTS)
    units = assign(slots, taken, LIMITS.units, wanted.units)
    free = [
        unit
        for unit in range(1, LIMITS.units + 1)
        if not any((unit, slot.start) in taken for slot in slots)
    ]
    assert free_units(slots, taken, LIMITS.units) == tuple(free)
    if units is None:
        assert len(free) < wanted.units
    else:
        assert violations(Offer(slots, units), wanted, taken) == []


@given(takens, wishes)
def test_other_times_are_free_and_the_nearest(taken, wanted):
    offers = alternatives(wanted, LIMITS, SLOTS, taken)
    length = len(wished(wanted, SLOTS))
    assert [violations(offer, wanted, taken) for offer in offers] == [[]] * len(offers)
    possible = sorted(
        (abs(place - (wanted.first - START) // DAY), place)
        for place in range(len(SLOTS) - length + 1)
        if sum(
            not any((unit, slot.start) in taken for slot in SLOTS[place : place + length])
            for unit in range(1, LIMITS.units + 1)
        )
        >= wanted.units
    )
    assert [offer.slots for offer in offers] == [
        SLOTS[place : place + length] for _distance, place in possible[:3]
    ]


def test_nothing_is_offered_outside_the_limits():
    narrow = Limits(3, START, START + 3 * DAY, START + 4 * DAY)
    offers = alternatives(wish(0, 0), narrow, SLOTS, frozenset())
    assert [offer.slots[0] for offer in offers] == [SLOTS[3], SLOTS[4]]


def test_nothing_is_offered_for_no_time():
    empty = Wish(START + timedelta(hours=1), START + timedelta(hours=2), 1)
    assert alternatives(empty, LIMITS, SLOTS, frozenset()) == ()


def test_closed_days_between_are_passed_over():
    assert wished(wish(1, 4), SLOTS[:3] + SLOTS[4:]) == (SLOTS[1], SLOTS[2], SLOTS[4])


LATE = Limits(3, START + 2 * DAY, START + 4 * DAY, START + 8 * DAY)
HALF = timedelta(hours=12)


@pytest.mark.parametrize(
    ("asked", "limits", "wrong"),
    [
        (wish(0, 1), LIMITS, {}),
        (wish(0, 1, 3), LIMITS, {}),
        (wish(0, 1, 4), LIMITS, {"units": "too_many_units"}),
        (wish(0, 1, 0), LIMITS, {"units": "no_units"}),
        (wish(3, 2), LIMITS, {"last": "backwards"}),
        (wish(1, 5), LATE, {"first": "past"}),
        (wish(3, 5), LATE, {"first": "lead"}),
        (wish(9, 9), LATE, {"first": "too_far", "last": "too_far"}),
        (Wish(START + HALF, START + DAY, 1), LIMITS, {"first": "closed"}),
        (Wish(START, START + HALF, 1), LIMITS, {"last": "closed"}),
    ],
)
def test_what_is_wrong_with_a_wish(asked, limits, wrong):
    assert mistakes(asked, limits, SLOTS) == wrong


def test_one_booking_does_not_hold_everything():
    many = Limits(500, START, START, START + 20 * DAY)
    assert mistakes(wish(0, 11, 500), many, SLOTS) == {"last": "too_long"}
    assert mistakes(wish(0, 5, 500), many, SLOTS) == {}
