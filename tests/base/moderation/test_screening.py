"""What is held for a look, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.base.moderation.engine import Doubt, Limits, Written, doubt_about, links_in

LIMITS = Limits(links=3, new_h=24, a_day=20)


def written(**more):
    return Written(
        **{"links": 0, "account_age_h": 1000, "shown_before": 5, "in_last_day": 0, **more}
    )


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("See https://example.org and HTTP://example.net/x.", 2),
        ("www.example.org", 1),
        ("The www is old; http:// alone is no link", 0),
        ("I like trees", 0),
        ("awww.cute", 0),
    ],
)
def test_links_are_counted(text, count):
    assert links_in([text]) == count


@pytest.mark.parametrize(
    ("what", "doubt"),
    [
        (written(), None),
        (written(links=2), None),
        (written(links=3), Doubt.LINKS),
        (written(links=1, account_age_h=23.9, shown_before=0), Doubt.NEW_WITH_LINK),
        (written(links=1, account_age_h=24, shown_before=0), None),
        (written(links=1, account_age_h=1, shown_before=1), None),
        (written(links=1, account_age_h=None, shown_before=0), Doubt.NEW_WITH_LINK),
        (written(in_last_day=19), None),
        (written(in_last_day=20), Doubt.MANY),
    ],
)
def test_what_is_doubted(what, doubt):
    assert doubt_about(what, LIMITS) == doubt


@given(
    age=st.none() | st.floats(0, 1e6),
    links=st.integers(1, 9),
    a_day=st.integers(1, 50),
    new_h=st.floats(0, 1000),
)
def test_a_first_text_without_links_shows_at_once(age, links, a_day, new_h):
    first = Written(links=0, account_age_h=age, shown_before=0, in_last_day=0)

    assert doubt_about(first, Limits(links, new_h, a_day)) is None
