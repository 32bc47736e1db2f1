"""Codes that no unit has."""

import pytest

from vuoksi.loop.experiments.measurements.api import MeasurementIn

GIVEN = {"arm": "before", "day": "2026-05-04", "value": 1}


@pytest.mark.parametrize("unit", ["pool-1\x00", "\x00", "a1\nb2"])
def test_a_control_character_in_a_code_is_refused(unit):
    with pytest.raises(ValueError, match="unit"):
        MeasurementIn(unit=unit, **GIVEN)


def test_other_characters_are_left_to_the_rules_of_codes():
    assert MeasurementIn(unit="allas-1 ä", **GIVEN).unit == "allas-1 ä"
