"""The text format of the public instances, with an instance of our own."""

import json

import pytest

from vuoksi.systems.libraries.engine.formats import (
    FormatError,
    read_instance,
    solve_text,
    write_roster,
)
from vuoksi.systems.libraries.engine.rosters.problem import Need, Person, Roster, ShiftKind

TEXT = """# a remark
SECTION_HORIZON
7

SECTION_SHIFTS
E,480,
L,360,E

SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, MaxConsecutive, MinConsecutive, MinDaysOff, MaxWeekends
A,E=7|L=0,2400,960,5,2,2,1

SECTION_DAYS_OFF
A,3,4

SECTION_SHIFT_ON_REQUESTS
A,0,E,2

SECTION_SHIFT_OFF_REQUESTS
A,6,E,1

SECTION_COVER
0,E,1,100,1
"""


def test_an_instance_is_read():
    found = read_instance(TEXT.replace("\n", "\r\n"))
    assert found.days == 7
    assert found.kinds == (ShiftKind("E", 480), ShiftKind("L", 360, frozenset("E")))
    assert found.people == (
        Person(
            "A",
            {"E": 7, "L": 0},
            960,
            2400,
            2,
            5,
            2,
            1,
            frozenset({3, 4}),
            {(0, "E"): 2},
            {(6, "E"): 1},
        ),
    )
    assert found.needs == (Need(0, "E", 1, 100, 1),)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "words"),
    [
        ("L,360,E", "L,long,E", 7, "cannot be read as SHIFTS: L,long,E"),
        ("5,2,2,1", "5,2,2", 11, "cannot be read as STAFF"),
        ("A,0,E,2", "A,0", 17, "cannot be read as SHIFT_ON_REQUESTS"),
        ("SECTION_COVER", "SECTION_COVERS", 23, "unknown section COVERS"),
        ("SECTION_HORIZON", "HORIZON", 2, "unknown section before any line"),
    ],
)
def test_a_wrong_line_is_named(right, wrong, line, words):
    with pytest.raises(FormatError, match=f"line {line}: {words}") as fault:
        read_instance(TEXT.replace(right, wrong, 1))
    assert fault.value.line == line


def test_a_roster_is_written_as_the_verifiers_read_it():
    assert write_roster(Roster((("E", None, "L"), (None, None, None)))) == "E\t\tL\n\t\t\n"


def test_the_command_makes_a_roster_of_an_instance():
    found = json.loads(solve_text(TEXT))
    assert found["cost"] == found["bound"] == found["short"] + found["over"] + found["wishes"] == 0
    assert found["roster"]["A"][0] == "E"
