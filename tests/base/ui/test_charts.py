"""Charts: the picture, its table and its files say the same."""

import json
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.core import signing
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from vuoksi.base.ui import drawing, specs
from vuoksi.base.ui.charts import (
    Bar,
    Effect,
    Level,
    Point,
    Series,
    bar_chart,
    day,
    interval_chart,
    line_chart,
)

METERS = Series("meters", [Point(date(2021, 1, 1), 4.1, 3.9, 4.3), Point(date(2022, 1, 1), 3.7)])
INVOICES = Series("invoices", [Point(date(2021, 3, 2), 5.0, note="preliminary")])


def lines(*series, **options):
    return line_chart("Water <b>", series, unit="litres", source="the pool", **options)


def joined(svg):
    """The points of each line that the picture joins."""
    paths = [
        element.get("d")
        for group in ET.fromstring(svg).iter()
        if "mark-line" in group.get("class", "")
        for element in group
    ]
    return sorted(path.count("L") + 1 for path in paths)


def test_a_line_joins_the_figures_of_one_method_only():
    assert joined(drawing.drawn(lines(METERS, INVOICES)).wide) == [1, 2]


def test_the_table_holds_every_figure_and_every_target():
    table = lines(METERS, INVOICES, target_lines=[Level("target", 2.5)]).table
    assert table.header == ("Series", "Date", "litres", "Low", "High", "Note")
    assert table.rows == [
        ("meters", date(2021, 1, 1), 4.1, 3.9, 4.3, ""),
        ("meters", date(2022, 1, 1), 3.7, None, None, ""),
        ("invoices", date(2021, 3, 2), 5.0, None, None, "preliminary"),
        ("target", "", 2.5, "", "", ""),
    ]


def test_without_uncertainty_the_table_has_no_columns_for_it():
    assert lines(INVOICES).table.header == ("Series", "Date", "litres", "Note")


def test_bars_and_intervals_have_their_tables():
    bars = bar_chart("Visits", [Bar("Kera", 3, "half a year")], unit="", source="")
    assert (bars.table.header, bars.table.rows) == (
        ("", "Value", "Note"),
        [("Kera", 3, "half a year")],
    )
    effects = interval_chart("Effects", [Effect("coach", 2.1, 0.6, 3.6)], unit="min", source="")
    assert effects.table.rows == [("coach", 2.1, 0.6, 3.6)]


@pytest.mark.parametrize(
    "chart",
    [
        lines(METERS, INVOICES, target_lines=[Level("target", 2.5)]),
        lines(),
        lines(INVOICES),
        bar_chart("Visits", [Bar("Kera", 3)], unit="", source=""),
        bar_chart("Visits", [], unit="", source=""),
        interval_chart("Effects", [Effect("coach", 2.1, 0.6, 3.6)], unit="", source=""),
    ],
)
def test_a_picture_has_one_name_and_no_style_of_its_own(chart):
    drawn = drawing.drawn(chart)
    for svg in (drawn.wide, drawn.narrow):
        root = ET.fromstring(svg)
        space = "{http://www.w3.org/2000/svg}" if root.tag.startswith("{") else ""
        assert root.get("role") == "img"
        assert root.find(f"{space}title").text == chart.title
        inside = list(root.iter())[1:]
        assert [e for e in inside if e.get("role") or e.get("style")] == []


def test_a_picture_names_what_it_shows_escaped():
    assert "<title" in drawing.drawn(lines(METERS)).wide
    assert "Water &lt;b&gt;</title>" in drawing.drawn(lines(METERS)).wide


def test_the_same_figures_are_drawn_once(monkeypatch):
    first = drawing.drawn(lines(METERS))
    monkeypatch.setattr(drawing, "_svg", None)
    assert drawing.drawn(lines(METERS)) == first


def test_another_language_is_another_picture():
    with translation.override("fi"):
        finnish = drawing.key_of(lines(METERS))
    assert finnish != drawing.key_of(lines(METERS))


def test_lines_beyond_the_colours_still_differ():
    looks = [specs.styles(number) for number in range(30)]
    assert len(set(looks)) == 30


@pytest.mark.parametrize(
    ("value", "words"), [(date(2021, 1, 1), "2021"), (date(2021, 3, 2), "2 Mar 2021")]
)
def test_the_first_day_of_a_year_is_written_as_the_year(value, words):
    assert day(value) == words


def test_the_snippet_shows_names_table_and_files():
    page = Template('{% include "ui/chart.html" with chart=chart only %}').render(
        Context({"chart": lines(METERS, INVOICES)})
    )
    assert page.count('class="chart-picture"') == 2
    assert page.count('class="chart-key"') == 2
    assert page.count("<tr>") == 4
    assert "Source: the pool" in page


def test_one_line_needs_no_names():
    page = Template('{% include "ui/chart.html" with chart=chart only %}').render(
        Context({"chart": lines(METERS)})
    )
    assert page.count("chart-key") == 0


def download(form, parcel=None):
    parcel = parcel or drawing.drawn(lines(METERS, INVOICES)).parcel
    return Client().post("/charts/file/", {"format": form, "parcel": parcel})


def test_a_chart_is_downloaded_as_csv():
    answer = download("csv")
    assert answer["Content-Disposition"] == 'attachment; filename="water-b.csv"'
    assert answer.content.decode() == (
        "\ufeffSeries,Date,litres,Low,High,Note\r\n"
        "meters,2021-01-01,4.1,3.9,4.3,\r\n"
        "meters,2022-01-01,3.7,,,\r\n"
        "invoices,2021-03-02,5.0,,,preliminary\r\n"
    )


def test_a_chart_is_downloaded_as_its_specification():
    spec = json.loads(download("json").content)
    assert spec["title"]["text"] == "Water <b>"
    assert spec["title"]["subtitle"] == "litres · the pool"
    assert len(spec["data"]["values"]) == 3


def test_a_chart_is_downloaded_as_a_picture():
    answer = download("png")
    assert (answer["Content-Type"], answer.content[:4]) == ("image/png", b"\x89PNG")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "parcel"),
    [("exe", None), ("csv", "forged"), ("csv", signing.Signer(salt="other").sign("x"))],
)
def test_what_we_did_not_sign_is_refused(form, parcel):
    assert download(form, parcel).status_code == 400
