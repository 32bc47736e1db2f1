"""What came out: deviations, evidence, and the questions that it answers."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.fields import SeveralField
from vuoksi.loop.experiments.plans.forms import LANGUAGES
from vuoksi.loop.experiments.plans.models import Deviation, Experiment, Question
from vuoksi.loop.experiments.plans.queries import public_experiments
from vuoksi.strategy.models import Goal


class EvidenceForm(forms.Form):
    """What the experiment showed, in words. Finding, grade and figures come from the analysis and are not typed."""

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


class DeviationForm(forms.Form):
    """What was done otherwise than planned."""

    kind = forms.ChoiceField(label=_("What does it concern?"), choices=Deviation.Kind.choices)
    happened_on = forms.DateField(
        label=_("When?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    what = forms.CharField(
        label=_("What was done otherwise?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(label=_("Why?"), widget=forms.Textarea(attrs={"rows": 3}))
    could_change = forms.TypedChoiceField(
        label=_("Could it change the answer?"),
        choices=[("yes", _("Yes, or nobody knows")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        help_text=_("If it could, the evidence loses a grade."),
    )
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)


class QuestionForm(forms.ModelForm[Question]):
    """A question and how the experiments on it are compared."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)

    class Meta:
        model = Question
        fields = ("language", "title", "summary", "scale", "unit", "goal")
        widgets = {"summary": forms.Textarea(attrs={"rows": 3}), "scale": forms.RadioSelect}
        help_texts = {
            "title": _("Such as: does a video before the lesson make pupils move more?"),
            "unit": _("Only if effects are compared in the unit of the measure."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goal = cast("forms.ModelChoiceField[Goal]", self.fields["goal"])
        goal.queryset = Goal.objects.order_by("title")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scale") == Question.Scale.STANDARDISED:
            data["unit"] = ""
        elif not data.get("unit"):
            self.add_error("unit", _("Say in which unit effects are compared."))
        return data


class ExperimentsForm(forms.Form):
    """Which experiments are on a question."""

    experiments = SeveralField(
        label=_("Experiments on this question"),
        queryset=Experiment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All that were tried, whatever they showed: choosing is recorded."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("SeveralField[Experiment]", self.fields["experiments"])
        field.queryset = public_experiments().order_by("title")
