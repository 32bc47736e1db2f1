import math
from dataclasses import replace
from statistics import fmean

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from vuoksi.loop.experiments.analyses.engine import (
    SIDES,
    Problem,
    ProblemError,
    solve,
    violations,
)

VALUES = st.integers(-1000, 1000).map(lambda eighths: eighths / 8)
SAMPLES = st.lists(VALUES, min_size=2, max_size=12).map(tuple)
EFFECTS = st.none() | st.integers(-80, 80).map(lambda eighths: eighths / 8)


@st.composite
def problems(draw):
    reference, treatment = draw(SAMPLES), draw(SAMPLES)
    design = draw(st.sampled_from(SIDES))
    if design in {"before_after_paired", "matched_pairs"}:
        size = min(len(reference), len(treatment))
        reference, treatment = reference[:size], treatment[:size]
    try:
        return Problem(
            design,
            reference,
            treatment,
            better=draw(st.sampled_from(["up", "down"])),
            confidence=draw(st.sampled_from([0.5, 0.8, 0.95, 0.999])),
            minimum_effect=draw(EFFECTS),
        )
    except ProblemError:
        reject()  # values without variation


def at_once(problem):
    return solve(problem, stop=lambda done: True)


@given(problems())
@settings(max_examples=40, deadline=None)
def test_the_checker_accepts_every_result(problem):
    assert violations(problem, solve(problem, stop=lambda done: done >= 1_000)) == ()


@settings(deadline=None)
@given(problems())
def test_the_checker_accepts_every_result_without_a_bootstrap(problem):
    result = at_once(problem)
    assert violations(problem, result) == ()


@settings(deadline=None)
@given(problems())
def test_the_interval_lies_around_the_difference_of_means(problem):
    result = at_once(problem)
    effect = fmean(problem.treatment) - fmean(problem.reference)
    assert result.effect == pytest.approx(effect, abs=1e-9)
    assert result.interval.low <= result.effect <= result.interval.high


@settings(deadline=None)
@given(problems(), st.sampled_from([0.25, 1024.0]))
def test_another_unit_scales_the_effect_and_nothing_else(problem, factor):
    scaled = replace(
        problem,
        reference=tuple(factor * value for value in problem.reference),
        treatment=tuple(factor * value for value in problem.treatment),
        minimum_effect=problem.minimum_effect and factor * problem.minimum_effect,
    )
    one, other = at_once(problem), at_once(scaled)
    assert other.effect == factor * one.effect
    assert (other.t, other.p_value, other.rule_outcome) == (one.t, one.p_value, one.rule_outcome)
    assert other.standardised == (one.standardised and pytest.approx(one.standardised))


@settings(deadline=None)
@given(problems())
def test_turned_round_everything_is_the_same_the_other_way(problem):
    turned = replace(
        problem,
        reference=tuple(-value for value in problem.reference),
        treatment=tuple(-value for value in problem.treatment),
        better="down" if problem.better == "up" else "up",
    )
    one, other = at_once(problem), at_once(turned)
    assert (other.effect, other.interval.low, other.interval.high) == (
        -one.effect, -one.interval.high, -one.interval.low,
    )  # fmt: skip
    assert (other.rule_outcome, other.p_value) == (one.rule_outcome, one.p_value)


@settings(deadline=None)
@given(problems())
def test_more_confidence_needs_a_wider_interval(problem):
    widths = []
    for confidence in (0.5, 0.9, 0.99):
        interval = at_once(replace(problem, confidence=confidence)).interval
        widths.append(interval.high - interval.low)
    assert widths == sorted(widths)


@settings(deadline=None)
@given(problems())
def test_p_and_interval_tell_the_same(problem):
    result = at_once(problem)
    level = 1 - problem.confidence
    if not math.isclose(result.p_value, level, rel_tol=1e-6):
        excludes_zero = not result.interval.low <= 0 <= result.interval.high
        assert excludes_zero == (result.p_value < level)


@settings(deadline=None)
@given(problems(), st.integers(1, 80))
def test_a_better_result_is_never_decided_worse(problem, eighths):
    rank = {"stop": 0, "inconclusive": 1, "scale": 2, "no_rule": 0}
    step = eighths / 8 if problem.better == "up" else -eighths / 8
    better = replace(problem, treatment=tuple(value + step for value in problem.treatment))
    assert rank[at_once(better).rule_outcome] >= rank[at_once(problem).rule_outcome]
