import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.indicators import IndicatorFactory
from vuoksi.base.lists.faults import in_words
from vuoksi.indicators.forms import FigureForm, ImportForm, IndicatorForm

pytestmark = pytest.mark.django_db

HEADER = "period,value,method,source\n"


def importing(text, **more):
    upload = SimpleUploadedFile("figures.csv", text.encode())
    return ImportForm(more, {"file": upload}, indicator=IndicatorFactory())


class TestImportForm:
    def test_a_good_file_gives_figures_by_line(self):
        form = importing(HEADER + "2021,48,HSY,HSY\n2022-Q1,49,HSY,HSY\n")
        assert form.is_valid()
        assert [(line, f.period.label, f.value) for line, f in form.cleaned_data["rows"]] == [
            (2, "2021", 48.0),
            (3, "2022-Q1", 49.0),
        ]

    def test_the_wrong_cell_on_line_17_is_named(self):
        lines = [f"{2000 + n},48,HSY,HSY" for n in range(20)]
        lines[15] = "2015,many,HSY,HSY"
        form = importing(HEADER + "\n".join(lines))
        assert not form.is_valid()
        (fault,) = in_words(form.table_errors)
        assert (fault.line, fault.column, fault.words) == (17, "value", "“many” is not a number.")

    @pytest.mark.parametrize(
        ("row", "column", "code"),
        [
            ("soon,48,HSY,HSY", "period", "not_a_period"),
            ("2021,148,HSY,HSY", "value", "above_maximum"),
            ("2021,-1,HSY,HSY", "value", "below_minimum"),
            ("2021,48,,HSY", "method", "missing"),
        ],
    )
    def test_each_fault_has_its_code(self, row, column, code):
        form = importing(HEADER + row)
        assert not form.is_valid()
        assert [(e.line, e.column, e.code) for e in form.table_errors] == [(2, column, code)]

    def test_a_value_outside_its_interval_is_refused(self):
        form = importing("period,value,low,high,method,source\n2021,48,49,50,HSY,HSY\n")
        assert not form.is_valid()
        assert [(e.line, e.code) for e in form.table_errors] == [(2, "outside_interval")]

    def test_a_period_that_stands_twice_is_refused(self):
        form = importing(HEADER + "2021,48,HSY,HSY\n2021,49,HSY,HSY\n")
        assert not form.is_valid()
        assert [(e.line, e.code, e.value) for e in form.table_errors] == [(3, "repeated", "2")]

    def test_the_preview_sends_the_content_back(self):
        first = importing(HEADER + "2021,48,HSY,HSY\n")
        assert first.is_valid()
        second = ImportForm(
            {"content": first.cleaned_data["content"]}, {}, indicator=first.indicator
        )
        assert second.is_valid()
        assert second.cleaned_data["rows"] == first.cleaned_data["rows"]

    @pytest.mark.parametrize("content", ["", "not base64!"])
    def test_no_file_is_said_at_the_field(self, content):
        form = ImportForm({"content": content}, {}, indicator=IndicatorFactory())
        assert not form.is_valid()
        assert list(form.errors) == ["file"]

    def test_a_large_file_is_refused(self):
        form = importing(HEADER + "x" * 1_000_001)
        assert form.errors["file"] == ["The file is larger than 1 MB."]

    def test_a_broken_workbook_is_named(self):
        upload = SimpleUploadedFile("figures.csv", b"PK\x03\x04rest")
        form = ImportForm({}, {"file": upload}, indicator=IndicatorFactory())
        assert not form.is_valid()
        assert [e.code for e in form.table_errors] == ["workbook"]

    def test_content_is_what_was_uploaded(self):
        text = HEADER + "2021,48,HSY,HSY\n"
        form = importing(text)
        assert form.is_valid()
        assert base64.b64decode(form.cleaned_data["content"]).decode() == text


class TestFigureForm:
    def good(self, **changes):
        return {
            "period": "2025",
            "value": "12",
            "method": "m",
            "kind": "measured",
            "source": "s",
            **changes,
        }

    def test_a_good_figure(self):
        form = FigureForm(self.good(low="11", high="13"), indicator=IndicatorFactory())
        assert form.is_valid()
        assert (form.figure().period.label, form.figure().low, form.figure().high) == (
            "2025",
            11.0,
            13.0,
        )

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"period": "last year"}, "period"),
            ({"value": "101"}, "value"),
            ({"low": "13"}, "value"),
            ({"high": "11"}, "value"),
            ({"kind": "guess"}, "kind"),
            ({"source": ""}, "source"),
        ],
    )
    def test_a_fault_stands_at_its_field(self, changes, field):
        form = FigureForm(self.good(**changes), indicator=IndicatorFactory())
        assert not form.is_valid()
        assert list(form.errors) == [field]


@pytest.mark.parametrize("key", ["nodot", "Espoo.x", "espoo.9x", "espoo x.y"])
def test_a_strange_key_is_refused(key):
    form = IndicatorForm(
        {
            "key": key,
            "language": "en",
            "title": "T",
            "unit": "percent",
            "better": "up",
            "version": 1,
        }
    )
    assert list(form.errors) == ["key"]
