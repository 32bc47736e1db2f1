"""What a coordinator types when a decision is recorded and published."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.fields import SeveralField, is_key
from vuoksi.base.organisations.models import Organisation
from vuoksi.loop.decisions import queries
from vuoksi.loop.decisions.actions import WITHOUT_EVIDENCE, Named, NewAction, Objection, Words
from vuoksi.loop.decisions.engine import goes_against
from vuoksi.loop.decisions.models import Decision
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Action, Goal

# Places for other opinions on the form; saved, it offers more.
OPINIONS = 2
MOST_OPINIONS = 40
PEOPLE = frozenset({"deciders", "dissents"})
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
    evidence = SeveralField(
        Evidence.objects.none(),
        label=_("Evidence"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    against_why = forms.CharField(
        label=_("Why the decision goes against the rule"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown to everybody beside what the rule said."),
    )
    learned = forms.CharField(
        label=_("What the city learned"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For the next who thinks of the same, also if nothing worked. The portfolio and the yearly report show it."
        ),
    )
    follow_up_on = forms.DateField(
        label=_("Day to look whether it is in use"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("On this day you are reminded."),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Unit that decided"), required=False
    )
    decided_by = forms.CharField(
        label=_("Office that decided"),
        max_length=200,
        help_text=_("The office, not the person: such as Director of Sports Services."),
    )
    deciders = forms.CharField(
        label=_("Who took part"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One person a line, the role after a comma, as in the minutes: Maija Virtanen, chair. This is public."
        ),
    )
    decided_on = forms.DateField(
        label=_("Day of the decision"), widget=forms.DateInput(attrs={"type": "date"})
    )
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, experiment: Experiment, opinions: int = OPINIONS, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rule_outcome = queries.rule_outcome_of(experiment)
        self.opinions = max(opinions, self._sent_opinions())
        self._add_opinions()
        evidence = cast("SeveralField[Evidence]", self.fields["evidence"])
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
                _("To scale up, adapt or procure, choose the evidence that the decision rests on."),
            )
        if goes_against(self.rule_outcome, data.get("kind", "")) and not data.get("against_why"):
            said = Decision.Outcome(self.rule_outcome).label
            sentence = _("The rule that was fixed before the start said: %(said)s. Say why not.")
            self.add_error("against_why", sentence % {"said": said})
        decided_on, follow_up_on = data.get("decided_on"), data.get("follow_up_on")
        if decided_on and follow_up_on and follow_up_on <= decided_on:
            self.add_error("follow_up_on", _("This day must come after the day of the decision."))
        for number in range(self.opinions):
            if data.get(f"dissent_name_{number}") and not data.get(f"dissent_words_{number}"):
                self.add_error(f"dissent_words_{number}", _("Write the opinion down."))
        return data

    def words(self) -> Words:
        data = self.cleaned_data
        plain = {name: data[name] for name in Words.__slots__ if name not in PEOPLE}
        return Words(**plain, deciders=self._deciders(), dissents=self._dissents())

    def _deciders(self) -> tuple[Named, ...]:
        lines = [line.strip() for line in self.cleaned_data["deciders"].splitlines()]
        pairs = [line.partition(",") for line in lines if line.strip(", ")]
        return tuple(Named(name.strip()[:120], role.strip()[:120]) for name, _comma, role in pairs)

    def _dissents(self) -> tuple[Objection, ...]:
        data = self.cleaned_data
        found = [
            Objection(data[f"dissent_words_{n}"], data[f"dissent_name_{n}"])
            for n in range(self.opinions)
        ]
        return tuple(one for one in found if one.words)

    def _sent_opinions(self) -> int:
        """How many opinions the form that came back has room for."""
        numbers = [
            int(key.rpartition("_")[2])
            for key in self.data
            if key.startswith("dissent_words_") and is_key(key.rpartition("_")[2])
        ]
        return min(max(numbers, default=-1) + 1, MOST_OPINIONS)

    def _add_opinions(self) -> None:
        for number in range(self.opinions):
            self.fields[f"dissent_name_{number}"] = forms.CharField(
                label=_("Who thought otherwise (%(number)s)") % {"number": number + 1},
                required=False,
                max_length=120,
                help_text=_("Left empty, the page says “a member”."),
            )
            self.fields[f"dissent_words_{number}"] = forms.CharField(
                label=_("Other opinion (%(number)s)") % {"number": number + 1},
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )


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
