"""What people type or upload. Forms validate; actions save."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.faults import repeated
from vuoksi.base.lists.forms import TableForm
from vuoksi.base.organisations.models import Organisation
from vuoksi.indicators.models import Indicator, Observation
from vuoksi.indicators.queries import Figure
from vuoksi.indicators.words import unit_choices
from vuoksi.lib import cells, periods
from vuoksi.lib.tables import Column, Row, TableError
from vuoksi.lib.units import unit as known_unit


class IndicatorForm(forms.ModelForm[Indicator]):
    """Words and facts about an indicator; `version` tells whether somebody else saved meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    unit = forms.ChoiceField(label=_("Unit"), choices=unit_choices)
    language = forms.ChoiceField(
        label=_("Written in"), choices=[("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
    )

    class Meta:
        model = Indicator
        fields = [
            "key",
            "language",
            "title",
            "description",
            "unit",
            "better",
            "interval",
            "owner",
            "data_owner",
            "source",
        ]
        help_texts = {
            "key": _(
                "Small letters, digits, dots and underscores, such as espoo.recycling_rate. Never changes."
            ),
            "source": _("Where the figures come from: an address or the name of a publication."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = cast("forms.ModelChoiceField[Organisation]", self.fields["owner"])
        owner.queryset = Organisation.objects.order_by("name")
        if self.instance.pk:
            # Figures are in this unit and addresses hold this key.
            del self.fields["key"], self.fields["unit"]

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if (
            not all(part.isidentifier() for part in key.split("."))
            or "." not in key
            or key != key.lower()
        ):
            raise ValidationError(_("Write a key like espoo.recycling_rate."))
        return key


class FigureForm(forms.Form):
    """One figure, typed in."""

    period = forms.CharField(
        label=_("Period"), help_text=_("A year, quarter or month: 2025, 2025-Q1 or 2025-05.")
    )
    value = forms.FloatField(label=_("Value"), localize=True)
    low = forms.FloatField(label=_("Low"), localize=True, required=False)
    high = forms.FloatField(label=_("High"), localize=True, required=False)
    method = forms.CharField(
        label=_("Method"),
        max_length=120,
        help_text=_(
            "Figures of two methods are never joined by a line, so write the method the same way each time."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Observation.Kind.choices)
    source = forms.CharField(label=_("Source"), max_length=600)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator

    def clean_period(self) -> periods.Period:
        try:
            return periods.parse(self.cleaned_data["period"])
        except ValueError:
            raise ValidationError(
                _("Write a year, quarter or month like 2025, 2025-Q1 or 2025-05.")
            ) from None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("value", "low", "high"):
            fault = _unit_fault(self.indicator, data.get(name))
            if fault:
                self.add_error(name, fault)
        fault = _order_fault(data.get("low"), data.get("value"), data.get("high"))
        if fault:
            self.add_error("value", fault)
        return data

    def figure(self) -> Figure:
        data = dict(self.cleaned_data)
        period: periods.Period = data.pop("period")
        return Figure(start=period.start, end=period.end, **data)


def _period(text: str) -> periods.Period:
    try:
        return periods.parse(text)
    except ValueError:
        raise cells.CellError("not_a_period") from None


COLUMNS = (
    Column("period", _period),
    Column("value", cells.number),
    Column("method", cells.text),
    Column("source", cells.text),
    Column("low", cells.number, required=False),
    Column("high", cells.number, required=False),
    Column("kind", cells.Choice(tuple(Observation.Kind.values)), required=False),
    Column("note", cells.text, required=False),
)


class ImportForm(TableForm):
    """A file of figures."""

    columns = COLUMNS

    def __init__(self, *args: Any, indicator: Indicator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.fields["file"].help_text = _(
            "Columns: period, value, method, source; also low, high, kind and note. At most 1 MB."
        )

    def thing_of(self, row: Row) -> Figure:
        return _figure(row)

    def faults_in(self, rows: list[tuple[int, Figure]]) -> list[TableError]:
        faults = [fault for line, one in rows for fault in _row_faults(self.indicator, line, one)]
        return [*faults, *repeated(rows, lambda one: (one.start, one.end, one.method), "period")]


def _figure(row: Row) -> Figure:
    values = dict(row.values)
    period = cast("periods.Period", values.pop("period"))
    kind = values.pop("kind", None) or Observation.Kind.MEASURED
    note = values.pop("note", None) or ""
    return Figure(
        start=period.start, end=period.end, kind=str(kind), note=str(note), **cast("Any", values)
    )


def _row_faults(indicator: Indicator, line: int, figure: Figure) -> list[TableError]:
    faults = [
        TableError(line, name, code, str(value))
        for name, value in (("value", figure.value), ("low", figure.low), ("high", figure.high))
        if value is not None and (code := known_unit(indicator.unit).check(value))
    ]
    if _order_fault(figure.low, figure.value, figure.high):
        faults.append(TableError(line, "value", "outside_interval", str(figure.value)))
    return faults


def _unit_fault(indicator: Indicator, value: float | None) -> Any:
    code = known_unit(indicator.unit).check(value) if value is not None else None
    return UNIT_FAULTS[code] if code else None


def _order_fault(low: float | None, value: float | None, high: float | None) -> Any:
    if value is None:
        return None
    if (low is not None and low > value) or (high is not None and high < value):
        return _("The value must lie between low and high.")
    return None


UNIT_FAULTS = {
    "not_finite": _("This is not a number."),
    "below_minimum": _("This is too small for the unit."),
    "above_maximum": _("This is too large for the unit."),
    "not_whole": _("Write a whole number."),
}
