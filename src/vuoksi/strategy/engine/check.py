"""What must hold of every verdict, worked out another way than `judge` does.

Where `judge` follows values along a path, this compares two shares: how much of the planned change
is done, and how much of the time is gone.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext

from vuoksi.strategy.engine.problem import Baseline, Observation, State, Target, Verdict

_MEETS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "at_least": Decimal.__ge__,
    "at_most": Decimal.__le__,
    "above": Decimal.__gt__,
    "below": Decimal.__lt__,
}
_FALLS_SHORT: State = "off_track"


def violations(
    target: Target, observations: Iterable[Observation], today: date, verdict: Verdict
) -> tuple[str, ...]:
    """Every rule that `verdict` breaks, in words; empty for a right verdict."""
    seen = [each for each in observations if each.period_end <= today]
    with localcontext(prec=60):
        case = _Case(target, seen, today, verdict)
        state = case.state()
        found = [] if state == verdict.state else [f"state {verdict.state}, expected {state}"]
        found += case.wrong_choice()
        if state == verdict.state and verdict.judged is not None:
            found += case.wrong_numbers(verdict.judged)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Case:
    target: Target
    seen: list[Observation]
    today: date
    verdict: Verdict

    def state(self) -> State:
        """The state that the rule asks for, given the observation that counts."""
        if self.target.value is None:
            return "no_target"
        counts = self.counting()
        if counts is None:
            return "too_little_data"
        return self.state_of(counts, counts.value)

    def counting(self) -> Observation | None:
        """The observation that the rule lets decide, before asking for a baseline."""
        due = self.target.due
        if due is not None and due < self.today:
            first, last = due - timedelta(days=3), due + timedelta(days=366)
            ranked = [
                (abs(each.period_end - due), each.period_end < due, self.foreign(each), each.method)
                for each in self.seen
            ]
            pairs = sorted(zip(ranked, self.seen, strict=True), key=lambda pair: pair[0])
            near = [each for _, each in pairs if first <= each.period_end <= last]
            return near[0] if near else None
        newest = self.newest()
        fresh_from = self.today - timedelta(days=self.target.stale_after_days)
        return newest if newest is not None and newest.period_end >= fresh_from else None

    def newest(self) -> Observation | None:
        last_day = max((each.period_end for each in self.seen), default=None)
        same_day = [each for each in self.seen if each.period_end == last_day]
        ranked = sorted(same_day, key=lambda each: (self.foreign(each), each.method))
        return ranked[0] if ranked else None

    def foreign(self, each: Observation) -> bool:
        baseline = self.target.baseline
        return (
            baseline is not None and baseline.method is not None and each.method != baseline.method
        )

    def state_of(self, counts: Observation, value: float) -> State:
        due = self.target.due
        assert self.target.value is not None
        if _MEETS[self.target.operator](_decimal(value), _decimal(self.target.value)):
            return "reached"
        if due is None or due < self.today:
            return _FALLS_SHORT if due is None else "missed"
        start = self.start(counts)
        if start is None:
            return "too_little_data"
        return "on_track" if self.keeps_up(start, counts.period_end, value) else _FALLS_SHORT

    def start(self, counts: Observation) -> Baseline | None:
        given = self.target.baseline
        if given is None or self.foreign(counts):
            history = sorted(
                (each.period_end, each.value) for each in self.seen if each.method == counts.method
            )
            given = Baseline(history[0][1], history[0][0], counts.method)
        return given if given.day < counts.period_end else None

    def keeps_up(self, start: Baseline, day: date, value: float) -> bool:
        assert self.target.value is not None
        assert self.target.due is not None
        goal, begin, now = map(_decimal, (self.target.value, start.value, value))
        if _MEETS[self.target.operator](begin, goal) or begin == goal:
            return now == goal
        days_gone, days = (day - start.day).days, (self.target.due - start.day).days
        done, gone = (now - begin) / (goal - begin), Decimal(days_gone) / days
        return done - gone >= Decimal("-0.05") - Decimal("1e-40")

    def wrong_choice(self) -> list[str]:
        verdict, counts = self.verdict, self.counting()
        decided = verdict.state in {"reached", "on_track", "off_track", "missed"}
        found = []
        if decided and verdict.judged != counts:
            found.append("another observation decides")
        if not decided and verdict.judged is not None:
            found.append("an observation decides where there is no verdict")
        if verdict.judged is None and verdict.latest != self.newest():
            found.append("the latest observation is not the newest")
        return found

    def wrong_numbers(self, judged: Observation) -> list[str]:
        assert self.target.value is not None
        short = self.target.value - judged.value
        upward = self.target.operator in {"at_least", "above"}
        ends = [end for end in (judged.low, judged.high) if end is not None]
        other = [end for end in ends if self.state_of(judged, end) != self.verdict.state]
        found = []
        if not _close(self.verdict.gap, short if upward else -short):
            found.append("the gap is not the distance to the target")
        if self.verdict.certain == bool(other):
            found.append("certainty does not follow from the interval")
        if self.verdict.projected is not None and not self.on_line(judged, self.verdict.projected):
            found.append("the projection is not on the line through baseline and figure")
        return found

    def on_line(self, judged: Observation, projected: float) -> bool:
        start, due = self.start(judged), self.target.due
        assert start is not None
        assert due is not None
        run, whole = (judged.period_end - start.day).days, (due - start.day).days
        rise = (_decimal(judged.value) - _decimal(start.value)) * whole / run
        return _close(projected, float(_decimal(start.value) + rise))


def _decimal(value: float) -> Decimal:
    return Decimal(str(float(value)))


def _close(given: float | None, wanted: float) -> bool:
    return given is not None and abs(given - wanted) <= 1e-9 * max(1.0, abs(wanted), abs(given))
