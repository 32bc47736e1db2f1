"""Rosters: each one kept by the checker, small ones against every roster that there is, larger ones against the bound."""

from itertools import count, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.systems.libraries.engine.problems import every_row, instance, person, problem, small
from vuoksi.systems.libraries.engine.rosters.check import cost, violations
from vuoksi.systems.libraries.engine.rosters.core import Core
from vuoksi.systems.libraries.engine.rosters.opening import all_open, price
from vuoksi.systems.libraries.engine.rosters.pricing import NEVER
from vuoksi.systems.libraries.engine.rosters.problem import Need, Roster, RosterProblem, ShiftKind
from vuoksi.systems.libraries.engine.rosters.solve import solve
from vuoksi.systems.libraries.engine.rosters.start import NobodyCan


def work(calls):
    """A measure of time that counts how often it is asked: the same on every machine."""
    asked = count()
    return lambda: next(asked) / calls


def kept_rows(one, number=0):
    """Every roster that the person with this number could have."""
    alone = RosterProblem(one.days, one.kinds, (one.people[number],), ())
    return [row for row in every_row(one.days) if not violations(alone, Roster((row,)))]


@given(small(most_people=1), st.lists(st.integers(-30, 30), min_size=14, max_size=14))
@settings(max_examples=60, deadline=None)
def test_the_cheapest_roster_of_one_is_the_cheapest_of_all(one, worth):
    core = Core(one)
    staff = core.staff[0]
    extra = np.array(worth).reshape(7, 2)[:, staff.kinds] * core.scale
    prices = (staff.base + extra).astype(np.int32)
    costs, rows = price(core, all_open(core), 0, prices, core.room(), 3, strict=True)

    def cost_of(row):
        kinds = [one.kinds[k].key for k in staff.kinds]
        return sum(int(prices[d, kinds.index(key)]) for d, key in enumerate(row) if key)

    every = kept_rows(one)
    if not every:
        assert costs[0] == NEVER
        return
    assert costs[0] == min(cost_of(row) for row in every)
    for found, row in zip(costs, rows, strict=True):
        if found < NEVER:
            said = core.roster([row]).shifts[0]
            assert said in every
            assert cost_of(said) == found


@given(small(most_people=2))
@settings(max_examples=25, deadline=None)
def test_no_roster_of_few_is_cheaper_and_none_undercuts_the_bound(one):
    choices = [kept_rows(one, number) for number in range(len(one.people))]
    if not all(choices):
        with pytest.raises(NobodyCan):
            solve(one, spent=work(50))
        return
    found = solve(one, spent=work(50))
    assert violations(one, found.roster) == []
    assert cost(one, found.roster).total == found.cost
    if len(choices[0]) * len(choices[-1]) < 40_000:
        best = min(cost(one, Roster(rows)).total for rows in product(*choices))
        assert found.bound <= best
        assert found.cost == best


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_roster_keeps_all_rules_and_comes_near_the_bound(seed):
    one = instance(seed, people=14, days=28, kinds=3)
    told = []
    found = solve(one, seed=seed, spent=work(120), progress=told.append)
    assert violations(one, found.roster) == []
    assert cost(one, found.roster).total == found.cost
    assert 0 <= found.gap < 0.05
    assert [one.cost for one in told] == sorted((one.cost for one in told), reverse=True)
    assert told[-1] == found


def test_the_same_seed_gives_the_same_roster_on_one_thread_and_on_two():
    one = instance(5, people=10, days=28, kinds=3)
    found = {solve(one, seed=3, spent=work(40), threads=threads).roster for threads in (1, 2, 2)}
    assert len(found) == 1


def test_a_roster_stopped_at_once_is_whole():
    one = instance(6, people=10, days=28, kinds=4)
    found = solve(one, spent=lambda: 1.0)
    assert violations(one, found.roster) == []


def test_a_limit_that_no_table_holds_is_kept():
    """Many kinds with limits: their table would be far too large, so they are loose."""
    keys = [f"k{n}" for n in range(8)]
    kinds = tuple(ShiftKind(key, 60 * (5 + n)) for n, key in enumerate(keys))
    people = tuple(
        person(
            key, most=dict.fromkeys(keys, 5), least_minutes=4000, most_minutes=9000, most_weekends=4
        )
        for key in "ABC"
    )
    needs = tuple(Need(day, "k0", 3, 100, 1) for day in range(28))
    one = RosterProblem(28, kinds, people, needs)
    assert any(staff.loose for staff in Core(one).staff)
    found = solve(one, spent=work(30))
    assert violations(one, found.roster) == []
    assert found.bound <= found.cost


def test_who_cannot_work_enough_is_named():
    with pytest.raises(NobodyCan, match="no roster of B keeps all rules") as fault:
        solve(problem(person("A"), person("B", least_minutes=5000)), spent=work(9))
    assert fault.value.person == "B"


def test_no_people_and_no_needs():
    assert solve(problem(), spent=work(9)).roster == Roster(())
    empty = solve(problem(person("A")), spent=work(9))
    assert (empty.cost, empty.bound, empty.gap) == (0, 0, 0.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"days": 0}, "at least one day"),
        ({"kinds": (ShiftKind("E", 0),)}, "shift E: 0 minutes"),
        ({"kinds": (ShiftKind("E", 60), ShiftKind("E", 70))}, "two kinds"),
        ({"kinds": (ShiftKind("E", 60, frozenset("X")),)}, "unknown follower"),
        ({"needs": [Need(7, "E", 1, 1, 1)]}, "need on day 7"),
        ({"needs": [Need(1, "X", 1, 1, 1)]}, "unknown shift X"),
        ({"needs": [Need(1, "E", -1, 1, 1)]}, "a negative need"),
    ],
)
def test_what_nobody_could_have_meant_is_refused(change, words):
    with pytest.raises(ValueError, match=words):
        problem(**change)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"most": {"X": 1}}, "unknown shift"),
        ({"least_minutes": 9, "most_minutes": 8}, "least and most minutes"),
        ({"least_run": 3, "most_run": 2}, "least and most days in a row"),
        ({"least_off": 0}, "days off or weekends"),
        ({"wanted": {(9, "E"): 1}}, "a day outside the period"),
    ],
)
def test_a_person_nobody_could_have_meant_is_refused(rules, words):
    with pytest.raises(ValueError, match=f"person A: {words}"):
        problem(person("A", **rules))
    with pytest.raises(ValueError, match="two people"):
        problem(person("A"), person("A"))
