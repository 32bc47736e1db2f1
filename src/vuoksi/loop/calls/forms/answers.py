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
