from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.base.places.models import Place
from vuoksi.loop.experiments.testbeds.models import Offering, Testbed
from vuoksi.loop.experiments.testbeds.words import WEEKDAYS

LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
CENTS = Decimal(100)


class TestbedForm(forms.ModelForm[Testbed]):
    """A testbed in words. Its place cannot change once there are bookings, so it is chosen at the beginning."""

    __test__ = False

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1, required=False)
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)

    class Meta:
        model = Testbed
        fields = [
            *("place", "owner", "language", "title", "summary", "rules", "contact"),
            "needs_checklist",
        ]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "rules": forms.Textarea(attrs={"rows": 5}),
            "contact": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "rules": _("What whoever experiments here must keep to. One rule a line."),
            "contact": _("How to ask: an office, its shared address, a form. No private person."),
            "needs_checklist": _(
                "No experiment starts here before its data-protection and ethics checklist is signed off."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = cast("forms.ModelChoiceField[Any]", self.fields["owner"])
        owner.queryset = Organisation.objects.filter(kind=Organisation.Kind.CITY_UNIT).order_by(
            "name"
        )
        if self.instance.pk:
            del self.fields["place"]
            return
        place = cast("forms.ModelChoiceField[Any]", self.fields["place"])
        place.queryset = Place.objects.filter(kind=Place.Kind.TESTBED, as_testbed=None).order_by(
            "name"
        )

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class OfferingForm(forms.ModelForm[Offering]):
    """One thing that is offered: what, how many, when and for how much."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1, required=False)
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)
    units = forms.IntegerField(
        label=_("Number of units"), min_value=1, max_value=500, help_text=_("Such as 12 poles.")
    )
    days = forms.MultipleChoiceField(
        label=_("Opening days"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    opens_hour = forms.IntegerField(label=_("Opens at, hour"), min_value=0, max_value=23, initial=8)
    closes_hour = forms.IntegerField(
        label=_("Closes at, hour"), min_value=1, max_value=24, initial=16
    )
    lead_days = forms.IntegerField(
        label=_("Days of notice"),
        min_value=0,
        max_value=180,
        initial=0,
        help_text=_("How long before its beginning a booking must be asked for."),
    )
    price_eur = forms.DecimalField(
        label=_("Price of a unit and slot, euros"),
        min_value=0,
        max_value=100_000,
        decimal_places=2,
        localize=True,
        required=False,
        help_text=_("Zero is free of charge. Left empty: no price is set."),
    )

    class Meta:
        model = Offering
        fields = [
            *("kind", "language", "title", "summary", "units", "slot", "days", "opens_hour"),
            *(
                "closes_hour",
                "lead_days",
                "price_eur",
                "price_note",
                "needs_approval",
                "is_offered",
            ),
        ]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["days"] = list(self.instance.weekdays)
            cents = self.instance.price_cents
            self.initial["price_eur"] = None if cents is None else cents / CENTS

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("opens_hour"), data.get("closes_hour")
        if opens is None or closes is None:
            return data
        if closes <= opens:
            self.add_error("closes_hour", _("It must close later than it opens."))
        elif data.get("slot") == Offering.Slot.HALF_DAY and closes - opens < 2:
            self.add_error("closes_hour", _("Half a day needs two opening hours at least."))
        return data

    def changes(self) -> dict[str, Any]:
        """The fields of the model: days as one text, money in cents."""
        data = dict(self.cleaned_data)
        del data["version"]
        price = data.pop("price_eur")
        data["price_cents"] = None if price is None else int(price * CENTS)
        data["weekdays"] = "".join(sorted(data.pop("days")))
        return data
