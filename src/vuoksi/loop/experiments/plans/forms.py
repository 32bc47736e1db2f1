"""What staff type when an experiment is planned. A draft may have gaps: the start asks for what is missing."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.fields import SeveralField
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.places.models import Place
from vuoksi.base.ui.fields import mark_needed
from vuoksi.indicators.models import Indicator
from vuoksi.loop.experiments.plans import queries
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.models import Goal

LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
# Words that stand where an experiment's address stands.
RESERVED = frozenset({"new", "evidence", "feed", "calendar", "questions"})
SECTIONS = (
    (_("The idea"), ("language", "title", "summary", "goal", "hypothesis")),
    (_("Who it is for"), ("users", "fit", "benefit")),
    (
        _("Where, who and when"),
        ("testbed", "owner", "partners", "starts_on", "ends_on", "schedule"),
    ),
    (_("Money"), ("budget_eur", "budget_use")),
    (
        _("What is measured"),
        (
            *("indicator", "measure", "unit", "better", "kind", "lowest", "highest"),
            *("baseline", "baseline_note"),
        ),
    ),
    (
        _("What is compared with what"),
        (
            *("design", "assignment", "switch_on", "period", "season", "season_length"),
            *("estimand", "correction"),
        ),
    ),
    (_("When to scale and when to stop"), ("minimum_effect", "stop_effect", "rule")),
)


# What a form may leave out, since the plan has an answer of its own.
DEFAULTS = ("kind", "assignment", "season", "estimand", "correction")


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class PlanForm(forms.ModelForm[Experiment]):
    """The whole plan. `version` tells whether somebody else saved meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)
    baseline = forms.FloatField(
        label=_("Baseline"),
        localize=True,
        required=False,
        help_text=_("What the measure is today, in its unit."),
    )
    minimum_effect = forms.FloatField(
        label=_("Smallest effect worth scaling"),
        localize=True,
        required=False,
        help_text=_(
            "In the unit of the measure, for the better. The rule says scale when the whole 95 % interval of the effect is better than this."
        ),
    )
    stop_effect = forms.FloatField(
        label=_("Effect below which we stop"),
        localize=True,
        required=False,
        help_text=_(
            "The rule says stop when the whole interval falls short of this. Left empty: the same as the smallest effect."
        ),
    )

    class Meta:
        model = Experiment
        fields = [
            *("language", "title", "summary", "goal", "hypothesis", "users", "fit", "benefit"),
            *("testbed", "owner", "partners", "budget_eur", "budget_use", "starts_on", "ends_on"),
            *("schedule", "indicator", "measure", "unit", "better", "kind", "lowest", "highest"),
            *("design", "assignment", "switch_on", "period", "season", "season_length"),
            *("estimand", "correction", "baseline"),
            *("baseline_note", "minimum_effect", "stop_effect", "rule"),
        ]
        field_classes = {"partners": SeveralField}
        localized_fields = ("budget_eur", "lowest", "highest")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "hypothesis": forms.Textarea(attrs={"rows": 3}),
            "users": forms.Textarea(attrs={"rows": 2}),
            "fit": forms.Textarea(attrs={"rows": 2}),
            "benefit": forms.Textarea(attrs={"rows": 2}),
            "budget_use": forms.Textarea(attrs={"rows": 3}),
            "schedule": forms.Textarea(attrs={"rows": 3}),
            "baseline_note": forms.Textarea(attrs={"rows": 2}),
            "rule": forms.Textarea(attrs={"rows": 3}),
            "better": forms.RadioSelect,
            "partners": forms.CheckboxSelectMultiple,
            "starts_on": _day(),
            "ends_on": _day(),
            "switch_on": _day(),
        }
        help_texts = {
            "hypothesis": _("What you expect to happen, and why, so that it can turn out wrong."),
            "schedule": _("One step a line."),
            "indicator": _(
                "Choose one of the city's indicators, or name a measure of your own below."
            ),
            "measure": _("Only without an indicator: what is measured, in a few words."),
            "unit": _("Only without an indicator: such as minutes per lesson."),
            "kind": _(
                "Yes or no: only when two sides are compared. A count: there, and in a series; its effect is the change of the rate in percent, so 10 is a tenth more or fewer."
            ),
            "lowest": _("If there is one, say how far missing values could change the answer."),
            "switch_on": _(
                "For difference in differences, series and wedges: the first day on which anybody gets the trial. For two groups: values before it count as each unit's starting value."
            ),
            "period": _(
                "Only for designs in which time counts. Values of one unit in one period are averaged."
            ),
            "season": _("Only for a series: what comes again every year, or every week."),
            "season_length": _("12 for months in a year, 7 for days in a week."),
            "estimand": _("Only for a series."),
            "correction": _("Only with several measures: how many are wrong by chance."),
            "rule": _("The rule in words that a resident can read."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = {
            "goal": Goal.objects.order_by("title"),
            "testbed": Place.objects.order_by("name"),
            "owner": Organisation.objects.filter(kind=Organisation.Kind.CITY_UNIT).order_by("name"),
            "partners": Organisation.objects.order_by("name"),
            "indicator": Indicator.objects.order_by("title"),
        }
        for name, queryset in rows.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = queryset
        for name in DEFAULTS:
            self.fields[name].required = False
        needed = (*queries.NEEDED, *queries.OWN_MEASURE, "indicator")
        gaps = [name for name in needed if not self.fields[name].required]
        mark_needed(self, gaps, _("needed before the start"))

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in the order of the page, each part with its heading."""
        return [(heading, [self[name] for name in names]) for heading, names in SECTIONS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("The end must come after the beginning."))
        stop, least = data.get("stop_effect"), data.get("minimum_effect")
        if stop is not None and least is not None and stop > least:
            self.add_error(
                "stop_effect", _("This cannot be more than the smallest effect worth scaling.")
            )
        if (data.get("lowest") is None) != (data.get("highest") is None):
            self.add_error("highest", _("Fill in both ends of the range, or none."))
        elif data.get("lowest") is not None and data["lowest"] >= data["highest"]:
            self.add_error("highest", _("This must be more than the lowest possible value."))
        self._check_kind(data)
        if data.get("indicator") and data.get("unit"):
            data["unit"] = ""
        for name in DEFAULTS:
            data[name] = data.get(name) or getattr(Experiment(), name)
        return data

    def _check_kind(self, data: dict[str, Any]) -> None:
        if data.get("kind") == Experiment.Kind.SHARE:
            self._check_share(data)
        if data.get("kind") == Experiment.Kind.COUNT:
            self._check_count(data)

    def _check_share(self, data: dict[str, Any]) -> None:
        """Yes and no are counted where two sides are compared, and their effects are shares."""
        if data.get("design") and data["design"] not in queries.COMPARES_SIDES:
            self.add_error(
                "kind", _("Yes or no can be analysed only where two sides are compared.")
            )
        for name in ("minimum_effect", "stop_effect"):
            effect = data.get(name)
            if effect is not None and abs(effect) > 1:
                self.add_error(
                    name, _("Of shares this lies between -1 and 1: 0.1 is ten percentage points.")
                )

    def _check_count(self, data: dict[str, Any]) -> None:
        """Rates are compared on two sides and in a series; nothing falls by more than all of it."""
        if data.get("design") and data["design"] not in queries.COMPARES_RATES:
            self.add_error(
                "kind",
                _("A count can be analysed only where two sides are compared, and in a series."),
            )
        for name in ("minimum_effect", "stop_effect"):
            effect = data.get(name)
            if effect is not None and (
                effect <= -100 or (effect >= 100 and data.get("better") == "down")
            ):
                self.add_error(
                    name, _("Of counts this is in percent, and nothing falls by more than 100 %.")
                )


class CancelForm(forms.Form):
    """Why an experiment is given up."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads this. What was learnt helps those who try something similar."),
    )


def free_slug(title: str) -> str:
    """An address for a new experiment, made from its title; a number tells apart what is called the same."""
    return _free(title, "experiment", lambda base: queries.slugs_like(base) | RESERVED)


def free_question_slug(title: str) -> str:
    """An address for a new question; "new" is the page on which one is asked."""
    return _free(title, "question", lambda base: queries.question_slugs_like(base) | {"new"})


def _free(title: str, kind: str, known: Callable[[str], set[str] | frozenset[str]]) -> str:
    base = slugify(title)[:54].strip("-") or kind
    taken = known(base)
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
