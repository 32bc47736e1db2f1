"""What people type around an analysis: sample size, groups, further measures, deviations, evidence, questions."""

import secrets
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.faults import repeated
from vuoksi.base.lists.fields import SeveralField
from vuoksi.base.lists.forms import TableForm
from vuoksi.lib import cells
from vuoksi.lib.tables import Column, Row, TableError
from vuoksi.loop.experiments.analyses.actions import Wanted
from vuoksi.loop.experiments.analyses.engine import ProblemError
from vuoksi.loop.experiments.analyses.engine.power import power_problem_from
from vuoksi.loop.experiments.measurements.queries import fault_of_unit
from vuoksi.loop.experiments.plans.forms import LANGUAGES
from vuoksi.loop.experiments.plans.models import Deviation, Experiment, Grouping, Question
from vuoksi.loop.experiments.plans.queries import grouping_of, public_experiments
from vuoksi.strategy.models import Goal

Method = Grouping.Method
LARGEST_SEED = 2**53 - 1
MOST_WHOLE = 10_000


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


def _number(
    label: Any, help_text: Any = "", *, needed: bool = False, most: float | None = None
) -> forms.FloatField:
    """A number; one with a `most` is a share or a likeness and not below 0."""
    return forms.FloatField(
        label=label,
        help_text=help_text,
        required=needed,
        localize=True,
        min_value=None if most is None else 0,
        max_value=most,
    )


def _whole(
    label: Any, help_text: Any = "", *, needed: bool = False, least: int = 1
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=help_text, required=needed, min_value=least, max_value=MOST_WHOLE
    )


# The engine's power problem of each design, and the fields that it has besides effect, power, level and n.
POWER_FIELDS: dict[str, tuple[str, ...]] = {
    "two_means": ("deviation", "baseline_correlation", "cluster_size", "intra_cluster"),
    "two_shares": ("share_before", "cluster_size", "intra_cluster"),
    "paired_means": ("deviation", "correlation"),
    "panel_means": (
        *("deviation", "correlation", "before", "after", "cluster_size", "intra_cluster"),
    ),
    "series_jump": ("deviation", "correlation", "before"),
    "wedge_means": ("deviation", "intra_site", "steps", "per_period"),
}
_POWER_OF: dict[str, str] = {
    Experiment.Design.BEFORE_AFTER_PAIRED: "paired_means",
    Experiment.Design.MATCHED_PAIRS: "paired_means",
    Experiment.Design.DIFFERENCE_IN_DIFFERENCES: "panel_means",
    Experiment.Design.INTERRUPTED_TIME_SERIES: "series_jump",
    Experiment.Design.STEPPED_WEDGE: "wedge_means",
}
_N = {
    "two_means": _("Units in each group, if you know"),
    "two_shares": _("Units in each group, if you know"),
    "paired_means": _("Pairs, or units measured twice, if you know"),
    "panel_means": _("Units in each group, if you know"),
    "series_jump": _("Periods with the trial, if you know"),
    "wedge_means": _("Sites, if you know"),
}


def power_design(experiment: Experiment) -> str:
    """Which of the engine's power problems the plan's design asks for."""
    found = _POWER_OF.get(experiment.design)
    if found is not None:
        return found
    return "two_shares" if experiment.kind == Experiment.Kind.SHARE else "two_means"


