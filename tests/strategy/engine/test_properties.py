from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vuoksi.strategy.engine import OPERATORS, Baseline, Observation, Target, judge, violations

MIRRORED = {"at_least": "at_most", "at_most": "at_least", "above": "below", "below": "above"}
RANK = {"off_track": 0, "missed": 0, "too_little_data": 0, "on_track": 1, "reached": 2}
# Quarters, so that scaling by a power of two is exact in binary and in decimal alike.
VALUES = st.integers(-400, 400).map(lambda quarters: quarters / 4)
DAYS = st.integers(0, 4000).map(lambda days: date(2020, 1, 1) + timedelta(days=days))
METHODS = st.sampled_from(["", "a", "b"])


@st.composite
def observations(draw):
    low, value, high = sorted(draw(st.tuples(VALUES, VALUES, VALUES)))
    ends = (low, high) if draw(st.booleans()) else (None, None)
    return Observation(draw(DAYS), value, *ends, draw(METHODS))


@st.composite
def targets(draw):
    due = draw(st.none() | DAYS)
    baseline = draw(st.none() | st.builds(Baseline, VALUES, DAYS, st.none() | METHODS))
    if baseline and due and baseline.day >= due:
        baseline = None
    return Target(draw(st.none() | VALUES), draw(st.sampled_from(OPERATORS)), due, baseline)


HISTORIES = st.lists(
    observations(), max_size=8, unique_by=lambda seen: (seen.method, seen.period_end)
)


def scaled(seen: Observation, factor: int) -> Observation:
    low, high = (None if end is None else end * factor for end in (seen.low, seen.high))
    low, high = (low, high) if factor > 0 else (high, low)
    return replace(seen, value=seen.value * factor, low=low, high=high)


def scaled_target(target: Target, factor: int) -> Target:
    baseline = target.baseline and replace(target.baseline, value=target.baseline.value * factor)
    value = None if target.value is None else target.value * factor
    operator = target.operator if factor > 0 else MIRRORED[target.operator]
    return replace(target, value=value, operator=operator, baseline=baseline)


@given(targets(), HISTORIES, DAYS)
def test_the_checker_agrees_with_every_verdict(target, seen, today):
    assert violations(target, seen, today, judge(target, seen, today=today)) == ()


@given(targets(), HISTORIES, DAYS, st.randoms())
def test_the_order_of_the_figures_does_not_matter(target, seen, today, random):
    verdict = judge(target, seen, today=today)
    random.shuffle(seen)
    assert judge(target, seen, today=today) == verdict


@given(targets(), HISTORIES, DAYS)
def test_the_mirrored_target_has_the_same_verdict(target, seen, today):
    verdict = judge(target, seen, today=today)
    mirrored = judge(scaled_target(target, -1), [scaled(each, -1) for each in seen], today=today)
    assert (mirrored.state, mirrored.reason, mirrored.certain, mirrored.gap) == (
        verdict.state, verdict.reason, verdict.certain, verdict.gap,
    )  # fmt: skip


@given(targets(), HISTORIES, DAYS)
def test_another_unit_does_not_change_the_verdict(target, seen, today):
    verdict = judge(target, seen, today=today)
    bigger = judge(scaled_target(target, 1024), [scaled(each, 1024) for each in seen], today=today)
    assert (bigger.state, bigger.reason, bigger.certain) == (
        verdict.state, verdict.reason, verdict.certain,
    )  # fmt: skip


@given(targets(), HISTORIES, DAYS, st.integers(1, 2000))
def test_a_better_figure_never_gives_a_worse_verdict(target, seen, today, step):
    verdict = judge(target, seen, today=today)
    judged = verdict.judged
    # The figure that sets the baseline is another matter: a better start asks for more.
    if judged is None:
        return
    step = step if target.operator in {"at_least", "above"} else -step
    better = Observation(judged.period_end, judged.value + step, method=judged.method)
    others = [each for each in seen if each != judged]
    assert RANK[judge(target, [*others, better], today=today).state] >= RANK[verdict.state]


@given(targets(), HISTORIES, DAYS, observations())
def test_figures_of_the_future_do_not_matter(target, seen, today, later):
    future = replace(later, period_end=today + timedelta(days=1), method="later")
    assert judge(target, [*seen, future], today=today) == judge(target, seen, today=today)


@given(targets(), HISTORIES, DAYS)
def test_a_harder_target_is_never_easier_to_reach(target, seen, today):
    if target.value is None:
        return
    step = 1 if target.operator in {"at_least", "above"} else -1
    harder = replace(target, value=target.value + step)
    if judge(harder, seen, today=today).state == "reached":
        assert judge(target, seen, today=today).state == "reached"
