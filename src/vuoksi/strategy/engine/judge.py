"""The rule by which a target is reached, on track, off track or missed.

1. No target value: ``no_target``. No figure up to today: ``too_little_data``.
2. *Until the end of the due day*, and at all times for a standing target, the newest figure decides.
   If it is older than `stale_after_days`: ``too_little_data``. If it satisfies the target:
   ``reached``. If not, and the target is a standing one: ``off_track``.
3. Otherwise it is held against the path: the straight line from the baseline to the target on the
   due day, read on the last day of the figure's own period, so that a figure that is published late
   is not blamed for that. Not worse than the path by more than 5 % of the planned change
   (`TOLERANCE`): ``on_track``, else ``off_track``. A baseline that is already as good as the target
   makes the path level and the tolerance nothing: what must be kept may not slip.
4. *After the due day* the figure nearest to it decides (see `EARLY_DAYS`, `LATE_DAYS`; of two as
   near, the later): ``reached`` or ``missed``. Without one: ``too_little_data``.
5. Only figures of one method are compared: the newest figure's, or after the due day the deciding
   figure's. Of figures for the same day that of the baseline's method counts. A baseline of another
   method is set aside, and the first figure of the method takes its place.
6. The state rests on the figure itself; if its interval allows another state, it is not `certain`.

Values are compared exactly as they are written in decimal, so three tenths is 0.3 here. The rule
is this project's own choice; docs/explanation/verdicts.md gives the reasons and worked examples.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from vuoksi.strategy.engine.problem import (
    EARLY_DAYS,
    LATE_DAYS,
    TOLERANCE,
    Baseline,
    Observation,
    Operator,
    Reason,
    State,
    Target,
    Verdict,
)

_Outcome = tuple[State, Reason]


def judge(target: Target, observations: Iterable[Observation], *, today: date) -> Verdict:
    """Give the verdict on `target` as of `today`.

    Parameters
    ----------
    observations
        The figures that stand (superseded ones left out), in any order. Those whose period ends
        after `today` are not counted.

    Raises
    ------
    ValueError
        If two observations have the same method and the same last day.
    """
    known = tuple(seen for seen in observations if seen.period_end <= today)
    _refuse_doubles(known)
    newest = min(known, key=lambda seen: _by_age(seen, target), default=None)
    if target.value is None:
        return Verdict("no_target", "no_target_set", latest=newest)
    if newest is None:
        return Verdict("too_little_data", "no_observations")
    goal = _Goal(_exact(target.value), target.operator)
    if target.due is not None and today > target.due:
        return _after_due(goal, target.due, target, known, today)
    if (today - newest.period_end).days > target.stale_after_days:
        return Verdict("too_little_data", "stale", latest=newest)
    if target.due is None:
        return _standing(goal, newest)
    return _before_due(goal, target.due, _baseline(target, known, newest), newest, today)


@dataclass(frozen=True, slots=True)
class _Goal:
    value: Fraction
    operator: Operator

    @property
    def upward(self) -> bool:
        return self.operator in {"at_least", "above"}

    def lead(self, value: Fraction, other: Fraction) -> Fraction:
        """How much better `value` is than `other`."""
        return value - other if self.upward else other - value

    def satisfied(self, value: Fraction) -> bool:
        lead = self.lead(value, self.value)
        return lead > 0 if self.operator in {"above", "below"} else lead >= 0


@dataclass(frozen=True, slots=True)
class _Path:
    goal: _Goal
    due: date
    start: Fraction
    start_day: date

    @property
    def planned(self) -> Fraction:
        """The improvement that is planned from baseline to target, never negative."""
        return max(self.goal.lead(self.goal.value, self.start), Fraction(0))

    @property
    def tolerance(self) -> Fraction:
        return _exact(TOLERANCE) * self.planned

    def expected(self, day: date) -> Fraction:
        to_go = self.planned * Fraction((self.due - day).days, (self.due - self.start_day).days)
        return self.goal.value - to_go if self.goal.upward else self.goal.value + to_go

    def projected(self, value: Fraction, day: date) -> Fraction:
        days = Fraction((self.due - self.start_day).days, (day - self.start_day).days)
        return self.start + (value - self.start) * days

    def outcome(self, value: Fraction, day: date) -> _Outcome:
        if self.goal.satisfied(value):
            return "reached", "met"
        lead = self.goal.lead(value, self.expected(day))
        if lead >= 0:
            return "on_track", "on_path"
        if lead >= -self.tolerance:
            return "on_track", "within_tolerance"
        if self.goal.lead(value, self.start) < 0:
            return "off_track", "moving_away"
        return "off_track", "behind_path"


def _standing(goal: _Goal, newest: Observation) -> Verdict:
    def outcome(value: Fraction) -> _Outcome:
        return ("reached", "met") if goal.satisfied(value) else ("off_track", "standing_not_met")

    state, reason = outcome(_exact(newest.value))
    certain = {outcome(value)[0] for value in _ends(newest)} <= {state}
    return Verdict(
        state, reason, latest=newest, judged=newest, gap=_gap(goal, newest), certain=certain
    )


def _before_due(
    goal: _Goal, due: date, baseline: Baseline | None, newest: Observation, today: date
) -> Verdict:
    if baseline is None or baseline.day >= newest.period_end:
        if goal.satisfied(_exact(newest.value)):
            return _standing(goal, newest)
        reason: Reason = "no_baseline" if baseline is None else "nothing_since_baseline"
        return Verdict("too_little_data", reason, latest=newest, baseline=baseline)
    path, day = _Path(goal, due, _exact(baseline.value), baseline.day), newest.period_end
    state, reason = path.outcome(_exact(newest.value), day)
    return Verdict(
        state,
        reason,
        latest=newest,
        judged=newest,
        baseline=baseline,
        expected=float(path.expected(day)),
        expected_today=float(path.expected(today)),
        tolerance=float(path.tolerance),
        gap=_gap(goal, newest),
        projected=float(path.projected(_exact(newest.value), day)),
        certain={path.outcome(value, day)[0] for value in _ends(newest)} <= {state},
    )


def _after_due(
    goal: _Goal, due: date, target: Target, known: tuple[Observation, ...], today: date
) -> Verdict:
    near = [seen for seen in known if -EARLY_DAYS <= (seen.period_end - due).days <= LATE_DAYS]
    if not near:
        newest = min(known, key=lambda seen: _by_age(seen, target))
        waiting = (today - due).days <= LATE_DAYS
        reason: Reason = "not_yet_measured" if waiting else "not_measured_at_due"
        return Verdict("too_little_data", reason, latest=newest)
    judged = min(near, key=lambda seen: _by_distance(seen, due, target))
    latest = max(
        (seen for seen in known if seen.method == judged.method), key=lambda seen: seen.period_end
    )
    reached = goal.satisfied(_exact(judged.value))
    reason = "met_at_due" if reached else "not_met_at_due"
    if not reached and goal.satisfied(_exact(latest.value)):
        reason = "met_since"
    return Verdict(
        "reached" if reached else "missed",
        reason,
        latest=latest,
        judged=judged,
        expected=float(goal.value),
        expected_today=float(goal.value),
        gap=_gap(goal, judged),
        certain={goal.satisfied(value) for value in _ends(judged)} <= {reached},
    )


def _baseline(
    target: Target, known: tuple[Observation, ...], newest: Observation
) -> Baseline | None:
    given = target.baseline
    if given is not None and given.method in {None, newest.method}:
        return given
    first = min(
        (seen for seen in known if seen.method == newest.method), key=lambda seen: seen.period_end
    )
    if first is newest:
        return None
    return Baseline(first.value, first.period_end, first.method)


def _by_age(seen: Observation, target: Target) -> tuple[int, bool, str]:
    return -seen.period_end.toordinal(), _other_method(seen, target), seen.method


def _by_distance(seen: Observation, due: date, target: Target) -> tuple[int, bool, bool, str]:
    distance = (seen.period_end - due).days
    return abs(distance), distance < 0, _other_method(seen, target), seen.method


def _other_method(seen: Observation, target: Target) -> bool:
    return target.baseline is not None and target.baseline.method not in {None, seen.method}


def _refuse_doubles(known: tuple[Observation, ...]) -> None:
    if len({(seen.method, seen.period_end) for seen in known}) < len(known):
        raise ValueError("Two observations have the same method and the same last day.")


def _ends(seen: Observation) -> tuple[Fraction, ...]:
    return tuple(_exact(end) for end in (seen.low, seen.high) if end is not None)


def _gap(goal: _Goal, seen: Observation) -> float:
    return float(goal.lead(goal.value, _exact(seen.value)))


def _exact(value: float) -> Fraction:
    return Fraction(repr(float(value)))
