"""What people type about the strategy. Forms validate; actions save."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vuoksi.base.lists.fields import SeveralField
from vuoksi.base.organisations.models import Organisation
from vuoksi.indicators.models import Indicator
from vuoksi.lib.units import unit
from vuoksi.strategy.models import (
    ACTION_STATES,
    Action,
    Chapter,
    Goal,
    ImpactMap,
    ImpactNode,
    Roadmap,
    Target,
)

LONGEST_FEEDBACK = 4000

VALUE_FAULTS: dict[str, Promise] = {
    "not_finite": _("This is not a number."),
    "below_minimum": _("This is too small for the indicator's unit."),
    "above_maximum": _("This is too large for the indicator's unit."),
    "not_whole": _("The indicator is counted in whole numbers."),
}
TRANSITION_WORDS: dict[str, Promise] = {
    "start": pgettext_lazy("action", "Start"),
    "pause": pgettext_lazy("action", "Pause"),
    "complete": pgettext_lazy("action", "Mark as done"),
    "stop": pgettext_lazy("action", "Stop"),
    "reopen": pgettext_lazy("action", "Take up again"),
}


class DayInput(forms.DateInput):
    """The browser's own date field, which wants ISO 8601 in every language."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class _Words(forms.ModelForm[Any]):
    """A thing with texts: the language it is written in, and the version that the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        if "language" in self.fields:
            now = self.instance.language if self.instance.pk else translation.get_language()
            self.fields["language"] = language_field(now)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                ordered = "name" if field.queryset.model is Organisation else "title"
                field.queryset = field.queryset.order_by(ordered)
            if name in DAYS:
                field.widget = DayInput()

    def changes(self) -> dict[str, Any]:
        """Give the fields to save, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


DAYS = {"due_on", "starts_on", "ends_on", "baseline_on"}


def language_field(now: str | None) -> forms.ChoiceField:
    known = dict(settings.LANGUAGES)
    initial = now if now in known else settings.LANGUAGE_CODE
    return forms.ChoiceField(label=_("Written in"), choices=settings.LANGUAGES, initial=initial)


class ChapterForm(_Words):
    class Meta:
        model = Chapter
        fields = ["title", "number", "language", "body", "owner", "source"]
        widgets = {"body": forms.Textarea(attrs={"rows": 18})}
        labels = {"owner": _("Unit that answers comments")}
        help_texts = {"body": _("Leave an empty line between paragraphs.")}


class RoadmapForm(_Words):
    class Meta:
        model = Roadmap
        fields = ["title", "slug", "language", "summary", "owner", "due_on", "position", "source"]
        labels = {"owner": _("Unit in charge"), "position": _("Place in the list")}


class GoalForm(_Words):
    class Meta:
        model = Goal
        fields = [
            "title",
            "slug",
            "language",
            "summary",
            "roadmap",
            "chapter",
            "position",
            "source",
        ]
        labels = {"position": _("Place in the list"), "chapter": _("Chapter of the story")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("roadmap") and not data.get("chapter"):
            self.add_error("roadmap", _("Choose a roadmap, a chapter of the story, or both."))
        return data


class TargetForm(_Words):
    value = forms.FloatField(
        label=_("Value"),
        required=False,
        localize=True,
        help_text=_("Leave empty if the city has not set a target yet."),
    )
    baseline_value = forms.FloatField(label=_("Baseline"), required=False, localize=True)

    class Meta:
        model = Target
        fields = [
            "indicator",
            "operator",
            "value",
            "due_on",
            "baseline_value",
            "baseline_on",
            "baseline_method",
            "stale_after_days",
            "is_headline",
            "source",
            "note",
        ]
        help_texts = {
            "due_on": _("Leave empty if the target holds at all times."),
            "baseline_method": _(
                "As the indicator's figures name it. Empty: comparable with them."
            ),
        }

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.goal = goal

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        indicator = data.get("indicator")
        if indicator is not None:
            self._check_values(indicator, data)
            self._check_direction(indicator, data.get("operator"))
        if (data.get("baseline_value") is None) != (data.get("baseline_on") is None):
            self.add_error("baseline_on", _("A baseline needs both its value and its date."))
        start, due = data.get("baseline_on"), data.get("due_on")
        if start and due and start >= due:
            self.add_error("due_on", _("The due date must be after the baseline."))
        self._check_repetition(indicator, due)
        return data

    def _check_values(self, indicator: Indicator, data: dict[str, Any]) -> None:
        for name in ("value", "baseline_value"):
            value = data.get(name)
            code = None if value is None else unit(indicator.unit).check(value)
            if code:
                self.add_error(name, str(VALUE_FAULTS[code]))

    def _check_direction(self, indicator: Indicator, operator: str | None) -> None:
        upward = operator in {Target.Operator.AT_LEAST, Target.Operator.ABOVE}
        if indicator.better == Indicator.Better.UP and not upward:
            self.add_error(
                "operator", _("Of this indicator more is better, so a target is a lower limit.")
            )
        if indicator.better == Indicator.Better.DOWN and upward:
            self.add_error(
                "operator", _("Of this indicator less is better, so a target is an upper limit.")
            )

    def _check_repetition(self, indicator: Indicator | None, due: Any) -> None:
        same = Target.objects.filter(goal=self.instance.goal, indicator=indicator, due_on=due)
        if indicator is not None and same.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "due_on", _("The goal has a target on this indicator for this date already.")
            )


