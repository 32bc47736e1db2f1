"""What /design shows: every part of the pages with invented content, in all its states."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists import questions
from vuoksi.base.lists.columns import Column, Filter, Table
from vuoksi.base.lists.pages import TablePage
from vuoksi.base.ui import charts, diagram, maps

TONES = ("neutral", "info", "good", "warn", "bad", "idea", "try", "decide")


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    kind: str
    visits: int
    opened: date | None


ROWS = [
    Row("Kera", "testbed", 1240, date(2024, 5, 2)),
    Row("Otaniemi", "testbed", 8312, date(2019, 9, 1)),
    Row("Tapiola", "city centre", 20455, None),
    *[
        Row(f"Shore {number}", "site", number * 17, date(2025, 1, number))
        for number in range(1, 23)
    ],
]

TABLE = Table(
    "samples",
    _("Places of the sample"),
    columns=(
        Column("name", _("Name"), lambda row: row.name, sort="name"),
        Column("kind", _("Kind"), lambda row: row.kind, sort="kind"),
        Column("visits", _("Visits"), lambda row: row.visits, sort="visits", numeric=True),
        Column("opened", _("Opened"), lambda row: row.opened),
    ),
    filters=(
        Filter(
            "kind", _("Kind"), lambda: [("testbed", _("testbed"))], lambda rows, _value: rows.all()
        ),
    ),
    search=("name",),
    page_size=5,
    default_sort="name",
)


class SampleForm(forms.Form):
    """A field of each sort."""

    title = forms.CharField(label=_("Title"), help_text=_("A short sentence that says it all."))
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    starts = forms.DateField(
        label=_("Begins on"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    story = forms.CharField(label=_("What happens"), widget=forms.Textarea, required=False)
    place = forms.ChoiceField(
        label=_("Place"), choices=[("", "–"), ("kera", "Kera"), ("otaniemi", "Otaniemi")]
    )
    way = forms.ChoiceField(
        label=_("How do you take part?"),
        choices=[("here", _("On the spot")), ("home", _("From home"))],
        widget=forms.RadioSelect,
    )
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        choices=[("water", _("Water")), ("light", _("Light"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    paper = forms.FileField(label=_("A file"), required=False)
    agreed = forms.BooleanField(label=_("I have read how my words are used"))


@dataclass(frozen=True, slots=True)
class SampleRun:
    """Looks like a `runs.Run`."""

    status: str
    words: str
    progress: float = 0
    message: str = ""

    def get_status_display(self) -> str:
        return self.words


def samples(request: HttpRequest) -> dict[str, Any]:
    """Give everything that the page of the parts shows."""
    question = questions.read(TABLE, request.GET)
    return {
        "tones": TONES,
        "colours": ("paper", "surface", "sunken", "ink", "sea", "deep", "amber", "accent"),
        "table": TablePage(TABLE, question, Paginator(_ordered(question.sort), TABLE.page_size)),
        "no_rows": TablePage(TABLE, questions.Question(query="x"), Paginator([], 5)),
        "form": SampleForm(auto_id="id_plain_%s"),
        "wrong_form": SampleForm(
            {"title": "Swimming for all", "email": "shore", "place": "castle"},
            auto_id="id_wrong_%s",
        ),
        "facts": [
            (gettext("Owner"), gettext("City of the Shore")),
            (gettext("Budget (EUR)"), 12500),
            (gettext("Begins on"), date(2026, 12, 1)),
            (gettext("Partners"), None),
        ],
        "steps": _steps(),
        "line": _line(),
        "bars": _bars(),
        "intervals": _intervals(),
        "map": _map(),
        "diagram": _diagram(),
        "runs": [
            SampleRun("waiting", gettext("waiting")),
            SampleRun("running", gettext("running"), 0.4, gettext("matching people to pools")),
            SampleRun("done", gettext("done"), 1),
        ],
        "confirm_facts": [("sample", "1")],
    }


def _ordered(sort: str) -> list[Row]:
    key = sort.removeprefix("-")
    return sorted(ROWS, key=lambda row: getattr(row, key), reverse=sort.startswith("-"))


def _steps() -> list[dict[str, Any]]:
    return [
        {
            "label": gettext("Call opened"),
            "date": date(2026, 9, 1),
            "state": "done",
            "url": "#timeline",
        },
        {
            "label": gettext("Ideas are read"),
            "date": date(2026, 11, 24),
            "state": "now",
            "note": gettext("Three reviewers read each idea."),
        },
        {"label": gettext("Winners are told"), "date": date(2026, 12, 15), "state": "next"},
    ]


def _line() -> charts.Chart:
    older = [(2016, 5.9, ""), (2018, 5.4, ""), (2020, 5.1, "")]
    newer = [(2019, 4.7, ""), (2021, 4.1, ""), (2022, 3.7, ""), (2023, 3.4, gettext("preliminary"))]
    return charts.line_chart(
        gettext("Litres of warm water a visit"),
        [
            charts.Series(
                gettext("Meter readings"),
                [charts.Point(date(y, 1, 1), v, v - 0.3, v + 0.3, note) for y, v, note in newer],
            ),
            charts.Series(
                gettext("Estimate from invoices"),
                [charts.Point(date(y, 1, 1), v) for y, v, _note in older],
            ),
        ],
        unit=gettext("litres"),
        source=gettext("Invented for this page"),
        target_lines=[charts.Level(gettext("Target for 2030"), 2.5)],
    )


def _bars() -> charts.Chart:
    rows = [("Leppävaara", 4120), ("Matinkylä", 3380), ("Espoonlahti", 2715), ("Kera", 640)]
    return charts.bar_chart(
        gettext("Visits in a week"),
        [charts.Bar(label, value) for label, value in rows],
        unit=gettext("visits"),
        source=gettext("Invented for this page"),
    )


def _intervals() -> charts.Chart:
    return charts.interval_chart(
        gettext("Change in the time children spend in water"),
        [
            charts.Effect(gettext("Pool with a coach"), 2.1, 0.6, 3.6),
            charts.Effect(gettext("Pool alone"), 0.4, -1.1, 1.9),
        ],
        unit=gettext("minutes a visit"),
        source=gettext("Invented for this page"),
    )


def _map() -> maps.Map:
    square = [
        [24.748, 60.214],
        [24.771, 60.214],
        [24.771, 60.226],
        [24.748, 60.226],
        [24.748, 60.214],
    ]
    return maps.Map(
        gettext("Places to try things"),
        [
            maps.Feature(
                "kera",
                "Kera",
                "#map",
                {"type": "Polygon", "coordinates": [square]},
                gettext("testbed"),
                gettext("An old logistics area that becomes a quarter."),
            ),
            maps.Feature(
                "otaniemi",
                "Otaniemi",
                "#map",
                {"type": "Point", "coordinates": [24.827, 60.186]},
                gettext("testbed"),
                gettext("A campus by the sea."),
            ),
        ],
    )


def _diagram() -> diagram.Diagram:
    node = diagram.Node
    return diagram.Diagram(
        columns=[
            diagram.Column(
                gettext("Lever"),
                [node("l1", gettext("Swimming lessons"), url="#diagram", tone="try")],
            ),
            diagram.Column(
                gettext("Early outcomes"),
                [
                    node("e1", gettext("Children dare to float"), tone="info"),
                    node("e2", gettext("Parents come along"), tone="info"),
                ],
            ),
            diagram.Column(
                gettext("Late outcomes"),
                [
                    node(
                        "o1",
                        gettext("More children can swim"),
                        indicator=gettext("81 of 100"),
                        tone="good",
                    )
                ],
            ),
            diagram.Column(gettext("Impacts"), [node("i1", gettext("Fewer drown"), tone="decide")]),
        ],
        edges=[
            diagram.Edge("l1", "e1"),
            diagram.Edge("l1", "e2"),
            diagram.Edge("e1", "o1"),
            diagram.Edge("e2", "o1"),
            diagram.Edge("o1", "i1"),
        ],
    )
