"""The language of the SensorThings API is read whole, or refused with a reason; it never breaks."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.loop.experiments.measurements.engine import (
    All,
    AnyOf,
    AskedWrongly,
    Call,
    Compare,
    Expand,
    Name,
    NoMoment,
    Not,
    NotOffered,
    Options,
    Order,
    Segment,
    key_of,
    moment,
    options_of,
    parsed,
    path_of,
    place_of,
    span,
    written,
    written_span,
)
from vuoksi.loop.experiments.measurements.engine.moments import duration

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def compare(path, operator, value):
    return Compare(Name(path), operator, value)


NAMES = st.sampled_from(["result", "id", "name", "Datastream/id", "properties/height_m"])
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(
    lambda time: time.replace(tzinfo=UTC)
)
VALUES = st.one_of(
    st.text("ab ä';,()", max_size=8), st.integers(-(10**9), 10**9), st.booleans(), st.none(), MOMENTS,
    st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip
COMPARED = st.builds(compare, NAMES, st.sampled_from(["eq", "ne", "gt", "ge", "lt", "le"]), VALUES)
CONDITIONS = st.recursive(
    COMPARED,
    lambda inner: st.one_of(
        st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: AnyOf(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(Not, inner),
    ),
    max_leaves=8,
)


def text_of(condition):
    """Write a condition as a client would, with brackets around every part."""
    match condition:
        case All(parts):
            return " and ".join(f"({text_of(part)})" for part in parts)
        case AnyOf(parts):
            return " or ".join(f"({text_of(part)})" for part in parts)
        case Not(part):
            return f"not ({text_of(part)})"
        case Compare(Name(path), operator, value):
            return f"{path} {operator} {written_value(value)}"


def written_value(value):
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, datetime):
        return written(value)
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)


@given(CONDITIONS)
def test_what_a_client_writes_is_read_back(condition):
    assert parsed(text_of(condition), NOW) == condition


@given(st.text(alphabet="abeqnortl ()',/0123456789.-TZ:$=;", max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(AskedWrongly):
        parsed(text, NOW)
    with suppress(AskedWrongly):
        path_of(text)
    with suppress(AskedWrongly):
        options_of({"$expand": text, "$orderby": text}, NOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("result gt 5", compare("result", "gt", 5)),
        ("5 lt result", compare("result", "gt", 5)),
        ("2 eq id", compare("id", "eq", 2)),
        ("name eq 'O''Brien'", compare("name", "eq", "O'Brien")),
        ("result eq -1.5e3", compare("result", "eq", -1500.0)),
        ("substringof('ol', name)", compare("name", "contains", "ol")),
        ("startswith(Thing/name,'P')", compare("Thing/name", "startswith", "P")),
        ("not a eq 1 and b eq 2", All((Not(compare("a", "eq", 1)), compare("b", "eq", 2)))),
        (
            "a eq 1 or b eq 2 and c eq 3",
            AnyOf((compare("a", "eq", 1), All((compare("b", "eq", 2), compare("c", "eq", 3))))),
        ),
        ("result eq 2 add 3 mul 4", compare("result", "eq", 14)),
        ("result eq (2 add 3) mul 4", compare("result", "eq", 20)),
        (
            "result sub 1 mul 2 gt 5 or 5 lt result",
            AnyOf(
                (
                    Compare(Call("sub", (Name("result"), 2)), "gt", 5),
                    compare("result", "gt", 5),
                )
            ),
        ),
        ("contains(name,'ol')", compare("name", "contains", "ol")),
        ("resultTime gt phenomenonTime", Compare(Name("resultTime"), "gt", Name("phenomenonTime"))),
        (
            "startswith(tolower(name), 'p')",
            Compare(Call("tolower", (Name("name"),)), "startswith", "p"),
        ),
        (
            "year(phenomenonTime) eq 2026",
            Compare(Call("year", (Name("phenomenonTime"),)), "eq", 2026),
        ),
        (
            "phenomenonTime gt now() sub duration'P1DT2H'",
            compare("phenomenonTime", "gt", datetime(2026, 5, 3, 10, tzinfo=UTC)),
        ),
        (
            "phenomenonTime ge 2026-05-04T12:00:00+03:00",
            compare("phenomenonTime", "ge", datetime(2026, 5, 4, 9, tzinfo=UTC)),
        ),
    ],
)
def test_the_order_of_and_or_not(text, expected):
    assert parsed(text, NOW) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "too early"),
        ("result", "eq, ne, gt"),
        ("result gt 5 and result", "eq, ne, gt"),
        ("result gt", "too early"),
        ("result = 5", "cannot be read"),
        ("result like 5", "eq, ne, gt"),
        ("5 gt 4", "a name on one side"),
        ("(result gt 5) add 1 gt 2", "a comparison stands where"),
        ("result gt )", "missing before"),
        ("result gt 1e999", "too large"),
        (f"result gt {'9' * 5000}", "too large"),
        ("result gt 1 div 0", "div cannot be computed"),
        ("result gt 1e308 mul 10", "no number"),
        ("phenomenonTime gt now() sub 5", "sub cannot be computed"),
        ("phenomenonTime gt now() sub duration'1 day'", "no length of time"),
        ("phenomenonTime gt now() add duration'P999999D' mul 9999", "cannot be computed"),
        ("name eq 'a' add 'b'", "cannot be computed|no number"),
        ("tolower('A') eq 'a'", "needs a name in its"),
        ("tolower(a, b) eq 'a'", "1 in its brackets"),
        ("tolower(a b) eq 'a'", "“,” is missing"),
        ("sideways(a) eq 'a'", "no function"),
        ("(result gt 5", "too early|missing"),
        ("result gt 5)", "should end"),
        ("result gt 5 result", "should end"),
        ("startswith(name, other)", "a name and a text"),
        ("startswith name", "eq, ne, gt"),
        ("(" * 60 + "a eq 1" + ")" * 60, "levels"),
        ("not " * 3000 + "a eq 1", "levels"),
        ("result gt 2026-13-45", "no moment"),
        ("result gt '5", "cannot be read"),
        ("__import__('os')", "cannot be read"),
    ],
)
def test_a_filter_that_cannot_be_read_says_where(text, words):
    with pytest.raises(AskedWrongly, match=words):
        parsed(text, NOW)


def test_a_path_is_read_step_by_step():
    assert path_of("Things(1)/Datastreams('a b')/Observations/$ref") == (
        Segment("Things", 1),
        Segment("Datastreams", "a b"),
        Segment("Observations"),
        Segment("$ref"),
    )


def test_options_are_read_with_what_is_inside():
    found = options_of(
        {
            "$expand": "Datastreams($filter=name eq 'a;b,(c';$expand=Sensor;$top=1),Locations/Things",
            "$select": "id, name",
            "$orderby": "name desc,id",
            "$top": "5000",
            "$skip": "2",
            "$count": "true",
        },
        NOW,
    )
    inside = Options(condition=compare("name", "eq", "a;b,(c"), expand=(Expand("Sensor"),), top=1)
    given = (("$filter", "name eq 'a;b,(c'"), ("$expand", "Sensor"), ("$top", "1"))
    assert found == Options(
        expand=(
            Expand("Datastreams", inside, given),
            Expand("Locations", Options(expand=(Expand("Things"),)), (("$expand", "Things"),)),
        ),
        select=("id", "name"),
        orders=(Order("name", is_descending=True), Order("id")),
        top=1000,
        skip=2,
        has_count=True,
    )


def test_what_is_the_clients_own_is_passed_over_and_a_forgotten_sign_is_not():
    assert options_of({"_": "1730000000", "token": "x"}, NOW) == Options()
    with pytest.raises(AskedWrongly, match="“filter” is not known"):
        options_of({"filter": "result gt 5"}, NOW)


@pytest.mark.parametrize(
    "given_",
    [
        {"$search": "x"},
        {"$resultFormat": "GeoJSON"},
        {"$filter": "geo.distance(location, geography'POINT(1 2)') lt 5"},
        {"$filter": "overlaps(phenomenonTime, 2026-05-04)"},
    ],
)
def test_what_only_others_offer_is_told_apart_from_what_is_wrong(given_):
    with pytest.raises(NotOffered, match=r"not offered|not known"):
        options_of(given_, NOW)


@pytest.mark.parametrize(
    ("given_", "words"),
    [
        ({"$top": "many"}, r"\$top must be"),
        ({"$skip": "-1"}, r"\$skip must be"),
        ({"$count": "yes"}, r"\$count must be"),
        ({"$select": "a b"}, "is no name"),
        ({"$orderby": "name up"}, "is no order"),
        ({"$expand": "A(B"}, "not closed"),
        ({"$expand": "A($top=1)x"}, "cannot be expanded"),
        ({"$expand": "A(top)"}, "is no option"),
        ({"$expand": "A/B/C/D/E"}, "deeper than"),
        ({"$expand": "A($expand=" * 8 + "B" + ")" * 8}, "deeper than"),
        ({"$filter": "a" * 9000}, "longer than"),
        ({"$secret": "1"}, "not known"),
        ({"$resultFormat": "pdf"}, "must be dataArray"),
        ({"$filter": "a\0"}, "zero byte"),
    ],
)
def test_an_option_that_is_wrong_says_why(given_, words):
    with pytest.raises(AskedWrongly, match=words):
        options_of(given_, NOW)


@given(st.integers(1, 2**62), MOMENTS, st.one_of(st.none(), MOMENTS))
def test_the_id_of_an_observation_leads_back_to_it(stream, start, end):
    assert place_of(key_of(stream, start, end)) == (stream, start, end)


@given(MOMENTS, MOMENTS)
def test_moments_are_written_as_they_are_read(first, second):
    start, end = sorted([first, second])
    assert moment(written(start)) == start
    assert span(written_span(start, end)) == (start, end)
    assert span(written(start)) == (start, None)


@pytest.mark.parametrize(
    "text", ["", "noon", "2026-05-04T25:00:00Z", "2026-05-04T12:00Z/", 5, "0001-01-01T00:00:00+23:00",
             "2026-05-05T00:00:00Z/2026-05-04T00:00:00Z"],
)  # fmt: skip
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(NoMoment):
        span(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("P1D", 86400), ("PT1H30M", 5400), ("-PT0.5S", -0.5), ("P1DT1S", 86401)],
)
def test_a_length_of_time_is_read(text, seconds):
    assert duration(text).total_seconds() == seconds


@pytest.mark.parametrize("text", ["", "P", "PT", "1D", "P1Y", "-P", "P1D2H"])
def test_what_is_no_length_of_time_is_refused(text):
    with pytest.raises(NoMoment):
        duration(text)


@pytest.mark.parametrize("key", ["", "1", "x-1", "1-2-3-4", f"1-{10**30}"])
def test_what_is_no_id_is_refused(key):
    with pytest.raises(NoMoment):
        place_of(key)
