"""The checker, one rule at a time: the roster that just keeps it and the one that just does not."""

import pytest

from tests.systems.libraries.engine.problems import person, problem
from vuoksi.systems.libraries.engine.rosters.check import Cost, Violation, cost, violations
from vuoksi.systems.libraries.engine.rosters.problem import Need, Roster

WORDS = {".": None}


def roster(*rows):
    return Roster(tuple(tuple(WORDS.get(letter, letter) for letter in row) for row in rows))


@pytest.mark.parametrize(
    ("rules", "kept", "broken", "violation"),
    [
        ({"most": {"E": 9}}, "E......", "L......", Violation("cannot work this shift", "A", 0)),
        ({"days_off": frozenset({2})}, "EE.E...", "EEE....", Violation("day off", "A", 2)),
        ({}, "EL.E...", "ELE....", Violation("shift that must not follow", "A", 2)),
        (
            {"most_minutes": 960},
            "EE.....",
            "EE.E...",
            Violation("most minutes", "A", None, 1440, 960),
        ),
        (
            {"least_minutes": 840},
            "EL.....",
            "E......",
            Violation("least minutes", "A", None, 480, 840),
        ),
        (
            {"most": {"E": 1, "L": 9}},
            "EL.....",
            "E.E....",
            Violation("most shifts E", "A", None, 2, 1),
        ),
        ({"most_weekends": 0}, "EEEEE..", "......E", Violation("most weekends", "A", None, 1, 0)),
        ({"most_run": 2}, "EE.EE..", ".EEE...", Violation("most days in a row", "A", 1, 3, 2)),
        ({"least_run": 2}, "E.EE..E", "..E....", Violation("least days in a row", "A", 2, 1, 2)),
        (
            {"least_off": 2},
            ".E..E..",
            "E.E....",
            Violation("least days off in a row", "A", 1, 1, 2),
        ),
    ],
)
def test_a_rule_is_kept_or_broken(rules, kept, broken, violation):
    one = problem(person(**rules))
    assert violations(one, roster(kept)) == []
    assert violations(one, roster(broken)) == [violation]


def test_a_roster_costs_what_is_short_what_is_over_and_wishes():
    needs = [Need(0, "E", 2, 100, 1), Need(1, "L", 0, 50, 7), Need(2, "E", 1, 10, 1)]
    one = problem(
        person("A", wanted={(0, "E"): 3, (4, "L"): 5}),
        person("B", unwanted={(2, "E"): 4}),
        needs=needs,
    )
    assert cost(one, roster("EL.....", "..E....")) == Cost(wishes=5 + 4, short=100, over=7)
    assert cost(one, roster("EL.....", "..E....")).total == 116


def test_a_roster_of_others_is_refused():
    with pytest.raises(ValueError, match="1 rows for 2 people"):
        violations(problem(person("A"), person("B")), roster("......."))
    with pytest.raises(ValueError, match="6 days of A for 7"):
        violations(problem(person("A")), roster("......"))
