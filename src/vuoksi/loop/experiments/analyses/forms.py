from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.plans.forms import LANGUAGES


class EvidenceForm(forms.Form):
    """What the experiment showed, in words. Finding and figures come from the analysis and are not typed."""

    claim = forms.CharField(
        label=_("What it shows"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences that a resident can read."),
    )
    limits = forms.CharField(
        label=_("What it cannot show"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who was not measured, what else changed, how long it was watched."),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)

    def words(self) -> dict[str, Any]:
        return dict(self.cleaned_data)
