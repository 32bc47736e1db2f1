"""Targets with the figures they are judged by. The verdict itself is the engine's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.db.models import F, QuerySet
from django.utils.functional import Promise

from vuoksi.base.texts.queries import attach
from vuoksi.indicators.models import Indicator, Observation
from vuoksi.indicators.queries import ledger
from vuoksi.indicators.registry import REGISTERED
from vuoksi.indicators.words import figure
from vuoksi.lib.periods import Period
from vuoksi.lib.units import UNITS
from vuoksi.strategy import engine, words
from vuoksi.strategy.models import Target

# The verdicts that say how a target stands.
JUDGED = frozenset({"reached", "on_track", "off_track", "missed"})


@dataclass(frozen=True, slots=True)
class Gauge:
    """How far the latest figure and the target reach from nothing; in hundredths of the larger one."""

    now: str
    wanted: str


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target, its verdict, and the figures of one method that it was judged by (oldest first, no forecasts).

    `latest` is there also without a verdict; `judged` is the figure that decided.
    """

    target: Target
    indicator: Indicator
    problem: engine.Target
    verdict: engine.Verdict
    latest: Observation | None
    judged: Observation | None
    series: tuple[Observation, ...]

    @property
    def label(self) -> Promise:
        return words.LABELS[self.verdict.state]

    @property
    def tone(self) -> str:
        return words.TONES[self.verdict.state]

    @property
    def wanted(self) -> str:
        """What is asked for, "at most 0.6 t"; empty if the city has set no value."""
        return words.wanted(self.problem, self.indicator.unit)

    @property
    def latest_text(self) -> str:
        return figure(self.latest.value, self.indicator.unit) if self.latest else ""

    @property
    def latest_period(self) -> str:
        return period_words(self.latest)

    @property
    def baseline_text(self) -> str:
        """The baseline that was set with the target, whichever the verdict used."""
        value = self.target.baseline_value
        return "" if value is None else figure(value, self.indicator.unit)

    @property
    def why(self) -> list[str]:
        return words.why(
            self.verdict,
            self.problem,
            self.indicator.unit,
            period=period_words(self.judged),
            latest_period=self.latest_period,
        )

    @property
    def gauge(self) -> Gauge | None:
        """None where there is no figure or no target, and where one of them is negative."""
        now, wanted = (self.latest.value if self.latest else None), self.problem.value
        if now is None or wanted is None or min(now, wanted) < 0:
            return None
        # The mark of the target is one hundredth wide and stays in the picture.
        whole = max(now, wanted * 1.01) or 1.0
        return Gauge(f"{100 * now / whole:.1f}", f"{100 * wanted / whole:.1f}")

    @property
    def trend(self) -> str:
        """The series as points of a line in a box of 100 by 24, time to the right; empty for fewer than two figures."""
        if len(self.series) < 2:
            return ""
        values = [row.value for row in self.series]
        days = [row.end.toordinal() for row in self.series]
        low, span = min(values), (max(values) - min(values)) or 1.0
        first, length = days[0], days[-1] - days[0]
        return " ".join(
            f"{2 + 96 * (day - first) / length:.1f},{22 - 20 * (value - low) / span:.1f}"
            for day, value in zip(days, values, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How many targets have one verdict."""

    state: str
    label: Promise
    tone: str
    count: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the bar that shows counts at a glance; `start` and `length` are in hundredths of the bar."""

    state: str
    start: str
    length: str


def all_targets() -> QuerySet[Target]:
    """Every target with its goal and indicator, in the order of roadmaps and goals."""
    return Target.objects.select_related("indicator", "goal__roadmap", "goal__chapter").order_by(
        F("goal__roadmap__position").asc(nulls_last=True),
        "goal__position",
        "goal_id",
        "due_on",
        "pk",
    )


def headline_targets() -> QuerySet[Target]:
    """The targets that the first page shows."""
    return all_targets().filter(is_headline=True)


def target_verdicts(targets: Iterable[Target], today: date) -> list[TargetView]:
    """Judge targets as of `today`: three queries, whatever their number.

    Forecasts are not figures. Each target is judged by its own indicator's figures only, so that a total and its
    share per head never meet.
    """
    rows = list(targets)
    indicators = {row.indicator_id: row.indicator for row in rows}
    attach(indicators.values())
    figures: dict[int, list[Observation]] = defaultdict(list)
    for seen in ledger(indicators.values()) if indicators else ():
        if seen.kind != Observation.Kind.FORECAST:
            figures[seen.indicator_id].append(seen)
    return [
        _view(row, indicators[row.indicator_id], figures[row.indicator_id], today) for row in rows
    ]


def news_of_targets(today: date) -> list[TargetView]:
    """Those whose verdict is not the one that people know of; what nobody can judge is no news."""
    return [
        view
        for view in target_verdicts(all_targets(), today)
        if view.verdict.state in JUDGED and view.verdict.state != view.target.told_state
    ]


def tally(views: Iterable[TargetView]) -> list[Count]:
    """Count targets by verdict, best first, verdicts without a target left out."""
    states = [view.verdict.state for view in views]
    return [
        Count(state, label, words.TONES[state], states.count(state))
        for state, label in words.LABELS.items()
        if state in states
    ]


def bar(counts: Sequence[Count]) -> list[Segment]:
    """Divide a bar of length 100 by the counts, in their order."""
    whole, start, segments = sum(one.count for one in counts), 0.0, []
    for one in counts:
        length = 100 * one.count / whole
        segments.append(Segment(one.state, f"{start:.2f}", f"{length:.2f}"))
        start += length
    return segments


def engine_target(target: Target) -> engine.Target:
    """Give the target as the engine knows it."""
    baseline = None
    if target.baseline_value is not None and target.baseline_on is not None:
        baseline = engine.Baseline(
            target.baseline_value, target.baseline_on, target.baseline_method or None
        )
    return engine.Target(
        target.value,
        cast("engine.Operator", target.operator),
        target.due_on,
        baseline,
        target.stale_after_days,
    )


def indicator_fault(indicator: Indicator) -> str | None:
    """Say why no target can stand on this indicator: "unknown_unit", "unknown_key" (its code is gone), or None."""
    if indicator.unit not in UNITS:
        return "unknown_unit"
    if indicator.is_from_code and indicator.key not in {entry.key for entry in REGISTERED}:
        return "unknown_key"
    return None


def period_words(row: Observation | None) -> str:
    return Period(row.start, row.end).label if row else ""


def _view(
    target: Target, indicator: Indicator, figures: Sequence[Observation], today: date
) -> TargetView:
    by_key = _one_a_day(figures)
    problem = engine_target(target)
    known = {_problem_figure(row): row for row in by_key.values()}
    verdict = engine.judge(problem, known, today=today)
    latest = known[verdict.latest] if verdict.latest else None
    return TargetView(
        target=target,
        indicator=indicator,
        problem=problem,
        verdict=verdict,
        latest=latest,
        judged=known[verdict.judged] if verdict.judged else None,
        series=_series(known.values(), latest),
    )


def _one_a_day(figures: Sequence[Observation]) -> dict[tuple[str, date], Observation]:
    """Keep one figure a method and last day: of a year and its last quarter, the year."""
    by_length = sorted(figures, key=lambda row: (row.end - row.start, row.published_at, row.pk))
    return {(row.method, row.end): row for row in by_length}


def _problem_figure(row: Observation) -> engine.Observation:
    low, high = row.low, row.high
    if low is not None or high is not None:
        # Of an interval with one end only, the figure itself is the other.
        low, high = (row.value if low is None else low), (row.value if high is None else high)
    return engine.Observation(row.end - timedelta(days=1), row.value, low, high, row.method)


def _series(rows: Iterable[Observation], latest: Observation | None) -> tuple[Observation, ...]:
    if latest is None:
        return ()
    same = [row for row in rows if row.method == latest.method and row.end <= latest.end]
    return tuple(sorted(same, key=lambda row: row.end))
