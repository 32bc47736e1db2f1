from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.calls.forms.texts import LanguageField, LongTextField, PlainTextField
from vuoksi.loop.calls.models import Answer


class AnswerForm(forms.Form):
    """The city's official answer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What becomes of the idea"),
        choices=Answer.Outcome.choices,
        widget=forms.RadioSelect,
    )
    text = LongTextField(
        label=_("Answer"),
        max_length=5000,
        rows=8,
        help_text=_("Thank the author, say why, and say what happens next. Everybody can read it."),
    )
    language = LanguageField()
    award = PlainTextField(
        label=_("Prize or place"),
        max_length=200,
        required=False,
        help_text=_("In the words of the jury, if there is one."),
    )


class ShareForm(forms.Form):
    """What one city of a joint call does with an idea, and with how much."""

    outcome = forms.ChoiceField(
        label=_("What the city decides"),
        choices=[
            (Answer.Outcome.ACCEPTED, _("takes part")),
            (Answer.Outcome.REFUSED, _("does not take part")),
        ],
        widget=forms.RadioSelect,
    )
    amount_eur = forms.IntegerField(
        label=_("Own share, euros"),
        min_value=0,
        max_value=100_000_000,
        initial=0,
        help_text=_("Whole euros; 0 for taking part without money."),
    )
    text = LongTextField(
        label=_("Reasons"),
        max_length=4000,
        help_text=_("The other cities read this at once, everybody once the idea is answered."),
    )
    language = LanguageField()
