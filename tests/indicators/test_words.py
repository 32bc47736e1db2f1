import pytest
from django.utils.translation import override

from vuoksi.indicators.words import UNIT_WORDS, figure, number, unit_words
from vuoksi.lib.units import UNITS


def test_every_unit_has_its_words():
    assert set(UNIT_WORDS) == set(UNITS)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (48.0, "48"),
        (9.07, "9.07"),
        (60.9, "60.9"),
        (0.6, "0.6"),
        (823.4, "823.4"),
        (1060.2, "1,060"),
        (305274.0, "305,274"),
        (-0.25, "-0.25"),
        (0.00123, "0.00123"),
    ],
)
def test_figures_keep_the_decimals_they_carry(value, shown):
    with override("en"):
        assert number(value) == shown


def test_a_finn_reads_a_comma():
    with override("fi"):
        assert number(9.07) == "9,07"


def test_a_figure_keeps_its_unit_on_its_line():
    with override("en"):
        assert figure(48.0, "percent") == "48\u00a0%"
        assert figure(3.0, "count") == "3"


def test_a_unit_outside_the_table_is_shown_as_written():
    assert unit_words("laps") == "laps"
