"""Codes, eligibility, and what may be published of counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.experiments.measurements.engine import fault_of
from vuoksi.loop.experiments.participants.engine import (
    CODES,
    Asked,
    code_from,
    published,
    published_count,
    published_share,
    reasons_against,
)

CELLS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 40), min_size=1)


@given(st.integers(0, CODES - 1), st.integers(0, CODES - 1))
def test_each_number_has_a_code_of_its_own_that_may_stand_as_a_unit(one, other):
    assert (code_from(one) == code_from(other)) == (one == other)
    assert fault_of(code_from(one)) is None


@pytest.mark.parametrize("number", [-1, CODES])
def test_there_are_no_further_codes(number):
    with pytest.raises(ValueError, match="is not below"):
        code_from(number)


@given(CELLS)
def test_no_shown_cell_is_small_and_no_hidden_one_can_be_worked_out(cells):
    shown = published(cells)
    hidden = [cells[name] for name, count in shown.items() if count is None]
    assert all(
        count is None or (count >= 5 and count == cells[name]) for name, count in shown.items()
    )
    # Who knows the total learns of one hidden cell all, and of several only their sum.
    assert len(hidden) != 1 or len(cells) == 1
    assert not hidden or sum(hidden) >= 5 or len(hidden) == len(cells)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"yes": 12, "no": 9}, {"yes": 12, "no": 9}),
        ({"yes": 12, "no": 2, "maybe": 9}, {"yes": 12, "no": None, "maybe": None}),
        ({"yes": 3, "no": 1}, {"yes": None, "no": None}),
        ({"a": 20, "b": 0, "c": 0, "d": 8}, {"a": 20, "b": None, "c": None, "d": None}),
        ({"a": 20, "b": 3, "c": 2, "d": 8}, {"a": 20, "b": None, "c": None, "d": 8}),
    ],
)
def test_which_cells_are_hidden(cells, expected):
    assert published(cells) == expected


def test_shares_and_counts_hide_both_small_sides():
    assert [published_share(n, 20) for n in (0, 4, 5, 15, 16, 20)] == [
        None,
        None,
        5,
        15,
        None,
        None,
    ]
    assert [published_count(n) for n in (0, 4, 5)] == [None, None, 5]


def test_who_fits():
    asked = [Asked(1, frozenset({0})), Asked(2, frozenset({0, 2}))]
    fit = {"age": 30, "youngest": 18}
    assert reasons_against(asked, {1: 0, 2: 2}, **fit) == ()
    assert reasons_against(asked, {1: 1, 2: 1}, **fit) == (1, 2)
    assert reasons_against(asked, {2: 0}, age=17, youngest=18) == ("age", 1)
