from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds import queries
from vuoksi.loop.experiments.testbeds.engine import CHECKLISTS, NEWEST, asked
from vuoksi.loop.experiments.testbeds.forms.keeping import LANGUAGES
from vuoksi.loop.experiments.testbeds.models import (
    Agreement,
    AgreementTemplate,
    FilledChecklist,
    Testbed,
)
from vuoksi.loop.experiments.testbeds.words import ANSWERS, BLANKS, FAULTS, GROUPS, QUESTIONS


class TemplateForm(forms.ModelForm[AgreementTemplate]):
    """A template, or the next version of one."""

    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)

    class Meta:
        model = AgreementTemplate
        fields = ("key", "language", "title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 18})}
        help_texts = {
            "key": _("The same address as before makes the next version of that template."),
            "text": _(
                "Blanks stand in square brackets: [partner], [experiment], [testbed], [starts_on], [ends_on] are filled in by themselves, others are asked for."
            ),
        }


class AgreementForm(forms.Form):
    """With whom, on which template, and in whose testbed."""

    partner = forms.ModelChoiceField(Organisation.objects.none(), label=_("Partner"))
    template = forms.ModelChoiceField(AgreementTemplate.objects.none(), label=_("Template"))
    testbed = forms.ModelChoiceField(Testbed.objects.none(), label=_("Testbed"), required=False)

    def __init__(self, data: Any = None, *, experiment: Experiment, **more: Any) -> None:
        super().__init__(data, **more)
        rows = {
            "partner": experiment.partners.order_by("name"),
            "template": queries.templates_offered(),
            "testbed": queries.public_testbeds(),
        }
        for name, queryset in rows.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = queryset


class BlanksForm(forms.Form):
    """The blanks of a template that the platform cannot fill itself."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, agreement: Agreement, **more: Any) -> None:
        super().__init__(data, **more)
        self.names = asked(agreement.template.text)
        self.fields["version"].initial = agreement.version
        for name in self.names:
            self.fields[name] = forms.CharField(
                label=BLANKS.get(name, name.replace("_", " ")),
                initial=agreement.values.get(name, ""),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.names}


class SignForm(forms.Form):
    """A signature: in which role, on exactly this text."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    title = forms.CharField(
        label=_("In which role do you sign?"),
        max_length=120,
        help_text=_("Such as head of unit, managing director."),
    )
    has_read = forms.BooleanField(
        label=_("I have read the text and may sign for this organisation.")
    )


class ChecklistForm(forms.Form):
    """Every question with an answer and a note. Gaps are allowed: the sign-off asks for what is missing."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    assessment = forms.CharField(
        label=_("Where is the impact assessment kept?"),
        max_length=300,
        required=False,
        help_text=_("Its number in the records, or its address. Only where one is needed."),
    )
    review = forms.CharField(
        label=_("Which ethics committee gave its statement, and when?"),
        max_length=300,
        required=False,
        help_text=_("Only where a review is needed."),
    )

    def __init__(self, data: Any = None, *, checklist: FilledChecklist | None, **more: Any) -> None:
        super().__init__(data, **more)
        self.checklist = CHECKLISTS[NEWEST]
        answers = checklist.answers if checklist else {}
        self.fields["version"].initial = checklist.version if checklist else 0
        if checklist:
            self.fields["assessment"].initial = checklist.assessment
            self.fields["review"].initial = checklist.review
        for key in self.checklist.keys:
            self._add(key, answers.get(key, {}))

    def groups(self) -> list[tuple[Any, Any, list[tuple[forms.BoundField, forms.BoundField]]]]:
        """Heading, source and the pairs of answer and note, in the order of the page."""
        return [
            (
                *GROUPS[name],
                [(self[f"a_{key}"], self[f"n_{key}"]) for key in self.checklist.of(name)],
            )
            for name in GROUPS
        ]

    def answers(self) -> dict[str, dict[str, str]]:
        """What was answered; a question without an answer is left out."""
        data = self.cleaned_data
        return {
            key: {"answer": data[f"a_{key}"], "note": data[f"n_{key}"]}
            for key in self.checklist.keys
            if data[f"a_{key}"]
        }

    def add_faults(self, faults: dict[str, str]) -> None:
        """Say at each question what keeps it from being signed off."""
        for key, code in faults.items():
            name = key if key in self.fields else f"a_{key}"
            if name in self.fields:
                self.add_error(name, FAULTS[code])

    def _add(self, key: str, given: dict[str, str]) -> None:
        question, hint = QUESTIONS[key]
        self.fields[f"a_{key}"] = forms.ChoiceField(
            label=question,
            help_text=str(hint),
            choices=ANSWERS,
            widget=forms.RadioSelect,
            required=False,
            initial=given.get("answer", ""),
        )
        self.fields[f"n_{key}"] = forms.CharField(
            label=_("Note"),
            max_length=1000,
            required=False,
            initial=given.get("note", ""),
            widget=forms.TextInput,
        )


class SignOffForm(forms.Form):
    """Who answers for the checklist."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    role = forms.ChoiceField(
        label=_("In which role do you sign off?"), choices=FilledChecklist.Role.choices
    )
