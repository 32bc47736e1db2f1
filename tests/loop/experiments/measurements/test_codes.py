import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.lib.cells import CellError
from vuoksi.loop.experiments.measurements.engine import LONGEST_CODE, fault_of, unit_code


@pytest.mark.parametrize("code", ["group-01", "A1", "koti_17", "yö.3", "7"])
def test_codes_may_stand(code):
    assert (fault_of(code), unit_code(code)) == (None, code)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("maija@example.org", "looks_personal"),
        ("maija7@example.org", "looks_personal"),
        ("Maija Meikäläinen", "looks_personal"),
        ("Maija", "looks_personal"),
        ("Maija Meikäläinen 2", "not_a_code"),
        ("131052-308T", "looks_personal"),
        ("131052A308T", "looks_personal"),
        ("+358401234567", "looks_personal"),
        ("0401234567", "looks_personal"),
        ("-7", "not_a_code"),
        ("7/8", "not_a_code"),
        ("7" * 61, "too_long"),
        ("", "looks_personal"),
    ],
)
def test_what_may_be_a_person_is_refused(code, fault):
    assert fault_of(code) == fault
    with pytest.raises(CellError) as caught:
        unit_code(code)
    assert caught.value.code == fault


@given(st.text(max_size=80))
def test_no_code_has_a_space_an_at_or_no_digit(text):
    if fault_of(text) is None:
        assert not any(letter.isspace() or letter == "@" for letter in text)
        assert any(letter.isdigit() for letter in text)
        assert len(text) <= LONGEST_CODE