class SampleSizeForm(forms.Form):
    """What a sample size is computed from. Only the fields of the plan's design are shown."""

    effect = _number(
        _("Smallest effect that you want to find"),
        _("In the unit of the measure. For shares 0.1 is ten percentage points."),
        needed=True,
    )
    deviation = _number(
        _("Usual spread of single values"),
        _("Their standard deviation: about two thirds of all values lie within it of the average."),
        needed=True,
    )
    share_before = _number(_("Share without the trial, 0 to 1"), needed=True, most=1)
    correlation = _number(
        _("Likeness of two values of the same unit, 0 to 1"),
        _("Their correlation. A half is usual. For a series: of neighbouring periods."),
        needed=True,
        most=0.95,
    )
    baseline_correlation = _number(
        _("Likeness of starting value and final value, 0 to 1"),
        _("0 if no starting value is measured."),
        most=0.95,
    )
    before = _whole(_("Periods measured before the start"), needed=True)
    after = _whole(_("Periods measured with the trial"), needed=True)
    cluster_size = _whole(
        _("Units in a cluster"), _("1 unless whole classes, houses or districts get the trial.")
    )
    intra_cluster = _number(
        _("Share of the variance that lies between clusters, 0 to 1"),
        _("Often between 0.01 and 0.2."),
        most=1,
    )
    intra_site = _number(
        _("Share of the variance that lies between sites, 0 to 1"),
        _("Often between 0.01 and 0.2."),
        needed=True,
        most=0.95,
    )
    steps = _whole(_("Steps in which the sites start"), needed=True, least=2)
    per_period = _whole(_("Units measured at a site in a period"), needed=True)
    n = _whole(_("Units in each group, if you know"))
    power = forms.ChoiceField(
        label=_("Wished chance to find it"),
        choices=[("0.8", "80 %"), ("0.9", "90 %"), ("0.95", "95 %")],
        help_text=_("80 % is usual: one experiment in five misses an effect of this size."),
    )

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.experiment = experiment
        self.design = power_design(experiment)
        kept = {"effect", *POWER_FIELDS[self.design], "n", "power"}
        for name in set(self.fields) - kept:
            del self.fields[name]
        self.fields["n"].label = _N[self.design]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("effect", "deviation"):
            if data.get(name) == 0:
                self.add_error(name, _("This must not be zero."))
        steps, sites = data.get("steps"), data.get("n")
        if steps and sites and sites % steps:
            self.add_error(
                "n", _("In each step equally many sites start: give a multiple of the steps.")
            )
        if not self.errors:
            try:
                power_problem_from(self.asked())
            except ProblemError as error:
                self.add_error(None, _("That cannot be computed: %s") % error.message)
        return data

    def asked(self) -> dict[str, Any]:
        """The engine's problem; what was left empty is left to the engine."""
        names = {"share_before": "before"}
        given = {
            names.get(name, name): value
            for name, value in self.cleaned_data.items()
            if value is not None
        }
        given["power"] = float(given["power"])
        if self.design == "series_jump":
            given |= {
                "estimand": str(self.experiment.estimand),
                "season": str(self.experiment.season),
                "season_length": self.experiment.season_length or 12,
                "harmonics": max(1, min(2, (self.experiment.season_length or 12) // 2)),
            }
        return {"design": self.design, **given}


class MeasureForm(forms.Form):
    """A further measure of the plan."""

    title = forms.CharField(label=_("What is measured"), max_length=200)
    unit = forms.CharField(label=_("Unit"), max_length=40)
    better = forms.ChoiceField(
        label=_("Better"), choices=Experiment.Better.choices, widget=forms.RadioSelect, initial="up"
    )

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.experiment = experiment

    def key(self) -> str:
        """A short name for files, made from the title; a number tells apart what is called the same."""
        base = slugify(self.cleaned_data["title"])[:26].strip("-") or "measure"
        taken = set(self.experiment.other_measures.values_list("key", flat=True)) | {"main"}
        numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
        return next(key for key in (base, *numbered) if key not in taken)


def methods_for(experiment: Experiment) -> list[Grouping.Method]:
    """How units may be divided in the plan's design."""
    by_chance = experiment.assignment == Experiment.Assignment.CHANCE
    if experiment.design == Experiment.Design.MATCHED_PAIRS:
        return [Method.MATCHING]
    if experiment.design == Experiment.Design.STEPPED_WEDGE:
        return [Method.ORDER if by_chance else Method.LISTED]
    return [Method.CHANCE if by_chance else Method.LISTED]


class GroupsForm(TableForm):
    """Units to divide: pasted, or in a file. Every column with another name holds what is known of each unit."""

    columns: Sequence[Column] = ()  # type: ignore[misc]  # known only when the header was read
    is_file_needed = False

    pasted = forms.CharField(
        label=_("Or paste the list here"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=_("With a header line, columns parted by comma, semicolon or tab."),
    )
    seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_(
            "A number that nobody could choose, such as those of a lottery draw that is still to come. Left empty, the computer draws one. It is published, so that anybody can draw again."
        ),
    )
    steps = forms.IntegerField(
        label=_("Steps in which the sites start"), required=False, min_value=2, max_value=100
    )
    reason = forms.CharField(
        label=_("Why are they divided again?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Everybody reads this beside the earlier groups."),
    )

    def __init__(self, *args: Any, experiment: Experiment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        (self.method,) = methods_for(experiment)
        is_drawn = self.method in {Method.CHANCE, Method.ORDER}
        unused = {
            "seed": not is_drawn,
            "steps": self.method != Method.ORDER,
            "reason": grouping_of(experiment) is None,
        }
        for name, is_unused in unused.items():
            if is_unused:
                del self.fields[name]
        for name in ("steps", "reason"):
            if name in self.fields:
                self.fields[name].required = True

    def thing_of(self, row: Row) -> Wanted:
        found = cast("dict[str, Any]", dict(row.values))
        named = {name: found.pop(name, None) for name in _NAMED}
        known = {name: value for name, value in found.items() if value is not None}
        return Wanted(
            code=named["unit"],
            stratum=named["stratum"] or "",
            cluster=named["cluster"] or "",
            group=named["group"] or "",
            starts_on=named["starts_on"],
            known=known,
        )

    def faults_in(self, rows: list[tuple[int, Wanted]]) -> list[TableError]:
        faults = [(line, unit.code, fault_of_unit(unit.code)) for line, unit in rows]
        return [
            *(TableError(line, "unit", code, unit[:80]) for line, unit, code in faults if code),
            *repeated(rows, lambda unit: unit.code, "unit"),
        ]

    def _bytes(self, data: dict[str, Any]) -> bytes | None:
        pasted = (data.get("pasted") or "").strip()
        raw = pasted.encode() if pasted and not data.get("file") else super()._bytes(data)
        if raw is not None:
            self.columns = _columns_for(raw)
        return raw

    def given_seed(self) -> int | None:
        """The seed that was typed, or one that the computer draws; None where nothing is drawn."""
        if "seed" not in self.fields:
            return None
        typed = self.cleaned_data["seed"]
        return secrets.randbelow(LARGEST_SEED) if typed is None else int(typed)


_NAMED = {
    "unit": Column("unit", cells.Text(60)),
    "stratum": Column("stratum", cells.Text(60), required=False),
    "cluster": Column("cluster", cells.Text(60), required=False),
    "group": Column("group", cells.Choice(("control", "treatment")), required=False),
    "starts_on": Column("starts_on", cells.day, required=False),
}


def _columns_for(raw: bytes) -> list[Column]:
    """The named columns, and one of numbers for each other name in the header."""
    header = raw[:10_000].decode("utf-8-sig", errors="replace").lstrip().splitlines()[:1]
    letters = "".join(header).replace(";", ",").replace("\t", ",").split(",")
    names = [cell.strip().strip('"') for cell in letters]
    others = dict.fromkeys(name for name in names if name and name.casefold() not in _NAMED)
    return [*_NAMED.values(), *(Column(name, cells.number) for name in list(others)[:20])]


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
