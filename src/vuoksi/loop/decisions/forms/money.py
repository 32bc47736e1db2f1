from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.decisions.actions import Amount
from vuoksi.loop.decisions.models import Money


class MoneyForm(forms.Form):
    """An amount in EUR, its day and where it is written."""

    kind = forms.ChoiceField(
        label=_("What happened"), choices=Money.Kind.choices, widget=forms.RadioSelect
    )
    amount_eur = forms.DecimalField(
        label=_("Amount, EUR"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text=_("Without value added tax."),
    )
    dated_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=600,
        help_text=_("Such as: decision of the director, § 12; the city's ledger, account 4310."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def amount(self) -> Amount:
        data = self.cleaned_data
        return Amount(**{name: data[name] for name in Amount.__slots__})
