"""What a coordinator types after a decision: next steps, and what the follow-up found."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.loop.decisions import recipes
from vuoksi.loop.decisions.actions import Finding, Wanted
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


class ProcurementForm(forms.Form):
    """The usual steps of a procurement in one form: which are taken, in which words, by when."""

    owner = forms.ModelChoiceField(Organisation.objects.none(), label=_("Unit in charge"))
    language = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, begins_on: date, written_in: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written_in = written_in if written_in in recipes.LANGUAGES else recipes.LANGUAGES[0]
        self.fields["language"].initial = self.written_in
        owners = cast("forms.ModelChoiceField[Organisation]", self.fields["owner"])
        owners.queryset = Organisation.objects.order_by("name")
        for step in recipes.PROCUREMENT:
            due = begins_on + timedelta(days=step.after_days)
            self._add(step, due)

    def _add(self, step: recipes.Step, due: date) -> None:
        words = step.title[self.written_in]
        self.fields[f"take-{step.key}"] = forms.BooleanField(
            label=_("Take this step"), required=False, initial=True
        )
        self.fields[f"title-{step.key}"] = forms.CharField(
            label=_("What is done"),
            max_length=200,
            required=False,
            initial=words,
            help_text=step.source,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields[f"due-{step.key}"] = forms.DateField(
            label=_("To be done by"),
            required=False,
            initial=due,
            widget=forms.DateInput(attrs={"type": "date"}),
        )

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each step."""
        return [
            [self[f"{name}-{step.key}"] for name in ("take", "title", "due")]
            for step in recipes.PROCUREMENT
        ]

    def clean_language(self) -> str:
        return self.written_in

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for step in recipes.PROCUREMENT:
            for name in ("title", "due"):
                field = f"{name}-{step.key}"
                if (
                    data.get(f"take-{step.key}")
                    and not data.get(field)
                    and not self.errors.get(field)
                ):
                    self.add_error(field, _("Fill this in, or leave the step out."))
        return data

    def steps(self) -> list[Wanted]:
        """The steps that are taken; one whose words were left as they are comes with its translations."""
        data, found = self.cleaned_data, []
        for step in recipes.PROCUREMENT:
            if data[f"take-{step.key}"]:
                title = data[f"title-{step.key}"]
                is_ours = title == step.title[self.written_in]
                others = {
                    code: words for code, words in step.title.items() if code != self.written_in
                }
                found.append(Wanted(title, data[f"due-{step.key}"], others if is_ours else {}))
        return found


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
