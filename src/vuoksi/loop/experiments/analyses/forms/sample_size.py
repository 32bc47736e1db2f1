"""What a sample size is computed from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.analyses.engine import ProblemError
from vuoksi.loop.experiments.analyses.engine.power import power_problem_from
from vuoksi.loop.experiments.plans.models import Experiment

MOST_WHOLE = 10_000


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
    "two_counts": ("rate_before", "exposure", "dispersion", "cluster_size", "intra_cluster"),
    "paired_means": ("deviation", "correlation"),
    "paired_counts": ("rate_before", "exposure", "dispersion"),
    "panel_means": (
        *("deviation", "correlation", "before", "after", "cluster_size", "intra_cluster"),
    ),
    "series_jump": ("deviation", "correlation", "before"),
    "series_counts": ("expected", "dispersion", "correlation", "before"),
    "wedge_means": ("deviation", "intra_site", "steps", "per_period"),
}
_POWER_OF: dict[str, str] = {
    Experiment.Design.BEFORE_AFTER_PAIRED: "paired_means",
    Experiment.Design.MATCHED_PAIRS: "paired_means",
    Experiment.Design.DIFFERENCE_IN_DIFFERENCES: "panel_means",
    Experiment.Design.INTERRUPTED_TIME_SERIES: "series_jump",
    Experiment.Design.STEPPED_WEDGE: "wedge_means",
}
# The same where something is counted.
_POWER_OF_COUNTS: dict[str, str] = {
    Experiment.Design.BEFORE_AFTER_PAIRED: "paired_counts",
    Experiment.Design.BEFORE_AFTER: "two_counts",
    Experiment.Design.TWO_GROUPS: "two_counts",
    Experiment.Design.MATCHED_PAIRS: "paired_counts",
    Experiment.Design.INTERRUPTED_TIME_SERIES: "series_counts",
}
_N = {
    "two_means": _("Units in each group, if you know"),
    "two_shares": _("Units in each group, if you know"),
    "two_counts": _("Units in each group, if you know"),
    "paired_means": _("Pairs, or units measured twice, if you know"),
    "paired_counts": _("Pairs, or units measured twice, if you know"),
    "panel_means": _("Units in each group, if you know"),
    "series_jump": _("Periods with the trial, if you know"),
    "series_counts": _("Periods with the trial, if you know"),
    "wedge_means": _("Sites, if you know"),
}


def power_design(experiment: Experiment) -> str:
    """Which of the engine's power problems the plan's design asks for."""
    is_count = experiment.kind == Experiment.Kind.COUNT
    found = (_POWER_OF_COUNTS if is_count else _POWER_OF).get(experiment.design)
    if found is not None:
        return found
    return "two_shares" if experiment.kind == Experiment.Kind.SHARE else "two_means"


class SampleSizeForm(forms.Form):
    """What a sample size is computed from. Only the fields of the plan's design are shown."""

    effect = _number(
        _("Smallest effect that you want to find"),
        _(
            "In the unit of the measure. For shares 0.1 is ten percentage points. For counts 10 is ten percent of the rate more, -10 ten percent less."
        ),
        needed=True,
    )
    deviation = _number(
        _("Usual spread of single values"),
        _("Their standard deviation: about two thirds of all values lie within it of the average."),
        needed=True,
    )
    share_before = _number(_("Share without the trial, 0 to 1"), needed=True, most=1)
    rate_before = _number(_("Count that is usual without the trial, each time"), needed=True)
    exposure = _number(_("How often each unit is counted"), needed=True)
    expected = _number(_("Count that is usual in a period without the trial"), needed=True)
    dispersion = _number(
        _("How much more than by pure chance counts vary"),
        _("Their variance over their average: 1 is pure chance, 2 to 5 is usual."),
        needed=True,
    )
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
        for name in ("rate_before", "exposure", "expected", "dispersion"):
            if data.get(name) is not None and data[name] <= 0:
                self.add_error(name, _("This must be more than zero."))
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
        names = {"share_before": "before", "rate_before": "before"}
        given = {
            names.get(name, name): value
            for name, value in self.cleaned_data.items()
            if value is not None
        }
        given["power"] = float(given["power"])
        if self.design in {"series_jump", "series_counts"}:
            given |= {
                "estimand": str(self.experiment.estimand),
                "season": str(self.experiment.season),
                "season_length": self.experiment.season_length or 12,
                "harmonics": max(1, min(2, (self.experiment.season_length or 12) // 2)),
            }
        return {"design": self.design, **given}
