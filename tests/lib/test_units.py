import math

import pytest

from vuoksi.lib.units import UNITS, UnknownUnit, unit


def test_each_unit_stands_under_its_code():
    assert [code for code, row in UNITS.items() if code != row.code] == []


def test_no_two_units_look_the_same():
    shown = [row.display for row in UNITS.values() if row.display]
    assert sorted(set(shown)) == sorted(shown)


def test_an_unknown_unit_is_named():
    with pytest.raises(UnknownUnit) as caught:
        unit("furlong")
    assert caught.value.code == "furlong"
    assert str(caught.value) == "'furlong' is not a known unit."


@pytest.mark.parametrize(
    ("code", "value", "answer"),
    [
        ("percent", 100.0, None),
        ("percent", 100.1, "above_maximum"),
        ("percent", -0.1, "below_minimum"),
        ("percent_change", -33.0, None),
        ("persons", 305_274, None),
        ("persons", 2.5, "not_whole"),
        ("persons", math.inf, "not_finite"),
        ("kt_co2e", -12.5, None),
        ("number", math.nan, "not_finite"),
        ("kg", -1, "below_minimum"),
    ],
)
def test_a_value_that_makes_no_sense_in_its_unit_is_told(code, value, answer):
    assert unit(code).check(value) == answer
