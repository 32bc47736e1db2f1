import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.lib.canonical import canonical, digest

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=20,
)


def test_the_text_is_as_documented():
    data = {
        "b": [1, 1.0, 0.1, 1e22, True, None],
        "a": 'Ä\n"',
        "sum": Decimal("1.50"),
        "day": date(2024, 5, 31),
        "at": datetime(2024, 5, 31, 9, 30, tzinfo=UTC),
        "hour": time(9, 30),
        "pair": (1, 2),
    }
    assert canonical(data) == (
        '{"a":"Ä\\n\\"","at":"2024-05-31T09:30:00+00:00","b":[1,1.0,0.1,1e+22,true,null],'
        '"day":"2024-05-31","hour":"09:30:00","pair":[1,2],"sum":"1.50"}'
    )


def test_the_digest_in_the_reference_can_be_recomputed():
    page = (Path(__file__).parents[2] / "docs/reference/digests.md").read_text()
    assert digest({"title": "Uimahalli", "budget_eur": 1500, "share": 0.5}) in page
    assert '{"budget_eur":1500,"share":0.5,"title":"Uimahalli"}' in page


@given(JSON)
def test_reading_the_text_gives_the_same_digest(data):
    assert digest(json.loads(canonical(data))) == digest(data)


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.integers()))
def test_the_order_of_keys_does_not_matter(data):
    assert digest(dict(reversed(data.items()))) == digest(data)


@given(JSON, JSON)
def test_different_texts_have_different_digests(one, other):
    assert (digest(one) == digest(other)) == (canonical(one) == canonical(other))


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")]
)
def test_a_number_that_is_not_finite_is_refused(value):
    with pytest.raises(ValueError, match="not a finite number"):
        digest({"value": [value]})


@pytest.mark.parametrize("data", [{1: "a"}, {"a": {1, 2}}, {"a": object()}, b"bytes"])
def test_what_json_does_not_know_is_refused(data):
    with pytest.raises(TypeError):
        digest(data)
