from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from vuoksi.loop.decisions.engine import FITTING, goes_against, share


@given(whole=st.integers(1, 10_000), data=st.data())
def test_the_interval_is_that_of_another_program(whole, data):
    part = data.draw(st.integers(0, whole))
    found = share(part, whole)
    other = binomtest(part, whole).proportion_ci(method="wilson")
    assert isclose(found.low, other.low, abs_tol=1e-9)
    assert isclose(found.high, other.high, abs_tol=1e-9)
    assert 0 <= found.low <= found.share <= found.high <= 1


@given(part=st.integers(0, 200), whole=st.integers(1, 200))
def test_what_did_not_happen_mirrors_what_did(part, whole):
    part = min(part, whole)
    one, other = share(part, whole), share(whole - part, whole)
    assert isclose(one.low, 1 - other.high, abs_tol=1e-12)


def test_without_a_whole_there_is_no_share():
    assert (share(0, 0).share, share(0, 0).low, share(0, 0).is_few) == (None, None, True)


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 3)])
def test_no_part_of_the_whole_is_refused(part, whole):
    with pytest.raises(ValueError, match="no part"):
        share(part, whole)


@pytest.mark.parametrize("kind", ["scale", "adapt", "stop", "repeat", "procure"])
@pytest.mark.parametrize("outcome", ["scale", "stop", "inconclusive", "no_rule", ""])
def test_every_decision_beside_every_outcome(outcome, kind):
    against = {
        ("scale", "stop"),
        ("scale", "repeat"),
        ("stop", "scale"),
        ("stop", "adapt"),
        ("stop", "repeat"),
        ("stop", "procure"),
        ("inconclusive", "scale"),
        ("inconclusive", "procure"),
        ("inconclusive", "stop"),
    }
    assert goes_against(outcome, kind) == ((outcome, kind) in against)


def test_the_table_names_only_outcomes_of_rules():
    assert set(FITTING) == {"scale", "stop", "inconclusive"}
