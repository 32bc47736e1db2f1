from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Choices
from vuoksi.base.moderation.actions import Ruling
from vuoksi.base.moderation.models import ERASING, Outcome
from vuoksi.base.moderation.registry import Part
from vuoksi.base.moderation.words import FINE, FINE_LABEL, REASONS
from vuoksi.base.texts.forms import LanguageField, PlainTextField

LONG = {"rows": 4, "dir": "auto"}


def _outcomes(left: Sequence[Outcome] = tuple(Outcome)) -> Choices:
    return [(outcome.value, capfirst(str(outcome.label))) for outcome in left]


def _reasons() -> Choices:
    return [
        (key, format_lazy("{}. {}", reason.label, reason.meaning))
        for key, reason in REASONS.items()
    ]


class ReportForm(forms.Form):
    """`asks_address`: somebody without an account may leave an address to hear what was decided."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=_reasons, widget=forms.RadioSelect
    )
    note = PlainTextField(
        label=_("In your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Only the moderators read this."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("If you want to hear what was decided. Only the moderation uses it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, asks_address: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not asks_address:
            del self.fields["email"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") == "other" and not data.get("note"):
            self.add_error("note", _("Say in a few words what is wrong."))
        return data


class RulingForm(forms.Form):
    """`is_gone`: the text was erased; all that can change is whether its author may write it anew."""

    outcome = forms.ChoiceField(
        label=_("What becomes of it"), choices=_outcomes, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=_("By which rule"),
        choices=lambda: [(FINE, FINE_LABEL), *_reasons()],
        widget=forms.RadioSelect,
    )
    words = PlainTextField(
        label=_("Why, in your own words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("Its author and those who reported it read this. It is not published."),
    )
    language = LanguageField(label=_("Language of your words"))

    def __init__(self, *args: Any, is_gone: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_gone:
            choice: Any = self.fields["outcome"]
            choice.choices = _outcomes([Outcome.REMOVE, Outcome.MEND])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outcome, reason = data.get("outcome"), data.get("reason")
        if outcome and reason and (outcome == Outcome.KEEP) != (reason == FINE):
            self.add_error("reason", _("What breaks no rule is shown, and only that."))
        elif outcome == Outcome.REMOVE and reason not in ERASING:
            self.add_error(
                "reason",
                _(
                    "For this reason a text is hidden. Only personal data and what is against the law is removed."
                ),
            )
        if outcome == Outcome.MEND and not data.get("words"):
            self.add_error("words", _("Say what its author should change."))
        return data

    def ruling(self) -> Ruling:
        data = self.cleaned_data
        return Ruling(Outcome(data["outcome"]), data["reason"], data["words"], data["language"])


class AppealForm(forms.Form):
    text = PlainTextField(
        label=_("Why the decision is wrong"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    language = LanguageField()


class MendForm(forms.Form):
    """One field a text of the thing."""

    def __init__(self, *args: Any, parts: Sequence[Part], **more: Any) -> None:
        super().__init__(*args, **more)
        for part in parts:
            is_short = part.row._meta.get_field(part.field).get_internal_type() == "CharField"
            self.fields[part.key] = PlainTextField(
                label=part.label,
                initial=part.text,
                max_length=part.longest or 4000,
                required=bool(part.text),
                widget=forms.TextInput(attrs={"dir": "auto"})
                if is_short
                else forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
            )
