"""What a coordinator types after a decision: next steps, and what the follow-up found."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.loop.decisions.actions import Finding
from vuoksi.loop.decisions.forms.decisions import LANGUAGES
from vuoksi.loop.decisions.models import Decision


class StepForm(forms.Form):
    """One thing to be done after a decision."""

    title = forms.CharField(
        label=_("What is done"),
        max_length=200,
        help_text=_("Such as: The invitation to tender is published."),
    )
    due_on = forms.DateField(
        label=_("To be done by"), widget=forms.DateInput(attrs={"type": "date"})
    )
    owner = forms.ModelChoiceField(Organisation.objects.none(), label=_("Unit in charge"))
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = cast("forms.ModelChoiceField[Organisation]", self.fields["owner"])
        owners.queryset = Organisation.objects.order_by("name")


class FollowUpForm(forms.Form):
    """What somebody found who looked whether it is in use."""

    use = forms.ChoiceField(
        label=_("Is it in use?"), choices=Decision.Use.choices, widget=forms.RadioSelect
    )
    found_on = forms.DateField(
        label=_("Day on which you looked"), widget=forms.DateInput(attrs={"type": "date"})
    )
    text = forms.CharField(
        label=_("What you found"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    value = forms.FloatField(label=_("A figure"), required=False)
    counts = forms.CharField(
        label=_("What the figure counts"),
        max_length=120,
        required=False,
        help_text=_("Such as: swimming halls with videos"),
    )
    source = forms.CharField(
        label=_("Where this comes from"),
        max_length=600,
        help_text=_("A page, a register, a report, or who saw it and when."),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)
    next_on = forms.DateField(
        label=_("Day of the next look"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("value") is not None and not data.get("counts"):
            self.add_error("counts", _("Say what the figure counts."))
        return data

    def finding(self) -> Finding:
        data = self.cleaned_data
        return Finding(**{name: data[name] for name in Finding.__slots__})
