"""Small rosters to try things on, drawn at random, and every roster that a person could have."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from vuoksi.systems.libraries.engine.rosters.problem import Need, Person, RosterProblem, ShiftKind

EARLY, LATE = ShiftKind("E", 480), ShiftKind("L", 360, frozenset("E"))


def person(key="A", **changes):
    """Somebody who may work anything."""
    rules = {
        "most": {"E": 99, "L": 99},
        "least_minutes": 0,
        "most_minutes": 99 * 480,
        "least_run": 1,
        "most_run": 7,
        "least_off": 1,
        "most_weekends": 9,
    }
    return Person(key, **{**rules, **changes})


def problem(*people, days=7, needs=(), kinds=(EARLY, LATE)):
    return RosterProblem(days, kinds, people, tuple(needs))


@st.composite
def small(draw, days=7, most_people=3):
    """A problem of which every roster can be tried."""
    people = []
    for k in range(draw(st.integers(1, most_people))):
        least_run = draw(st.integers(1, 2))
        cells = st.tuples(st.integers(0, days - 1), st.sampled_from("EL"))
        people.append(
            person(
                f"P{k}",
                most={"E": draw(st.integers(0, 4)), "L": draw(st.integers(1, 4))},
                least_minutes=draw(st.sampled_from([0, 360, 840])),
                most_minutes=draw(st.sampled_from([1200, 1800, 2400])),
                least_run=least_run,
                most_run=draw(st.integers(least_run, 5)),
                least_off=draw(st.integers(1, 3)),
                most_weekends=draw(st.integers(0, 1)),
                days_off=draw(st.frozensets(st.integers(0, days - 1), max_size=2)),
                wanted=draw(st.dictionaries(cells, st.integers(1, 9), max_size=3)),
                unwanted=draw(st.dictionaries(cells, st.integers(1, 9), max_size=3)),
            )
        )
    needs = [
        Need(day, kind, draw(st.integers(0, 2)), draw(st.integers(0, 20)), draw(st.integers(0, 3)))
        for day in range(days)
        for kind in draw(st.sampled_from(["", "E", "L", "EL"]))
    ]
    return problem(*people, days=days, needs=needs)


def instance(seed, *, people, days, kinds):
    """A larger problem that has rosters, drawn from a seed: shifts around the clock, a week of 40 hours or less."""
    rng = np.random.default_rng(seed)
    keys = [f"k{n}" for n in range(kinds)]
    all_kinds = tuple(
        ShiftKind(key, int(rng.choice([360, 480, 540])), frozenset(keys[: n // 2]))
        for n, key in enumerate(keys)
    )
    weeks = days // 7
    staff = []
    for n in range(people):
        able = [key for key in keys if rng.random() < 0.7] or keys[:1]
        wishes = {
            (int(rng.integers(days)), str(rng.choice(able))): int(rng.integers(1, 4))
            for _ in range(4)
        }
        staff.append(
            Person(
                f"P{n}",
                {key: int(rng.integers(days * 3 // 4, days)) for key in able},
                weeks * 1500,
                weeks * 2400,
                2,
                5,
                2,
                (weeks + 1) // 2,
                frozenset(map(int, rng.choice(days, 1))),
                wishes,
                {},
            )
        )
    needs = tuple(
        Need(day, key, int(rng.integers(0, 2 + people * 4 // (7 * kinds))), 100, 1)
        for day in range(days)
        for key in keys
    )
    return RosterProblem(days, all_kinds, tuple(staff), needs)


def every_row(days, keys=(None, "E", "L")):
    return product(keys, repeat=days)
