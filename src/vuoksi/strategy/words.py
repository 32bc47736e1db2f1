"""Verdicts in words: the label, the target as it is said, and why the verdict is what it is."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vuoksi.indicators.words import OPERATOR_WORDS, figure
from vuoksi.strategy.engine import TOLERANCE, Baseline, State, Target, Verdict

LABELS: dict[State, Promise] = {
    "reached": pgettext_lazy("verdict", "reached"),
    "on_track": pgettext_lazy("verdict", "on track"),
    "off_track": pgettext_lazy("verdict", "off track"),
    "missed": pgettext_lazy("verdict", "missed"),
    "too_little_data": pgettext_lazy("verdict", "too little data"),
    "no_target": pgettext_lazy("verdict", "no target set"),
}
TONES: dict[State, str] = {
    "reached": "good",
    "on_track": "info",
    "off_track": "warn",
    "missed": "bad",
    "too_little_data": "neutral",
    "no_target": "neutral",
}

_PATH = gettext_lazy(
    "A straight line from %(baseline)s on %(baseline_day)s to the target on %(due)s passes %(expected)s at that time."
)
_SENTENCES: dict[str, tuple[Promise, ...]] = {
    "no_target_set": (
        gettext_lazy("The city follows this figure but has not set a target for it."),
    ),
    "no_observations": (gettext_lazy("No figure has been published yet."),),
    "stale": (
        gettext_lazy(
            "The newest figure, for %(latest_period)s, is too old to say how things are now."
        ),
    ),
    "no_baseline": (
        gettext_lazy(
            "There is only one figure by this method and no baseline, so there is nothing to measure progress from."
        ),
    ),
    "nothing_since_baseline": (
        gettext_lazy(
            "No figure has been published for the time after the baseline, %(baseline_day)s."
        ),
    ),
    "not_yet_measured": (
        gettext_lazy("The due date, %(due)s, has passed. The figure for it is not published yet."),
    ),
    "not_measured_at_due": (
        gettext_lazy("The due date, %(due)s, has passed, and no figure was published for it."),
    ),
    "met": (
        gettext_lazy("The newest figure, %(judged)s for %(period)s, meets the target: %(wanted)s."),
    ),
    "on_path": (
        gettext_lazy("The newest figure is %(judged)s, for %(period)s."),
        _PATH,
        gettext_lazy("The figure is at least as good as that."),
    ),
    "within_tolerance": (
        gettext_lazy("The newest figure is %(judged)s, for %(period)s."),
        _PATH,
        gettext_lazy(
            "The figure is behind by %(behind)s. The rule allows %(tolerance)s, which is %(share)s of the planned change."
        ),
    ),
    "behind_path": (
        gettext_lazy("The newest figure is %(judged)s, for %(period)s."),
        _PATH,
        gettext_lazy(
            "The figure is behind by %(behind)s. The rule allows only %(tolerance)s, which is %(share)s of the planned change."
        ),
    ),
    "moving_away": (
        gettext_lazy("The newest figure is %(judged)s, for %(period)s."),
        _PATH,
        gettext_lazy("The figure is worse than where the plan started."),
    ),
    "standing_not_met": (
        gettext_lazy(
            "The newest figure, %(judged)s for %(period)s, does not meet the target: %(wanted)s, at all times."
        ),
    ),
    "met_at_due": (
        gettext_lazy(
            "The figure for the due date, %(judged)s for %(period)s, meets the target: %(wanted)s."
        ),
    ),
    "not_met_at_due": (
        gettext_lazy(
            "The figure for the due date, %(judged)s for %(period)s, does not meet the target: %(wanted)s."
        ),
    ),
    "met_since": (
        gettext_lazy(
            "The figure for the due date, %(judged)s for %(period)s, does not meet the target: %(wanted)s."
        ),
        gettext_lazy("It has been met since: %(latest)s for %(latest_period)s."),
    ),
}


def day(of: date) -> str:
    return date_format(of, "DATE_FORMAT")


def wanted(target: Target, unit: str) -> str:
    """Say what the target asks for, as "at most 0.6 t", without its date."""
    if target.value is None:
        return ""
    return str(OPERATOR_WORDS[target.operator]) % {"value": figure(target.value, unit)}


def why(
    verdict: Verdict, target: Target, unit: str, *, period: str, latest_period: str
) -> list[str]:
    """Say why the verdict is what it is, in sentences with numbers.

    `period` and `latest_period` are the periods of the figure that decided and of the newest one, as people write them.
    """
    facts = {
        "wanted": wanted(target, unit),
        "share": figure(TOLERANCE * 100, "percent"),
        "period": period,
        "latest_period": latest_period,
        **_days(verdict.baseline, target.due),
        **_figures(verdict, unit),
    }
    sentences = [str(sentence) % facts for sentence in _SENTENCES[verdict.reason]]
    return [*sentences, *(text % facts for text in _remarks(verdict, target))]


def _remarks(verdict: Verdict, target: Target) -> list[str]:
    remarks = []
    if verdict.baseline is not None and target.baseline not in {None, verdict.baseline}:
        remarks.append(
            _(
                "The baseline that was set is by another method, so the first figure by this method counts instead."
            )
        )
    if verdict.projected is not None and verdict.state in {"on_track", "off_track"}:
        remarks.append(_("Going on in a straight line, it would be %(projected)s on %(due)s."))
    if not verdict.certain:
        remarks.append(
            _("The published uncertainty, %(low)s to %(high)s, would allow another verdict too.")
        )
    return remarks


def _days(baseline: Baseline | None, due: date | None) -> dict[str, str]:
    return {
        "baseline_day": day(baseline.day) if baseline else "",
        "due": day(due) if due else "",
    }


def _figures(verdict: Verdict, unit: str) -> dict[str, str]:
    judged, latest, baseline = verdict.judged, verdict.latest, verdict.baseline
    numbers = {
        "judged": judged.value if judged else None,
        "low": judged.low if judged else None,
        "high": judged.high if judged else None,
        "latest": latest.value if latest else None,
        "baseline": baseline.value if baseline else None,
        "expected": verdict.expected,
        "tolerance": verdict.tolerance,
        "projected": verdict.projected,
        "behind": _distance(judged.value if judged else None, verdict.expected),
    }
    return {name: "" if value is None else figure(value, unit) for name, value in numbers.items()}


def _distance(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else abs(one - other)
