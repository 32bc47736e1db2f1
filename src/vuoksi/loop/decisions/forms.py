"""What a coordinator types when a decision is recorded and published."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.organisations.models import Organisation
from vuoksi.loop.decisions import queries
from vuoksi.loop.decisions.actions import WITHOUT_EVIDENCE, NewAction, Words
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Action, Goal

LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]


class DecisionForm(forms.Form):
    """A decision in words, and the evidence it rests on."""

    kind = forms.ChoiceField(
        label=_("Decision"), choices=Decision.Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(
        label=_("The decision in one sentence"),
        max_length=200,
        help_text=_("Such as: Video lessons are taken into use in all swimming halls."),
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Those who sent in the idea read this. Say what was learnt and what happens next."
        ),
    )
    evidence = forms.ModelMultipleChoiceField(
        Evidence.objects.none(),
        label=_("Evidence"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Unit that decided"), required=False
    )
    decided_by = forms.CharField(
        label=_("Office that decided"),
        max_length=200,
        help_text=_("The office, not the person: such as Director of Sports Services."),
    )
    decided_on = forms.DateField(
        label=_("Day of the decision"), widget=forms.DateInput(attrs={"type": "date"})
    )
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        evidence = cast("forms.ModelMultipleChoiceField[Evidence]", self.fields["evidence"])
        evidence.queryset = queries.evidence_for(experiment)
        units = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        units.queryset = Organisation.objects.filter(kind=Organisation.Kind.CITY_UNIT).order_by(
            "name"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") and data["kind"] not in WITHOUT_EVIDENCE and not data.get("evidence"):
            self.add_error(
                "evidence",
                _("To scale up or adapt, choose the evidence that the decision rests on."),
            )
        return data

    def words(self) -> Words:
        data = self.cleaned_data
        return Words(**{name: data[name] for name in Words.__slots__})


class PublishForm(forms.Form):
    """How the decision moves the strategy."""

    move = forms.ChoiceField(
        label=_("What changes in the strategy?"),
        widget=forms.RadioSelect,
        choices=[
            ("open", _("A new action is opened")),
            ("update", _("An action that stands already is updated")),
            ("nothing", _("Nothing: the decision is only recorded")),
        ],
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(), label=_("Goal of the new action"), required=False
    )
    action_title = forms.CharField(
        label=_("Name of the new action"), max_length=300, required=False
    )
    action_summary = forms.CharField(
        label=_("What is done"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    updated = forms.ModelChoiceField(
        Action.objects.none(), label=_("Action to update"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Goal]", self.fields["goal"]).queryset = Goal.objects.order_by(
            "title"
        )
        cast(
            "forms.ModelChoiceField[Action]", self.fields["updated"]
        ).queryset = Action.objects.order_by("title")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needed = {"open": ("goal", "action_title"), "update": ("updated",)}.get(
            data.get("move", ""), ()
        )
        for name in needed:
            if not data.get(name):
                self.add_error(name, _("Fill in this field."))
        return data

    def new_action(self) -> NewAction | None:
        data = self.cleaned_data
        if data["move"] != "open":
            return None
        return NewAction(data["goal"], data["action_title"], data["action_summary"])

    def updated_action(self) -> Action | None:
        action: Action | None = (
            self.cleaned_data["updated"] if self.cleaned_data["move"] == "update" else None
        )
        return action
