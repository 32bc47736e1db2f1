"""The pages of indicators: what everybody reads, and what staff type and upload, right and wrong."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.indicators import IndicatorFactory, ObservationFactory
from vuoksi.base.people.models import Role
from vuoksi.indicators.models import Indicator, Observation

pytestmark = pytest.mark.django_db

HEADER = "period;value;method;source"
TYPED = {
    "key": "espoo.loans",
    "language": "en",
    "title": "Loans",
    "unit": "count",
    "better": "up",
    "version": "1",
}
FIGURE = {"period": "2025", "value": "12", "method": "survey", "kind": "measured", "source": "City"}


@pytest.fixture
def row():
    return IndicatorFactory(key="espoo.rate", title="Rate", unit="percent")


def upload(client, *lines):
    file = SimpleUploadedFile("figures.csv", "\n".join([HEADER, *lines]).encode())
    return client.post("/indicators/espoo.rate/import/", {"file": file})


def confirm(client, preview):
    hidden = {name: preview.context[name] for name in ("content", "digest")}
    return client.post("/indicators/espoo.rate/import/", hidden)


def kept():
    rows = Observation.objects.filter(is_current=True).order_by("start")
    return [(one.start.year, one.value) for one in rows]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("", 3), ("espoo.rate/ledger/", 3)])
def test_lists_take_the_same_queries_whatever_their_length(
    client, row, django_assert_num_queries, path, queries, number
):
    for year in range(2020, 2020 + number):
        ObservationFactory(indicator=row, year=year)
        ObservationFactory(indicator=IndicatorFactory(), year=year)
    with django_assert_num_queries(queries):
        assert client.get(f"/indicators/{path}").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_takes_the_same_queries_whatever_its_figures(
    client, row, django_assert_num_queries, number
):
    for year in range(2020, 2020 + number):
        ObservationFactory(indicator=row, year=year)
    with django_assert_num_queries(2):
        page = client.get("/indicators/espoo.rate/")
    assert [one.start.year for one in page.context["figures"]] == [2022, 2021, 2020][-number:]


@pytest.mark.parametrize(
    "path", ["new/", "espoo.rate/edit/", "espoo.rate/publish/", "espoo.rate/import/"]
)
def test_residents_write_nothing(client_as, row, path):
    assert client_as().get(f"/indicators/{path}").status_code == 403


def test_staff_create_an_indicator(client_as):
    answer = client_as(Role.STAFF).post("/indicators/new/", TYPED)
    assert answer.headers["location"] == "/indicators/espoo.loans/"
    assert Indicator.objects.get().title == "Loans"


def test_what_was_typed_stays_beside_what_is_wrong(client_as):
    page = client_as(Role.STAFF).post("/indicators/new/", {**TYPED, "key": "Loans of Espoo"})
    assert page.status_code == 422
    assert page.context["form"].errors == {"key": ["Write a key like espoo.recycling_rate."]}
    assert page.context["form"]["key"].value() == "Loans of Espoo"
    assert not Indicator.objects.exists()


def test_the_second_of_two_editors_sees_both_texts(client_as, row):
    client = client_as(Role.STAFF)
    wanted = {"language": "en", "better": "up", "version": "1"}
    first = client.post("/indicators/espoo.rate/edit/", {**wanted, "title": "First"})
    second = client.post("/indicators/espoo.rate/edit/", {**wanted, "title": "Second"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert second.context["form"]["title"].value() == "Second"
    assert "First" in second.content.decode()
    assert Indicator.objects.get().title == "First"


def test_a_figure_is_typed_and_published(client_as, row):
    client_as(Role.STAFF).post("/indicators/espoo.rate/publish/", FIGURE)
    assert kept() == [(2025, 12.0)]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        (
            {"period": "25"},
            "period",
            "Write a year, quarter or month like 2025, 2025-Q1 or 2025-05.",
        ),
        ({"value": "-1"}, "value", "This is too small for the unit."),
        ({"low": "13"}, "value", "The value must lie between low and high."),
    ],
)
def test_a_wrong_figure_is_named_at_its_field(client_as, row, wrong, field, words):
    page = client_as(Role.STAFF).post("/indicators/espoo.rate/publish/", {**FIGURE, **wrong})
    assert (page.status_code, page.context["form"].errors) == (422, {field: [words]})
    assert kept() == []


def test_a_file_is_shown_before_it_is_published(client_as, row):
    client = client_as(Role.STAFF)
    ObservationFactory(indicator=row, year=2023, value=40.0, method="survey")
    preview = upload(client, "2023;41,5;survey;City", "2024;42;survey;City")
    assert [change.effect for change in preview.context["changes"]] == ["corrected", "new"]
    assert kept() == [(2023, 40.0)]
    assert confirm(client, preview).status_code == 302
    assert kept() == [(2023, 41.5), (2024, 42.0)]


def test_a_wrong_line_is_named_and_nothing_is_published(client_as, row):
    lines = [f"{year};40;survey;City" for year in range(2001, 2016)]
    page = upload(client_as(Role.STAFF), *lines, "2016;many;survey;City")
    assert page.status_code == 422
    assert [(one.line, one.column) for one in page.context["form"].table_errors] == [(17, "value")]
    assert "17" in page.content.decode()
    assert kept() == []


def test_who_confirms_an_old_preview_looks_again(client_as, row):
    client = client_as(Role.STAFF)
    preview = upload(client, "2024;42;survey;City")
    client.post("/indicators/espoo.rate/publish/", {**FIGURE, "period": "2024"})
    again = confirm(client, preview)
    assert (again.status_code, again.context["is_outdated"]) == (200, True)
    assert kept() == [(2024, 12.0)]