class ActionForm(_Words):
    class Meta:
        model = Action
        fields = [
            "title",
            "code",
            "language",
            "summary",
            "goal",
            "owner",
            "partners",
            "responsible",
            "starts_on",
            "ends_on",
            "budget_eur",
            "expected_effect",
            "is_decided",
            "source",
        ]
        field_classes = {"partners": SeveralField}
        labels = {"owner": _("Unit in charge"), "partners": _("Partners")}
        widgets = {"partners": forms.CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day must not be before the first."))
        if (data.get("budget_eur") or 0) < 0:
            self.add_error("budget_eur", _("A budget cannot be negative."))
        return data


class _Said(forms.Form):
    """Something that is said once, however often the form is sent."""

    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST_FEEDBACK
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"] = language_field(translation.get_language())


class FeedbackForm(_Said):
    pass


class UpdateForm(_Said):
    """An update of an action; `transition` offers only what its state allows."""

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, TRANSITION_WORDS[name]) for name in ACTION_STATES.possible(action.state)]
        self.fields["transition"] = forms.ChoiceField(
            label=_("State"),
            required=False,
            choices=[("", _("Leave as it is")), *choices],
            error_messages={
                "invalid_choice": _("The action's state has changed meanwhile. Choose again.")
            },
        )


class ImpactMapForm(_Words):
    class Meta:
        model = ImpactMap
        fields = ["title", "slug", "language", "summary", "roadmap", "source"]


class StepForm(forms.Form):
    """One step of an impact map and the arrows that leave it; `version` is the map's."""

    title = forms.CharField(label=_("Title"), max_length=200)
    stage = forms.ChoiceField(label=_("Stage"), choices=ImpactNode.Stage.choices)
    indicator = forms.ModelChoiceField(
        Indicator.objects.none(), label=_("Measured by"), required=False
    )
    leads_to = SeveralField(
        ImpactNode.objects.none(),
        label=_("Leads to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, impact_map: ImpactMap, node: ImpactNode | None = None
    ) -> None:
        start: dict[str, Any] = {"version": impact_map.version}
        if node is not None:
            start |= {
                "title": node.title,
                "stage": node.stage,
                "indicator": node.indicator_id,
                "leads_to": [later.pk for later in node.leads_to.all()],
            }
        super().__init__(data, initial=start)
        others = impact_map.nodes.order_by("position", "pk")
        arrows = cast("SeveralField[ImpactNode]", self.fields["leads_to"])
        arrows.queryset = others.exclude(pk=node.pk) if node is not None else others
        measured = cast("forms.ModelChoiceField[Indicator]", self.fields["indicator"])
        measured.queryset = Indicator.objects.order_by("title")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        stages = list(ImpactNode.Stage.values)
        stage = data.get("stage")
        later = data.get("leads_to") or []
        if stage and any(stages.index(each.stage) < stages.index(stage) for each in later):
            self.add_error("leads_to", _("A step cannot lead to an earlier stage."))
        return data
